"""The log of a ticket, each entry chained to the one before; its words lie sealed apart from it.

What people said about a vault ticket is sealed under a key of its own.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from referrals.events import Event
from referrals.guards import is_vault
from referrals.log import Entry
from referrals.ticket import Actor, Ticket
from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import Purpose
from storage.database.statements import Statement
from storage.database.writes import Writes
from storage.tables.cases import ticket_events, ticket_words

read_actor = msgspec.json.Decoder(Actor).decode
_read_event = msgspec.json.Decoder[Event](Event).decode


class LogRow(NamedTuple):
    """An entry as its row keeps it, in the order of the table's columns."""

    code: str
    seq: int
    at: int
    actor: str
    event: str
    words: str
    hash: str


LOG = Statement(lambda given: given.insert(ticket_events), *ticket_events.c)
WORDS = Statement(lambda given: given.insert(ticket_words), *ticket_words.c)
FORGET = Statement(
    lambda given: sa.delete(ticket_words).where(ticket_words.c.code == given["code"]),
    ticket_words.c.code,
)
LOG_OF = Statement(
    lambda given: (
        sa.select(*ticket_events.c)
        .where(ticket_events.c.code == given["code"])
        .order_by(ticket_events.c.seq)
    ),
    ticket_events.c.code,
    alone=True,
)
WORDS_OF = Statement(
    lambda given: (
        sa.select(ticket_words.c.seq, ticket_words.c.purpose, ticket_words.c.sealed)
        .where(ticket_words.c.code == given["code"])
        .order_by(ticket_words.c.seq)
    ),
    ticket_words.c.code,
    alone=True,
)


class LogWrites(Writes):
    """Of a unit: what happened to tickets, and what was said."""

    def append_log(
        self, ticket: Ticket, entries: Sequence[Entry], words: Mapping[int, bytes]
    ) -> None:
        """Write the new *entries* of the log of *ticket*, and the *words* apart from them."""
        for entry in entries:
            self.add(LOG, _logged(ticket.code, entry))
        purpose: Purpose = "vault" if is_vault(ticket) else "ticket"
        for seq, said in words.items():
            sealed = self.pen.sealer.seal(said, purpose)
            self.add(WORDS, (ticket.code, seq, purpose, sealed))

    def erase_words(self, code: str) -> None:
        """Erase whatever was said about ticket *code*; its log keeps only digests of it."""
        self.add(FORGET, (code,))


class LogReads(Reads):
    """Of the store: the logs of tickets, and their words."""

    async def entries(self, code: str) -> tuple[Entry, ...]:
        """Return the log of ticket *code*, the oldest entry first."""
        return tuple(read_entry(row) for row in await self._fetch(LOG_OF, code))

    async def ticket_words(self, code: str) -> dict[int, bytes]:
        """Return what was said about ticket *code*, by the number of the log's entry."""
        found = await self._fetch(WORDS_OF, code)
        return {seq: self._sealer.open(sealed, purpose) for seq, purpose, sealed in found}


def _logged(code: str, entry: Entry) -> LogRow:
    return LogRow(
        code=code,
        seq=entry.seq,
        at=to_number(entry.at),
        actor=msgspec.json.encode(entry.actor).decode(),
        event=msgspec.json.encode(entry.event).decode(),
        words=entry.words,
        hash=entry.hash,
    )


def read_entry(row: Row) -> Entry:
    """Return the log's entry in *row*, which has all its columns."""
    kept = LogRow._make(row)
    return Entry(
        seq=kept.seq,
        at=from_number(kept.at),
        actor=read_actor(kept.actor),
        event=_read_event(kept.event),
        words=kept.words,
        hash=kept.hash,
    )
