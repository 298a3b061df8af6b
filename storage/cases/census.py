"""The census: which tickets there were, and how far each had come, so that what is gone is missed.

Tickets are never deleted, and their logs only grow: one whose words were erased keeps its log. A
line of the audit tells from time to time how many tickets were opened until an instant, with the
sum of keyed hashes of where each one's log ended then. A ticket taken out later, or a log that
was cut or written anew, is missing in every sum before.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from referrals.log import Entry
from storage.cases.broken import Broken
from storage.database.instants import EPOCH, from_number, to_number
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.statements import Given, Statement, constant
from storage.tables.cases import ticket_events

CENSUS = "census"  # the action of a line that tells of one
PAGE = 1000  # tickets read at a time
ROOM = 1 << 256  # sums are counted within it
NIGHTS = timedelta(days=3)  # after which there must have been a census


def _ends(given: Given) -> sa.Select[Any]:
    """Return the entry in which each log ended at an instant, a page of tickets after a code."""
    newest = (
        sa.select(ticket_events.c.code, sa.func.max(ticket_events.c.seq).label("seq"))
        .where(ticket_events.c.code > given["code"], ticket_events.c.at <= given["at"])
        .group_by(ticket_events.c.code)
        .order_by(ticket_events.c.code)
        .limit(constant(str(PAGE)))
        .subquery()
    )
    same = (ticket_events.c.code == newest.c.code) & (ticket_events.c.seq == newest.c.seq)
    return (
        sa.select(ticket_events.c.code, ticket_events.c.hash)
        .join_from(newest, ticket_events, same)
        .order_by(ticket_events.c.code)
    )


ENDS = Statement(_ends, ticket_events.c.code, ticket_events.c.at, alone=True)


class Census(Struct, frozen=True, omit_defaults=True):
    """The tickets opened until *until*, in microseconds since 1970.

    *ends* is whether *total* is of where the logs ended then; older lines tell of first entries.
    """

    until: int
    tickets: int
    total: str  # hexadecimal
    ends: bool = False


class Counting:
    """Counts tickets once and compares them with every census."""

    def __init__(self, sealer: Sealer, told: Iterable[Census]) -> None:
        self._sealer = sealer
        self._told = sorted(told, key=lambda one: one.until)
        self._ends = [one.until for one in self._told]
        room = len(self._told) + 1
        self._counts, self._firsts, self._lasts = [0] * room, [0] * room, [0] * room
        self._oldest, self._newest = datetime.max.replace(tzinfo=UTC), EPOCH

    def saw(self, code: str, entries: Sequence[Entry]) -> None:
        """Count the ticket whose log is *entries*."""
        self._oldest = min(self._oldest, entries[0].at)
        self._newest = max(self._newest, entries[-1].at)
        places = [bisect_left(self._ends, to_number(entry.at)) for entry in entries]
        self._counts[min(places)] += 1
        self._firsts[places[0]] += worth(self._sealer, code, entries[0].hash)
        after = len(self._ends)
        for place, entry in zip(reversed(places), reversed(entries), strict=True):
            if place < after:  # it was the last one from its census on, until a later one's
                ended = worth(self._sealer, code, entry.hash)
                self._lasts[place] += ended
                self._lasts[after] -= ended
                after = place

    def broken(self) -> Iterator[Broken]:
        """Yield the first census that today's tickets do not agree with, if any."""
        if not self._told and self._newest - self._oldest > NIGHTS:
            yield Broken("audit", f"tells of no tickets, and the oldest is of {self._oldest:%F}")
        count = first = last = 0
        for place, one in enumerate(self._told):
            count += self._counts[place]
            first = (first + self._firsts[place]) % ROOM
            last = (last + self._lasts[place]) % ROOM
            total = last if one.ends else first
            until = from_number(one.until).isoformat(timespec="minutes")
            if count != one.tickets:
                why = f"{one.tickets} were opened until {until}, and {count} of those are there"
            elif f"{total:x}" != one.total:
                why = f"a log does not say any more what it said on {until}"
            else:
                continue
            yield Broken("tickets", why)
            return


class CensusReads(Reads):
    """Of the store: count its tickets."""

    async def census(self, until: datetime) -> Census:
        """Return the tickets opened until *until*; later ones may still be on their way."""
        end, code, count, total = to_number(until), "", 0, 0
        while rows := await self._fetch(ENDS, code, end):
            for code, last_hash in rows:
                count += 1
                total = (total + worth(self._sealer, code, last_hash)) % ROOM
        return Census(end, count, f"{total:x}", ends=True)


def worth(sealer: Sealer, code: str, entry_hash: str) -> int:
    """Return what a ticket adds to a census: nobody without the key can make up another's."""
    return int(sealer.prove("census", code.encode(), entry_hash.encode()), 16)


def census_told(one: Census) -> bytes:
    """Return *one* as a line of the audit tells it."""
    return msgspec.json.encode(one)


def census_read(told: bytes) -> Census:
    """Return the census that *told* tells. Raises msgspec.DecodeError."""
    return msgspec.json.decode(told, type=Census)
