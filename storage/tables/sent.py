"""The tables of what was sent: replies whose receipts are still to come, and what sending cost."""

import sqlalchemy as sa

from storage.tables.schema import Bytewise, Number, metadata

sent_messages = sa.Table(
    "sent_messages",
    metadata,
    sa.Column("id", Number, primary_key=True, autoincrement=False),  # as it had in the outbox
    sa.Column("address", sa.LargeBinary, nullable=False, index=True),
    sa.Column("about", Bytewise, nullable=False, index=True),
    sa.Column("parts", sa.Text, nullable=False),  # a letter for each: how far it came
    sa.Column("sealed", sa.LargeBinary),  # the reply, as long as it may have to be sent anew
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="Replies that a channel took without vouching that they arrive.",
)

sent_parts = sa.Table(
    "sent_parts",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of channel and reference
    sa.Column("message", Number, primary_key=True, index=True),
    sa.Column("part", sa.Integer, nullable=False),  # 0, 1, …
    sa.Column("at", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
    comment="What receipts call the parts of a reply.",
)

tolls = sa.Table(
    "tolls",
    metadata,
    sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),  # proleptic ordinal
    sa.Column("channel", sa.Text, primary_key=True),
    sa.Column("tariff", sa.Text, primary_key=True),
    sa.Column("worker", sa.Text, primary_key=True),  # each counts apart: nobody waits for anybody
    sa.Column("n", sa.BigInteger, nullable=False),
    comment="Units that channels charge for, counted by the day.",
)

toll_hours = sa.Table(
    "toll_hours",
    metadata,
    sa.Column("hour", sa.Integer, primary_key=True, autoincrement=False),  # since 1970, UTC
    sa.Column("worker", sa.Text, primary_key=True),  # each counts apart, as above
    sa.Column("n", sa.BigInteger, nullable=False),
    comment="Segments of SMS, counted by the hour for some days.",
)
