"""What the whole life of a referral needs: parties, files, deliveries, the audit, notes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LATER = {"outbox_later": "due_at", "outbox_later_about": "about"}
IS_LATER = sa.text("state = 'later'")


def upgrade() -> None:
    op.create_index("agency_inbox_of_ticket", "agency_inbox", ["code"])
    op.create_index("tickets_of_place", "tickets", ["service", "area", "opened_at"])
    op.add_column("consents", sa.Column("withdrawn_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "parties",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", "role", "address"),
        comment="Who else has to do with a ticket, besides whom its notices go to.",
    )
    op.create_index("parties_of_address", "parties", ["address"])
    op.create_table(
        "files",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="Photos and documents, whose sealed content lies in the data folder.",
    )
    op.create_index(op.f("ix_files_code"), "files", ["code"])
    op.create_table(
        "file_marks",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mark"),
        sqlite_with_rowid=False,
        comment="What a file is known again by: no proof of work counts twice.",
    )
    op.create_index(op.f("ix_file_marks_file"), "file_marks", ["file"])
    op.create_table(
        "file_looks",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mark", "file"),
        sqlite_with_rowid=False,
        comment="What photos look like from afar, in stripes: a changed one is known.",
    )
    op.create_index("people_of_kk", "people", ["kk"])
    op.create_table(
        "deliveries",
        sa.Column("letter", Number, autoincrement=False, nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("letter", "turn"),
        comment="What became of each letter on each way to its agency.",
    )
    op.create_index("deliveries_of_ticket", "deliveries", ["code", "leg"])
    op.create_index("deliveries_of_agency", "deliveries", ["agency", "state"])
    op.create_table(
        "audit",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq"),
        comment="Who looked at whose data, in hash chains that show what is missing.",
    )
    op.create_index("audit_at", "audit", ["at"])
    op.create_index("audit_of_ticket", "audit", ["code"])
    op.create_index("audit_of_subject", "audit", ["subject"])
    op.create_table(
        "audit_heads",
        sa.Column("chain", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chain"),
        comment="Where each chain of the audit ends; who adds to it holds its row.",
    )
    op.create_table(
        "notes",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        comment="What the program must remember about itself, such as the calendar it counted by.",
    )
    op.drop_index(op.f("ix_timers_lease_until"), table_name="timers")
    op.create_index("timers_due", "timers", ["kind", "lease_until"])
    for name, column in LATER.items():
        op.create_index(name, "outbox", [column], sqlite_where=IS_LATER, postgresql_where=IS_LATER)


def downgrade() -> None:
    op.drop_index("tickets_of_place", table_name="tickets")
    op.drop_index("agency_inbox_of_ticket", table_name="agency_inbox")
    op.drop_column("consents", "withdrawn_at")
    for name in LATER:
        op.drop_index(name, table_name="outbox")
    op.drop_index("timers_due", table_name="timers")
    op.create_index(op.f("ix_timers_lease_until"), "timers", ["lease_until"])
    op.drop_index("people_of_kk", "people")
    for table in (
        "notes", "audit_heads", "audit", "deliveries", "file_looks", "file_marks", "files",
        "parties",
    ):  # fmt: skip
        op.drop_table(table)
