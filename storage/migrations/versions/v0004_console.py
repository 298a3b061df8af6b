"""People behind the door: the console's accounts, and what it needs to find quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _staff()


def downgrade() -> None:
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
