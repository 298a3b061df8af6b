"""What onlookers hear of a commit, codes and kinds alone, and what they look up then."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from referrals.happened import tag
from referrals.noted import Reached
from referrals.roles import Role
from storage.cases import tickets
from storage.cases.logs import LOG, LogRow, read_actor
from storage.console import holdings, staff
from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.statements import Statement
from storage.tables.upkeep import timers
from storage.tables.worklist import worklist
from storage.timers import NEVER
from storage.unit import Unit

RECEIPT = tag(Reached)


class _Tagged(Struct):
    """What an entry of a log is called."""

    what: str


_what = msgspec.json.Decoder(_Tagged).decode

SEATS = (staff.CHANGE, staff.END, staff.END_ALL)
HELD = (holdings.TAKE, holdings.GIVE, holdings.LET_GO)
NEARING = Statement(
    lambda given: (
        sa.select(worklist.c.code)
        .where(
            worklist.c.turn != "nobody",
            sa.or_(
                worklist.c.risk_at.between(given["after"], given["until"]),
                worklist.c.due_at.between(given["after"], given["until"]),
            ),
        )
        .distinct()
        .limit(given["most"])
    ),
    sa.column("after", sa.BigInteger),
    sa.column("until", sa.BigInteger),
    sa.column("most", sa.Integer),
    alone=True,
)
NEXT = Statement(
    lambda _: sa.select(sa.func.min(timers.c.lease_until)).where(timers.c.lease_until < NEVER),
    alone=True,
)


class Stir(StrEnum):
    """What happened to a case, in one word that says nothing about anybody."""

    NEW = "new"
    MESSAGE = "message"  # its citizen said something
    MOVED = "moved"
    HELD = "held"  # somebody took it on, got it or let go of it
    DUE = "due"  # an office's time runs out, or a quarter of it is left


def stirred(unit: Unit) -> dict[str, Stir]:
    """Return what *unit*, once kept, did to which cases."""
    rows = unit.rows
    found = {code: Stir.HELD for one in HELD for code in _codes(unit, one)}
    for row in map(LogRow._make, rows.get(LOG, ())):
        if _what(row.event).what == RECEIPT:
            continue  # what an officer just did arrived: no news to them
        if tickets.OPEN in rows:
            found[row.code] = Stir.NEW
        elif found.get(row.code) is not Stir.MESSAGE:
            found[row.code] = _kind(row.actor, said=bool(row.words))
    return found


def unseats(unit: Unit) -> bool:
    """Tell whether *unit* ended a session, or changed what an account may do."""
    return any(one in unit.rows for one in SEATS)


def _codes(unit: Unit, statement: Statement) -> Iterator[str]:
    return (str(row[0]) for row in unit.rows.get(statement, ()))


def _kind(actor: str, *, said: bool) -> Stir:
    return Stir.MESSAGE if said and read_actor(actor).role is Role.CITIZEN else Stir.MOVED


class OnlookerReads(Reads):
    """Of the store: what onlookers need of tickets and timers, without what is sealed."""

    async def nearing(self, after: datetime, until: datetime, limit: int) -> list[str]:
        """Return codes of cases that got urgent, or late, between two instants."""
        found = await self._fetch(NEARING, to_number(after) + 1, to_number(until), limit)
        return [code for (code,) in found]

    async def next_timer(self) -> datetime | None:
        """Return when the next timer is due, None where none is set."""
        ((at,),) = await self._fetch(NEXT)
        return None if at is None else from_number(at)
