"""The tables of tickets: the row as it stands, the log, the words sealed apart, the people."""

import sqlalchemy as sa

from storage.tables.schema import metadata

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
