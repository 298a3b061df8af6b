"""Passwords tried: after a few wrong ones each next try waits longer, and never for good.

A try is counted before its password is looked at, so that many at once are no way around it. Who
waits is told until when; a try that comes too early counts nothing, and an hour's rest forgets
all. The right password clears what was counted.
"""

from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.statements import Build, Given, Insert, Statement, constant
from storage.database.writes import Writes
from storage.tables.staff import staff_tries

SPARE = 5  # tries on one account, or in one known browser, that cost no pause
SPARE_OF_ADDRESS = 30  # … from one address, behind which a whole office may sit
LONGEST = timedelta(minutes=15)
REST = timedelta(hours=1)  # without a try; then all is forgotten
STEPS = 10  # of 1, 2, 4 … seconds before the longest

Kind = Literal["account", "browser", "address", "own"]  # own: by who is signed in already


def _counting(spare: int) -> Build:
    """Return what counts a try, unless it comes before the pause of the last one is over."""

    def build(given: Given) -> Insert:
        insert = given.insert(staff_tries, n=constant("1"))
        rested = staff_tries.c.at < insert.excluded.at - constant(str(_us(REST)))
        n = sa.case((rested, constant("1")), else_=staff_tries.c.n + constant("1"))
        return insert.on_conflict_do_update(
            index_elements=[staff_tries.c.key],
            set_={
                "n": n,
                "at": insert.excluded.at,
                "free_at": insert.excluded.at + _pause(n, spare),
            },
            where=staff_tries.c.free_at <= insert.excluded.at,
        )

    return build


def _pause(n: sa.ColumnElement[int], spare: int) -> sa.ColumnElement[int]:
    """Return how long the try after the *n*th waits, in microseconds."""
    free = (n < constant(str(spare)), constant("0"))
    growing = (
        (n == constant(str(spare + step)), constant(str(_us(timedelta(seconds=2**step)))))
        for step in range(STEPS)
    )
    return sa.case(free, *growing, else_=constant(str(_us(LONGEST))))


def _us(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


GIVEN = (staff_tries.c.key, staff_tries.c.at, staff_tries.c.free_at)
COUNT = Statement(_counting(SPARE), *GIVEN, key=staff_tries.c.key)
COUNT_ADDRESS = Statement(_counting(SPARE_OF_ADDRESS), *GIVEN, key=staff_tries.c.key)
CLEAR = Statement(
    lambda given: sa.delete(staff_tries).where(staff_tries.c.key == given["key"]),
    staff_tries.c.key,
)
GIVE_BACK = Statement(
    lambda given: (
        sa.update(staff_tries)
        .values(n=staff_tries.c.n - constant("1"), free_at=constant("0"))
        .where(staff_tries.c.key == given["key"], staff_tries.c.n > constant("0"))
    ),
    staff_tries.c.key,
)
FREE = Statement(
    lambda given: sa.select(staff_tries.c.free_at).where(staff_tries.c.key == given["key"]),
    staff_tries.c.key,
)


class TryWrites(Writes):
    """Of a unit: a password was tried."""

    def count_try(self, kind: Kind, whose: str, now: datetime) -> None:
        """Count a try on what is *whose*; the unit is lost while its last one's pause lasts."""
        key, at = self.pen.sealer.mac("sign-in", kind, whose), to_number(now)
        self.add(COUNT_ADDRESS if kind == "address" else COUNT, (key, at, at), key)

    def clear_tries(self, kind: Kind, whose: str) -> None:
        """Forget what was tried on what is *whose*; of an address one try is taken back."""
        key = self.pen.sealer.mac("sign-in", kind, whose)
        self.add(GIVE_BACK if kind == "address" else CLEAR, (key,), key)


class TryReads(Reads):
    """Of the store: until when to wait."""

    async def free_at(self, *tried: tuple[Kind, str]) -> datetime:
        """Return when all of *tried* may be tried again; long ago where they may be now."""
        keys = [(self._sealer.mac("sign-in", *one),) for one in tried]
        found = await self._find(FREE, *keys)
        return from_number(max((int(row[0]) for row in found), default=0))
