"""People behind the door: the console's accounts, and what it needs to find quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _staff()
    _figures()


def downgrade() -> None:
    op.drop_index("tickets_unfigured", table_name="tickets")
    op.drop_column("tickets", "figured")
    op.drop_table("counted")
    for table in ("staff_tries", "staff_invitations", "staff_sessions", "staff"):
        op.drop_table(table)


def _staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("name", sa.LargeBinary(), nullable=False, unique=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("role", "office", "areas")),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        comment="Accounts of the console.",
    )
    op.create_table(
        "staff_sessions",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("staff", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("began", "seen", "until")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        comment="Who is signed in.",
    )
    op.create_table(
        "staff_invitations",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        comment="Links by which somebody sets their own password, once.",
    )
    op.create_table(
        "staff_tries",
        sa.Column("key", sa.LargeBinary(), primary_key=True),
        sa.Column("n", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("at", "free_at")),
        comment="Passwords that were tried.",
    )
    for table in ("staff_sessions", "staff_invitations"):
        op.create_index(f"ix_{table}_staff", table, ["staff"])


def _figures() -> None:
    # 0 entries are known of every log: the first start counts them all (casework.figures.keeping)
    op.add_column(
        "tickets", sa.Column("figured", sa.Integer(), nullable=False, server_default="0")
    )
    behind = sa.text("figured != events")
    op.create_index(
        "tickets_unfigured", "tickets", ["code"], sqlite_where=behind, postgresql_where=behind
    )
    op.create_table(
        "counted",
        sa.Column("code", sa.Text(), primary_key=True),
        sa.Column("n", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("service", "area", "agency")),
        sa.Column("value", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
        comment="What happened to tickets, as figures count it.",
    )
    by = ["kind", "day", "service", "area", "agency", "value"]
    op.create_index("counted_by_kind", "counted", by)
