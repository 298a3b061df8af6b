"""What the console's lists find their rows by, with a year of tickets; texts by the hour."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("worklist", "holdings", "presences", "case_notes")


def upgrade() -> None:
    _collate('"default"')
    rows = sa.text("turn != 'nobody' AND leg = 0")
    columns = ["turn", "due_at", "code", "leg"]
    op.create_index("worklist_turn", "worklist", columns, sqlite_where=rows, postgresql_where=rows)
    op.add_column("worklist", sa.Column("kept_out", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "toll_hours",
        sa.Column("hour", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("worker", sa.Text(), primary_key=True),
        sa.Column("n", sa.BigInteger(), nullable=False),
        comment="Segments of SMS, counted by the hour for some days.",
    )


def downgrade() -> None:
    op.drop_table("toll_hours")
    op.drop_column("worklist", "kept_out")
    op.drop_index("worklist_turn", table_name="worklist")
    _collate('"C"')


def _collate(collation: str) -> None:
    """Compare codes as *collation* does, on PostgreSQL; SQLite knows bytes alone.

    No index of `tickets` finds a code that is compared otherwise: a page of the work list read
    them all. What was known of the columns is lost with the change, so it is learnt anew.
    """
    if op.get_bind().dialect.name == "postgresql":
        for table in TABLES:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN code TYPE text COLLATE {collation}")
            op.execute(f"ANALYZE {table}")
