"""What was learned since: where a ticket's log ends is sealed, and set aside replies are found."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # empty until the next start makes every row anew from its log (casework.clocks.rebuilding)
    op.add_column("tickets", sa.Column("seal", sa.Text(), nullable=False, server_default=""))
    op.drop_index("outbox_later_about", table_name="outbox")
    _collate('"C"')
    _index("outbox_kept_about", "state != 'waiting'")


def downgrade() -> None:
    op.drop_column("tickets", "seal")
    op.drop_index("outbox_kept_about", table_name="outbox")
    _collate('"default"')
    _index("outbox_later_about", "state = 'later'")


def _index(name: str, rows: str) -> None:
    where = sa.text(rows)
    op.create_index(name, "outbox", ["about"], sqlite_where=where, postgresql_where=where)


def _collate(collation: str) -> None:
    """Compare what replies are about as *collation* does, on PostgreSQL; SQLite knows bytes alone.

    In the order of a language, ";" may stand before ":", and a range by its beginning is empty.
    """
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE outbox ALTER COLUMN about TYPE text COLLATE {collation}")
