"""What was learned since: ends of logs are sealed, replies set aside are found, receipts kept."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # empty until the next start makes every row anew from its log (casework.clocks.rebuilding)
    op.add_column("tickets", sa.Column("seal", sa.Text(), nullable=False, server_default=""))
    op.drop_index("outbox_later_about", table_name="outbox")
    _collate('"C"')
    _index("outbox_kept_about", "state != 'waiting'")
    _sent()
    _tolls()
    _linked()


def downgrade() -> None:
    for table in ("link_codes", "linked", "tolls", "sent_parts", "sent_messages"):
        op.drop_table(table)
    op.drop_column("tickets", "seal")
    op.drop_index("outbox_kept_about", table_name="outbox")
    _collate('"default"')
    _index("outbox_later_about", "state = 'later'")


def _sent() -> None:
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "sent_messages",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("about", bytewise, nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("at", sa.BigInteger(), nullable=False),
        comment="Replies that a channel took without vouching that they arrive.",
    )
    for column in ("address", "about"):
        op.create_index(f"ix_sent_messages_{column}", "sent_messages", [column])
    op.create_table(
        "sent_parts",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("message", NUMBER, primary_key=True),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
        comment="What receipts call the parts of a reply.",
    )
    op.create_index("ix_sent_parts_message", "sent_parts", ["message"])


def _tolls() -> None:
    op.create_table(
        "tolls",
        sa.Column("day", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("channel", sa.Text(), primary_key=True),
        sa.Column("tariff", sa.Text(), primary_key=True),
        sa.Column("worker", sa.Text(), primary_key=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        comment="Units that channels charge for, counted by the day.",
    )


def _linked() -> None:
    op.create_table(
        "linked",
        sa.Column("address", sa.LargeBinary(), primary_key=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        comment="Addresses that one person linked, each proven to be theirs.",
    )
    op.create_index("ix_linked_person", "linked", ["person"])
    op.create_table(
        "link_codes",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        comment="Codes shown at one address, to be typed at another of the same person.",
    )
    op.create_index("ix_link_codes_address", "link_codes", ["address"])


def _index(name: str, rows: str) -> None:
    where = sa.text(rows)
    op.create_index(name, "outbox", ["about"], sqlite_where=where, postgresql_where=where)


def _collate(collation: str) -> None:
    """Compare what replies are about as *collation* does, on PostgreSQL; SQLite knows bytes alone.

    In the order of a language, ";" may stand before ":", and a range by its beginning is empty.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE outbox ALTER COLUMN about TYPE text COLLATE {collation}")
