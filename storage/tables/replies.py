"""The tables of what goes out: replies, the workers that send them, letters to agencies."""

import sqlalchemy as sa

from storage.tables.schema import Bytewise, Number, metadata

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("id", Number, primary_key=True, autoincrement=False),
    sa.Column("address", sa.LargeBinary, nullable=False, index=True),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # address and reply
    sa.Column("owner", sa.Text, nullable=False),  # the worker that sends it; "" is nobody yet
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due_at", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # waiting, later (not in line yet) or parked
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("about", Bytewise, nullable=False),
    comment="Replies that were committed and not yet taken by their channel.",
)
_for_anybody = (outbox.c.owner == "") & (outbox.c.state == "waiting")
sa.Index(
    "outbox_for_anybody",
    outbox.c.due_at,
    sqlite_where=_for_anybody,
    postgresql_where=_for_anybody,
)
_later = outbox.c.state == "later"
sa.Index("outbox_later", outbox.c.due_at, sqlite_where=_later, postgresql_where=_later)
_kept = outbox.c.state != "waiting"
sa.Index("outbox_kept_about", outbox.c.about, sqlite_where=_kept, postgresql_where=_kept)

workers = sa.Table(
    "workers",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("node", sa.Integer, nullable=False, unique=True),  # its part of the outbox's ids
    sa.Column("seen_at", sa.BigInteger, nullable=False),
    comment="Processes that send; the rows of one that is no longer seen are taken over.",
)

agency_inbox = sa.Table(
    "agency_inbox",
    metadata,
    sa.Column("id", Number, primary_key=True, autoincrement=False),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("leg", sa.Integer, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("agency_inbox_of_agency", "agency", "id"),
    sa.Index("agency_inbox_of_ticket", "code"),
    comment="Letters to agencies.",
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    sa.Column("letter", Number, primary_key=True, autoincrement=False),
    sa.Column("turn", sa.Integer, primary_key=True),  # 0, 1, …: the agency's first way, second, …
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("leg", sa.Integer, nullable=False),
    sa.Column("way", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # waiting, sent, delivered or failed
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("sealed", sa.LargeBinary),  # the counterpart's own reference
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("deliveries_of_ticket", "code", "leg"),
    sa.Index("deliveries_of_agency", "agency", "state"),
    comment="What became of each letter on each way to its agency.",
)
