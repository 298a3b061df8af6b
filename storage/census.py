"""The census: how many tickets there were, and which, so that one that is gone is missed.

Tickets are never deleted: one whose words were erased keeps its log. A line of the audit tells
from time to time how many tickets were opened until an instant, with the sum of keyed hashes of
their first entries. A ticket taken out later, log and row, is missing in every sum before.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from storage.broken import Broken
from storage.instants import from_number, to_number
from storage.reads import Reads
from storage.sealing import Sealer
from storage.statements import Statement, constant
from storage.tables import ticket_events

CENSUS = "census"  # the action of a line that tells of one
PAGE = 1000  # tickets read at a time
ROOM = 1 << 256  # sums are counted within it

FIRSTS = Statement(
    lambda given: (
        sa.select(ticket_events.c.code, ticket_events.c.at, ticket_events.c.hash)
        .where(ticket_events.c.code > given["code"], ticket_events.c.seq == constant("1"))
        .order_by(ticket_events.c.code)
        .limit(constant(str(PAGE)))
    ),
    ticket_events.c.code,
    alone=True,
)


class Census(Struct, frozen=True):
    """The tickets opened until *until*, in microseconds since 1970."""

    until: int
    tickets: int
    total: str  # hexadecimal


class Counting:
    """Counts tickets once and compares them with every census."""

    def __init__(self, sealer: Sealer, told: Iterable[Census]) -> None:
        self._sealer = sealer
        self._told = sorted(told, key=lambda one: one.until)
        self._ends = [one.until for one in self._told]
        self._counts = [0] * (len(self._told) + 1)
        self._sums = [0] * (len(self._told) + 1)

    def saw(self, code: str, at: datetime, first_hash: str) -> None:
        """Count the ticket whose log begins with *first_hash* at *at*."""
        place = bisect_left(self._ends, to_number(at))
        self._counts[place] += 1
        self._sums[place] += worth(self._sealer, code, first_hash)

    def broken(self) -> Iterator[Broken]:
        """Yield the first census that today's tickets do not agree with, if any."""
        count = total = 0
        for place, one in enumerate(self._told):
            count += self._counts[place]
            total = (total + self._sums[place]) % ROOM
            if (count, f"{total:x}") != (one.tickets, one.total):
                until = from_number(one.until).isoformat(timespec="minutes")
                why = f"{one.tickets} were opened until {until}, and {count} of those are there"
                yield Broken("tickets", why)
                return


class CensusReads(Reads):
    """Of the store: count its tickets."""

    async def census(self, until: datetime) -> Census:
        """Return the tickets opened until *until*; later ones may still be on their way."""
        end, code, count, total = to_number(until), "", 0, 0
        while rows := await self._fetch(FIRSTS, code):
            for code, at, first_hash in rows:
                if at <= end:
                    count += 1
                    total = (total + worth(self._sealer, code, first_hash)) % ROOM
        return Census(end, count, f"{total:x}")


def worth(sealer: Sealer, code: str, first_hash: str) -> int:
    """Return what a ticket adds to a census: nobody without the key can make up another's."""
    return int(sealer.prove("census", code.encode(), first_hash.encode()), 16)


def census_told(one: Census) -> bytes:
    """Return *one* as a line of the audit tells it."""
    return msgspec.json.encode(one)


def census_read(told: bytes) -> Census:
    """Return the census that *told* tells. Raises msgspec.DecodeError."""
    return msgspec.json.decode(told, type=Census)
