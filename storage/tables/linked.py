"""The tables of who is reached where: addresses that were proven to be one person's."""

import sqlalchemy as sa

from storage.tables.schema import metadata

linked = sa.Table(
    "linked",
    metadata,
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("person", sa.Text, nullable=False, index=True),  # made up, one for all theirs
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the address
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="Addresses that one person linked, each proven to be theirs.",
)

link_codes = sa.Table(
    "link_codes",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of the code
    sa.Column("address", sa.LargeBinary, nullable=False, index=True),  # where it was shown
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the same
    sa.Column("until", sa.BigInteger, nullable=False),
    comment="Codes shown at one address, to be typed at another of the same person.",
)
