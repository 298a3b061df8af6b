"""Tickets: the row as it stands, and whose it is, of a vault ticket under a key of its own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct, msgpack

from conversations.messages import Address
from referrals import states
from referrals.guards import is_vault
from referrals.log import Entry
from referrals.ticket import Ticket
from storage.cases.logs import LogWrites
from storage.cases.persons import OF_SEVERAL
from storage.database.instants import to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import Purpose, Sealer
from storage.database.statements import Statement, constant
from storage.tables.cases import tickets


class Contact(Struct, frozen=True):
    """Whose ticket it is: where they are reached, and in which language."""

    address: Address
    language: str


class StoredTicket(Struct, frozen=True):
    """A ticket as it is kept."""

    ticket: Ticket
    contact: Contact
    last_hash: str  # of its log
    followers: tuple[Contact, ...] = ()  # who filed the same case
    shared: bool = False  # whether the contact's other tickets are about other people


read_ticket = msgspec.json.Decoder(Ticket).decode
read_contact = msgpack.Decoder(Contact).decode

OPEN = Statement(
    lambda given: given.insert(tickets).on_conflict_do_nothing(), *tickets.c, key=tickets.c.code
)
OVER = tuple(constant(f"'{state.value}'") for state in states.OVER)
MOVING = ("state", "agency", "priority", "sensitivity", "since", "events", "body", "last_hash")
WRITTEN = (*MOVING, "seal")
CHANGE = Statement(
    lambda given: (
        sa.update(tickets)
        .values({name: given[name] for name in WRITTEN})
        .where(tickets.c.code == given["code"], tickets.c.events == given["before"])
    ),
    tickets.c.code,
    sa.column("before", sa.Integer),
    *(tickets.c[name] for name in WRITTEN),
    key=tickets.c.code,
)
SAME = Statement(
    lambda given: (
        sa.update(tickets)
        .values(events=given["events"])
        .where(tickets.c.code == given["code"], tickets.c.events == given["events"])
    ),
    tickets.c.code,
    tickets.c.events,
    key=tickets.c.code,
)
BODY = Statement(
    lambda given: sa.select(tickets.c.body).where(tickets.c.code == given["code"]), tickets.c.code
)
FIND = Statement(
    lambda given: sa.select(
        tickets.c.body, tickets.c.purpose, tickets.c.contact, tickets.c.last_hash, OF_SEVERAL
    ).where(tickets.c.code == given["code"]),
    tickets.c.code,
    alone=True,
)
OF_ADDRESS = Statement(
    lambda given: (
        sa.select(tickets.c.body)
        .where(tickets.c.address == given["address"])
        .order_by(tickets.c.opened_at.desc(), tickets.c.code)
        .limit(given["most"])
    ),
    tickets.c.address,
    sa.column("most", sa.Integer),
    alone=True,
)
OPEN_OF_ADDRESS = Statement(
    lambda given: (
        sa.select(tickets.c.code)
        .where(tickets.c.address == given["address"], tickets.c.state.not_in(OVER))
        .limit(given["most"])
    ),
    tickets.c.address,
    sa.column("most", sa.Integer),
    alone=True,
)
TO_WATCH = Statement(
    lambda given: (
        sa.select(tickets.c.code)
        .where(
            tickets.c.code > given["code"],
            tickets.c.state.not_in(OVER) | (tickets.c.since >= given["since"]),
        )
        .order_by(tickets.c.code)
        .limit(given["most"])
    ),
    tickets.c.code,
    tickets.c.since,
    sa.column("most", sa.Integer),
    alone=True,
)


class TicketWrites(LogWrites):
    """Of a unit: a ticket is opened or changed."""

    def open_ticket(
        self,
        ticket: Ticket,
        contact: Contact,
        nik: str | None,
        words: Mapping[int, bytes],
        entries: Sequence[Entry],
    ) -> None:
        """Keep a new ticket of *contact*; the unit is lost when its code is taken.

        *entries* are its whole log, *words* what was said, by the number of the entry.
        """
        row = self._fixed(ticket, contact, nik) | self._moved(ticket, entries)
        self.add(OPEN, tuple(map(row.__getitem__, OPEN.names)), ("ticket", ticket.code))
        self.append_log(ticket, entries, words)

    def change_ticket(
        self,
        ticket: Ticket,
        events_before: int,
        entries: Sequence[Entry],
        words: Mapping[int, bytes],
    ) -> None:
        """Keep *ticket*; the unit is lost unless its log still has *events_before* entries."""
        moved = self._moved(ticket, entries)
        row = (ticket.code, events_before, *(moved[name] for name in WRITTEN))
        self.add(CHANGE, row, ("ticket", ticket.code))
        self.append_log(ticket, entries, words)

    def rebuild_ticket(self, ticket: Ticket, entries: Sequence[Entry]) -> None:
        """Keep the row that its whole log *entries* makes; lost when it changed meanwhile."""
        moved = self._moved(ticket, entries)
        row = (ticket.code, ticket.events, *(moved[name] for name in WRITTEN))
        self.add(CHANGE, row, ("ticket", ticket.code))

    def same_ticket(self, ticket: Ticket) -> None:
        """Have the unit lost when anything happened to *ticket* meanwhile."""
        self.add(SAME, (ticket.code, ticket.events), ("ticket", ticket.code))

    def _fixed(self, ticket: Ticket, contact: Contact, nik: str | None) -> dict[str, object]:
        """Return what never changes about a ticket."""
        purpose: Purpose = "vault" if is_vault(ticket) else "contact"
        return {
            "code": ticket.code,
            "service": ticket.service,
            "area": ticket.area,
            "opened_at": to_number(ticket.opened_at),
            "purpose": purpose,
            "contact": self.pen.sealer.seal(msgpack.encode(contact), purpose),
            "address": self.pen.address(contact.address),
            "nik": self.pen.sealer.mac("nik", nik) if nik else None,
            "figured": 0,
        }

    def _moved(self, ticket: Ticket, entries: Sequence[Entry]) -> dict[str, object]:
        """Return what *entries* change about the row, with a seal on where the log ends now."""
        end = seal_of(self.pen.sealer, ticket.code, entries[-1].hash)
        return moving(ticket, entries) | {"seal": end}


class TicketReads(Reads):
    """Of the store: tickets, and whose they are."""

    async def ticket(self, code: str) -> StoredTicket | None:
        """Return ticket *code* and whose it is, or None; `FollowerReads.ticket` builds on it."""
        found = await self._find(FIND, (code,))
        if not found:
            return None
        body, purpose, sealed, last_hash, shared = found[0]
        contact = read_contact(self._sealer.open(sealed, purpose))
        return StoredTicket(read_ticket(body), contact, last_hash, shared=bool(shared))

    async def bare_ticket(self, code: str) -> Ticket | None:
        """Return ticket *code* without whose it is, which the vault's key may hide, or None."""
        found = await self.bare_tickets((code,))
        return found[0] if found else None

    async def bare_tickets(self, codes: Iterable[str]) -> tuple[Ticket, ...]:
        """Return those of *codes* that are tickets, without whose they are."""
        return tickets_in(await self._fetch_each(BODY, [(code,) for code in codes]))

    async def tickets_of(self, address: Address, limit: int) -> tuple[Ticket, ...]:
        """Return the tickets of *address*, the newest first, at most *limit*."""
        found = await self._find(OF_ADDRESS, (self._address(address), limit))
        return tickets_in(found)

    async def has_open(self, address: Address, most: int) -> bool:
        """Tell whether *address* has *most* open tickets or more."""
        found = await self._find(OPEN_OF_ADDRESS, (self._address(address), most))
        return len(found) >= most

    async def codes_to_watch(self, after: str, since: datetime, limit: int) -> list[str]:
        """Return codes above *after* of tickets open, or closed *since*; at most *limit*."""
        found = await self._fetch(TO_WATCH, after, to_number(since), limit)
        return [code for (code,) in found]


def tickets_in(rows: Sequence[Row]) -> tuple[Ticket, ...]:
    """Return the tickets in *rows* that have their bodies alone."""
    return tuple(read_ticket(body) for (body,) in rows)


def seal_of(sealer: Sealer, code: str, last_hash: str) -> str:
    """Return what nobody without the key can write: that the log of *code* ends in *last_hash*."""
    return sealer.prove("ticket_end", code.encode(), last_hash.encode())


def moving(ticket: Ticket, entries: Sequence[Entry]) -> dict[str, object]:
    """Return what events change about a ticket's row."""
    leg = ticket.open_leg
    return {
        "state": ticket.state.value,
        "agency": leg.agency if leg else "",
        "priority": ticket.priority.value,
        "sensitivity": ticket.sensitivity.value,
        "since": to_number(ticket.since),
        "events": ticket.events,
        "body": msgspec.json.encode(ticket).decode(),
        "last_hash": entries[-1].hash,
    }
