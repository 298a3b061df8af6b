"""The tables of who works in the console: accounts, their sessions, invitations, tries."""

import sqlalchemy as sa

from storage.tables.schema import metadata

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),  # made up; the audit's name for them
    sa.Column("name", sa.LargeBinary, nullable=False, unique=True),  # mac of what they sign in as
    sa.Column("role", sa.Text, nullable=False),  # a row of roles.yaml
    sa.Column("office", sa.Text, nullable=False),  # an agency's code
    sa.Column("areas", sa.Text, nullable=False),  # area codes with spaces between, or nothing
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # names, e-mail, hash, second factor
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),  # when it was made
    comment="Accounts of the console.",
)

staff_sessions = sa.Table(
    "staff_sessions",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of the cookie
    sa.Column("staff", sa.Text, nullable=False, index=True),
    sa.Column("began", sa.BigInteger, nullable=False),
    sa.Column("seen", sa.BigInteger, nullable=False),
    sa.Column("until", sa.BigInteger, nullable=False),  # ends then, however busy
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # which browser, from where
    comment="Who is signed in.",
)

staff_invitations = sa.Table(
    "staff_invitations",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of the link's token
    sa.Column("staff", sa.Text, nullable=False, index=True),
    sa.Column("until", sa.BigInteger, nullable=False),
    comment="Links by which somebody sets their own password, once.",
)

staff_tries = sa.Table(
    "staff_tries",
    metadata,
    sa.Column("key", sa.LargeBinary, primary_key=True),  # mac of an account, browser or address
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),  # of the last one
    sa.Column("free_at", sa.BigInteger, nullable=False),  # no try counts before
    comment="Passwords that were tried.",
)
