"""The tables of people who write to us: what was heard, talks, wishes, proofs tried."""

import sqlalchemy as sa

from storage.tables.schema import metadata

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("key", sa.LargeBinary, primary_key=True),  # mac of channel and message id
    sa.Column("at", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
    comment="What happened already: a message that comes again does nothing.",
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
    comment="Conversations under way.",
)

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the channel's id of the message
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("withdrawn_at", sa.BigInteger),
    comment="Who agreed to which privacy notice, in which message.",
)

proof_counts = sa.Table(
    "proof_counts",
    metadata,
    sa.Column("key", sa.LargeBinary, primary_key=True),  # mac of day and who or what
    sa.Column("day", sa.Integer, nullable=False, index=True),  # proleptic ordinal
    sa.Column("n", sa.Integer, nullable=False),
    comment="Proofs tried, per day and person and per day and subject.",
)

stopped = sa.Table(
    "stopped",
    metadata,
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="Who wants nothing unasked but news of their own tickets.",
)
