"""Codes of tickets are compared alike in all tables, so that an index finds one from the other."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("worklist", "holdings", "presences", "case_notes")


def upgrade() -> None:
    _collate('"default"')


def downgrade() -> None:
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
