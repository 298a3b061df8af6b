"""The tables of the audit: its lines in chains, and where each chain ends."""

import sqlalchemy as sa

from storage.tables.schema import metadata

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("chain", sa.Text, primary_key=True),  # the worker that wrote it, and its lane
    sa.Column("seq", sa.BigInteger, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),  # of the ticket, where there is one
    sa.Column("subject", sa.LargeBinary),  # mac of whose data it was
    sa.Column("sealed", sa.LargeBinary),  # salt, why, and what else must be known; may be erased
    sa.Column("digest", sa.Text, nullable=False),  # of subject and sealed, by the salt
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index("audit_at", "at"),
    sa.Index("audit_of_ticket", "code"),
    sa.Index("audit_of_subject", "subject"),
    comment="Who looked at whose data, in hash chains that show what is missing.",
)

audit_heads = sa.Table(
    "audit_heads",
    metadata,
    sa.Column("chain", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    comment="Where each chain of the audit ends; who adds to it holds its row.",
)
