"""People behind the door: the console's accounts, and what it needs to find quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _staff()
    _worklist()
    _cases()
    _figures()
    _arrivals()
    _village()
    _staff_chats()


def downgrade() -> None:
    for table in ("staff_chat_codes", "staff_chats"):
        op.drop_table(table)
    op.drop_table("village_meetings")
    op.drop_table("arrivals")
    op.drop_index("tickets_unfigured", table_name="tickets")
    op.drop_column("tickets", "figured")
    op.drop_table("summed")
    op.drop_table("counted")
    for table in ("case_notes", "presences", "holdings", "worklist"):
        op.drop_table(table)
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


def _worklist() -> None:
    op.create_table(
        "worklist",
        sa.Column("code", BYTEWISE, primary_key=True),
        sa.Column("leg", sa.Integer(), primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("agency", "service")),
        sa.Column("area", BYTEWISE, nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("state", "turn", "priority", "sensitivity", "channel")
        ),
        *(
            sa.Column(name, sa.BigInteger(), nullable=False)
            for name in ("opened_at", "due_at", "risk_at")
        ),
        comment="Tickets, and each office's share of them, by when something is due.",
    )
    for name, rows, columns in (
        ("worklist_whole", "turn != 'nobody' AND leg = 0", ["due_at", "code", "leg"]),
        ("worklist_area", "turn != 'nobody' AND leg = 0", ["area", "due_at"]),
        ("worklist_shares", "turn != 'nobody' AND leg > 0", ["agency", "due_at", "code", "leg"]),
        ("worklist_area_over", "turn = 'nobody' AND leg = 0", ["area", "opened_at"]),
        ("worklist_of", "leg > 0", ["agency", "code"]),
        ("worklist_over", "turn = 'nobody' AND leg = 0", ["opened_at", "code", "leg"]),
        (
            "worklist_shares_over",
            "turn = 'nobody' AND leg > 0",
            ["agency", "opened_at", "code", "leg"],
        ),
    ):
        where = sa.text(rows)
        op.create_index(name, "worklist", columns, sqlite_where=where, postgresql_where=where)


def _cases() -> None:
    op.create_table(
        "holdings",
        sa.Column("code", BYTEWISE, primary_key=True),
        sa.Column("leg", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("holder", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("until", "at")),
        comment="Who has taken which case on, for as long as they do something about it.",
    )
    op.create_index("holdings_of", "holdings", ["holder"])
    op.create_table(
        "presences",
        sa.Column("code", BYTEWISE, primary_key=True),
        sa.Column("staff", sa.Text(), primary_key=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        comment="Who has which case open, for some seconds at a time.",
    )
    op.create_index("ix_presences_until", "presences", ["until"])
    op.create_table(
        "case_notes",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("code", BYTEWISE, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        comment="What officers write for each other about a case; never for its citizen.",
    )
    op.create_index("ix_case_notes_code", "case_notes", ["code"])


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
    for name, by in (
        ("counted_by_kind", ["day", "service", "area", "agency", "value"]),
        ("counted_by_service", ["service", "day", "area", "agency", "value"]),
        ("counted_by_area", ["area", "day", "service", "agency", "value"]),
    ):
        op.create_index(name, "counted", ["kind", *by])
    op.create_table(
        "summed",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("kind", "dimension")),
        sa.Column("week", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text(), primary_key=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
        comment="Weekly sums of what is counted, by one dimension at a time.",
    )


def _arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("mark", sa.LargeBinary(), primary_key=True),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("code", "file")),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        comment="Files that citizens sent, until a ticket has them or nobody needs them.",
    )
    for column in ("address", "code", "file"):
        op.create_index(f"ix_arrivals_{column}", "arrivals", [column])


def _village() -> None:
    op.create_table(
        "village_meetings",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        comment="Meetings at which a village decides about proposals.",
    )
    op.create_index("ix_village_meetings_office", "village_meetings", ["office"])


def _staff_chats() -> None:
    op.create_table(
        "staff_chats",
        sa.Column("address", sa.LargeBinary(), primary_key=True),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        comment="Chats from which people of the console work.",
    )
    op.create_index("ix_staff_chats_staff", "staff_chats", ["staff"])
    op.create_table(
        "staff_chat_codes",
        sa.Column("staff", sa.Text(), primary_key=True),
        sa.Column("mark", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("until", sa.BigInteger(), nullable=False),
        comment="Codes shown in the console, to be typed in a chat.",
    )
