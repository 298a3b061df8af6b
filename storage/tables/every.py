"""Every table.

Instants are microseconds since 1970 (see `instants`); `sealed` columns hold what `sealing` made
of personal words; other binary columns are macs, by which it is found again.
"""

import sqlalchemy as sa

metadata = sa.MetaData()
Bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")  # in no language's order
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # there, INTEGER has 64 bits too

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("key", sa.LargeBinary, primary_key=True),  # mac of channel and message id
    sa.Column("at", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
    comment="What happened already: a message that comes again does nothing.",
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
    comment="Conversations under way.",
)

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

timers = sa.Table(
    "timers",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("due_at", sa.BigInteger, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("lease_until", sa.BigInteger, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Index("timers_due", "kind", "lease_until"),
    comment="What must happen later. lease_until is due_at until somebody takes it.",
)

tickets = sa.Table(
    "tickets",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("agency", sa.Text, nullable=False),  # of the open leg; "" where there is none
    sa.Column("priority", sa.Text, nullable=False),
    sa.Column("sensitivity", sa.Text, nullable=False),
    sa.Column("opened_at", sa.BigInteger, nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("events", sa.Integer, nullable=False),
    sa.Column("figured", sa.Integer, nullable=False),  # how many of them the figures know
    sa.Column("body", sa.Text, nullable=False),  # the ticket as JSON; it holds no words
    sa.Column("last_hash", sa.Text, nullable=False),
    sa.Column("seal", sa.Text, nullable=False),  # keyed, of last_hash: where the log ends
    sa.Column("purpose", sa.Text, nullable=False),  # of the contact: contact or vault
    sa.Column("contact", sa.LargeBinary, nullable=False),  # sealed: address and language
    sa.Column("address", sa.LargeBinary, nullable=False),
    sa.Column("nik", sa.LargeBinary),
    sa.Index("tickets_of_address", "address", "opened_at"),
    sa.Index("tickets_of_agency", "agency", "state"),
    sa.Index("tickets_of_nik", "nik"),
    sa.Index("tickets_of_place", "service", "area", "opened_at"),
    comment="Tickets as they stand; the truth is their event log.",
)

ticket_events = sa.Table(
    "ticket_events",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("words", sa.Text, nullable=False),  # digest of the sealed words; "" for none
    sa.Column("hash", sa.Text, nullable=False),
    comment="The hash-chained log of each ticket.",
)

ticket_words = sa.Table(
    "ticket_words",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("purpose", sa.Text, nullable=False),  # ticket or vault
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    comment="What people said, apart from the log so that it can be erased.",
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

consents = sa.Table(
    "consents",
    metadata,
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # the channel's id of the message
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("withdrawn_at", sa.BigInteger),
    comment="Who agreed to which privacy notice, in which message.",
)

proof_counts = sa.Table(
    "proof_counts",
    metadata,
    sa.Column("key", sa.LargeBinary, primary_key=True),  # mac of day and who or what
    sa.Column("day", sa.Integer, nullable=False, index=True),  # proleptic ordinal
    sa.Column("n", sa.Integer, nullable=False),
    comment="Proofs tried, per day and person and per day and subject.",
)

stopped = sa.Table(
    "stopped",
    metadata,
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="Who wants nothing unasked but news of their own tickets.",
)

people = sa.Table(
    "people",
    metadata,
    sa.Column("nik", sa.LargeBinary, primary_key=True),
    sa.Column("kk", sa.LargeBinary, nullable=False),
    sa.Column("proof", sa.LargeBinary, nullable=False),  # mac of NIK and last four of the KK
    sa.Column("digest", sa.LargeBinary, nullable=False),  # mac of the whole row: did it change?
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # name, birth and the rest
    sa.Column("area", sa.Text, nullable=False),
    sa.Column("desil", sa.Integer),
    sa.Column("programmes", sa.Text, nullable=False),  # JSON
    sa.Column("condition", sa.Text, nullable=False),  # listed, not_matched or needs_person
    sa.Column("edition", sa.Integer, nullable=False),  # rank of the last import with this row
    sa.Index("people_of_kk", "kk"),
    comment="The local copy of the social registry.",
)

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("as_of", sa.Text, nullable=False),  # ISO date
    sa.Column("rank", sa.Integer, nullable=False, unique=True),  # rises with as_of
    sa.Column("state", sa.Text, nullable=False),  # loading or loaded
    comment="Editions of the registry; of those loaded, the one of the highest rank counts.",
)

parties = sa.Table(
    "parties",
    metadata,
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("role", sa.Text, primary_key=True),  # subject, reporter, operator or follower
    sa.Column("address", sa.LargeBinary, primary_key=True),
    sa.Column("purpose", sa.Text, nullable=False),  # contact or vault
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # contact
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("parties_of_address", "address"),
    comment="Who else has to do with a ticket, besides whom its notices go to.",
)

files = sa.Table(
    "files",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, index=True),  # of the ticket
    sa.Column("seq", sa.Integer, nullable=False),  # of the log entry it came with
    sa.Column("purpose", sa.Text, nullable=False),  # file or vault
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # kind, size, digest
    sa.Column("at", sa.BigInteger, nullable=False),
    comment="Photos and documents, whose sealed content lies in the data folder.",
)

file_marks = sa.Table(
    "file_marks",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of its bytes or of its picture
    sa.Column("file", sa.Text, nullable=False, index=True),
    sqlite_with_rowid=False,
    comment="What a file is known again by: no proof of work counts twice.",
)

file_looks = sa.Table(
    "file_looks",
    metadata,
    sa.Column("mark", sa.LargeBinary, primary_key=True),  # mac of one stripe of its look
    sa.Column("file", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
    comment="What photos look like from afar, in stripes: a changed one is known.",
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

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("chain", sa.Text, primary_key=True),  # the worker that wrote it, and its lane
    sa.Column("seq", sa.BigInteger, primary_key=True),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),  # of the ticket, where there is one
    sa.Column("subject", sa.LargeBinary),  # mac of whose data it was
    sa.Column("sealed", sa.LargeBinary),  # salt, why, and what else must be known; may be erased
    sa.Column("digest", sa.Text, nullable=False),  # of subject and sealed, by the salt
    sa.Column("hash", sa.Text, nullable=False),
    sa.Index("audit_at", "at"),
    sa.Index("audit_of_ticket", "code"),
    sa.Index("audit_of_subject", "subject"),
    comment="Who looked at whose data, in hash chains that show what is missing.",
)

audit_heads = sa.Table(
    "audit_heads",
    metadata,
    sa.Column("chain", sa.Text, primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    comment="Where each chain of the audit ends; who adds to it holds its row.",
)

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
    comment="What the program must remember about itself, such as the calendar it counted by.",
)
