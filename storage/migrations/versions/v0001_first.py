"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_inbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="Letters to agencies.",
    )
    op.create_index("agency_inbox_of_agency", "agency_inbox", ["agency", "id"], unique=False)
    op.create_table(
        "consents",
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address", "version"),
        comment="Who agreed to which privacy notice, in which message.",
    )
    op.create_table(
        "editions",
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version"),
        sa.UniqueConstraint("rank"),
        comment="Editions of the registry; of those loaded, the one of the highest rank counts.",
    )
    op.create_table(
        "inbox",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        comment="What happened already: a message that comes again does nothing.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="Replies that were committed and not yet taken by their channel.",
    )
    op.create_index(op.f("ix_outbox_address"), "outbox", ["address"], unique=False)
    op.create_index(
        "outbox_for_anybody",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("owner = '' AND state = 'waiting'"),
        postgresql_where=sa.text("owner = '' AND state = 'waiting'"),
    )
    op.create_table(
        "people",
        sa.Column("nik", sa.LargeBinary(), nullable=False),
        sa.Column("kk", sa.LargeBinary(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("desil", sa.Integer(), nullable=True),
        sa.Column("programmes", sa.Text(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("nik"),
        comment="The local copy of the social registry.",
    )
    op.create_table(
        "proof_counts",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        comment="Proofs tried, per day and person and per day and subject.",
    )
    op.create_index(op.f("ix_proof_counts_day"), "proof_counts", ["day"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address"),
        comment="Conversations under way.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stopped",
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("address"),
        comment="Who wants nothing unasked but news of their own tickets.",
    )
    op.create_table(
        "ticket_events",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "seq"),
        comment="The hash-chained log of each ticket.",
    )
    op.create_table(
        "ticket_words",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("code", "seq"),
        comment="What people said, apart from the log so that it can be erased.",
    )
    op.create_table(
        "tickets",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("last_hash", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("contact", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("nik", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
        comment="Tickets as they stand; the truth is their event log.",
    )
    op.create_index("tickets_of_address", "tickets", ["address", "opened_at"], unique=False)
    op.create_index("tickets_of_agency", "tickets", ["agency", "state"], unique=False)
    op.create_index("tickets_of_nik", "tickets", ["nik"], unique=False)
    op.create_table(
        "timers",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        comment="What must happen later. lease_until is due_at until somebody takes it.",
    )
    op.create_index(op.f("ix_timers_lease_until"), "timers", ["lease_until"], unique=False)
    op.create_table(
        "workers",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("node"),
        comment="Processes that send; the rows of one that is no longer seen are taken over.",
    )


def downgrade() -> None:
    op.drop_table("workers")
    op.drop_index(op.f("ix_timers_lease_until"), table_name="timers")
    op.drop_table("timers")
    op.drop_index("tickets_of_nik", table_name="tickets")
    op.drop_index("tickets_of_agency", table_name="tickets")
    op.drop_index("tickets_of_address", table_name="tickets")
    op.drop_table("tickets")
    op.drop_table("ticket_words")
    op.drop_table("ticket_events")
    op.drop_table("stopped")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_proof_counts_day"), table_name="proof_counts")
    op.drop_table("proof_counts")
    op.drop_table("people")
    op.drop_index(
        "outbox_for_anybody",
        table_name="outbox",
        sqlite_where=sa.text("owner = '' AND state = 'waiting'"),
        postgresql_where=sa.text("owner = '' AND state = 'waiting'"),
    )
    op.drop_index(op.f("ix_outbox_address"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("inbox")
    op.drop_table("editions")
    op.drop_table("consents")
    op.drop_index("agency_inbox_of_agency", table_name="agency_inbox")
    op.drop_table("agency_inbox")
