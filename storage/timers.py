"""Timers: what must happen later, once, whichever process gets to it.

Who claims a timer has it for LEASE; each claim raises `attempts`, and only the newest claimant
can finish it. One that fails for ever is parked: it stays, and nobody claims it.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from msgspec import Struct

from storage.database.errors import StoreUnavailable
from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import SealBroken
from storage.database.statements import Given, Insert, Statement, constant
from storage.database.writes import Writes
from storage.tables.upkeep import timers

LEASE = timedelta(minutes=2)
UNREADABLE = timedelta(days=1)  # until one that no key opens is tried again: a key may come back
NOBODY = constant("''")
NEVER = constant(str(2**63 - 1))  # the highest instant there is: what is parked waits for it

log = structlog.get_logger()


class DueTimer(Struct, frozen=True, kw_only=True):
    """A timer that is ours to carry out."""

    key: str
    kind: str
    due_at: datetime  # aware, UTC
    body: bytes
    attempts: int  # claims so far, this one counted

    def __repr__(self) -> str:
        return f"DueTimer({self.kind}, attempt {self.attempts})"


class NewTimer(Struct, frozen=True, kw_only=True):
    """A timer to set."""

    key: str  # stands unsealed: it must not tell anything personal
    kind: str
    due_at: datetime  # aware
    body: bytes

    def __repr__(self) -> str:
        return f"NewTimer({self.kind})"


def _set(given: Given) -> Insert:
    insert = given.insert(timers, owner=NOBODY, attempts=constant("0"))
    anew = {c.name: insert.excluded[c.name] for c in timers.c if c.name != "key"}
    return insert.on_conflict_do_update(index_elements=[timers.c.key], set_=anew)


SET = Statement(
    _set,
    timers.c.key,
    timers.c.kind,
    timers.c.due_at,
    timers.c.lease_until,
    timers.c.sealed,
)
DROP = Statement(lambda given: sa.delete(timers).where(timers.c.key == given["key"]), timers.c.key)
FINISH = Statement(
    lambda given: sa.delete(timers).where(
        timers.c.key == given["key"], timers.c.attempts == given["attempts"]
    ),
    timers.c.key,
    timers.c.attempts,
    key=timers.c.key,
)
POSTPONE = Statement(
    lambda given: (
        sa.update(timers)
        .values(owner=NOBODY, due_at=given["due_at"], lease_until=given["due_at"])
        .where(timers.c.key == given["key"], timers.c.attempts == given["attempts"])
    ),
    timers.c.key,
    timers.c.attempts,
    timers.c.due_at,
)
PARK = Statement(
    lambda given: (
        sa.update(timers)
        .values(owner=NOBODY, lease_until=NEVER)
        .where(timers.c.key == given["key"], timers.c.attempts == given["attempts"])
    ),
    timers.c.key,
    timers.c.attempts,
)
UNPARK = Statement(
    lambda given: (
        sa.update(timers)
        .values(lease_until=given["due_at"], attempts=constant("0"))
        .where(timers.c.lease_until == NEVER)
        .returning(timers.c.key)
    ),
    timers.c.due_at,
    alone=True,
)
PARKED = Statement(
    lambda _: (
        sa.select(timers.c.kind, sa.func.count())
        .where(timers.c.lease_until == NEVER)
        .group_by(timers.c.kind)
    ),
    alone=True,
)
BODY = Statement(
    lambda given: sa.select(timers.c.sealed).where(timers.c.key == given["key"]),
    timers.c.key,
    alone=True,
)
DUE = Statement(
    lambda given: (
        sa.select(sa.func.count())
        .select_from(timers)
        .where(timers.c.lease_until <= given["lease_until"])
    ),
    timers.c.lease_until,
    alone=True,
)
WAITS = Statement(
    lambda given: sa.select(
        sa.exists().where(
            timers.c.kind == given["kind"], timers.c.lease_until <= given["lease_until"]
        )
    ),
    timers.c.kind,
    timers.c.lease_until,
    alone=True,
)
KEY, ATTEMPTS = 0, 4  # places in a row of CLAIM
_mine = timers.alias("mine")
CLAIM = Statement(
    lambda given: (
        sa.update(timers)
        .values(
            owner=given["owner"],
            lease_until=given["lease_until"],
            attempts=timers.c.attempts + constant("1"),
        )
        .where(
            timers.c.key.in_(
                sa.select(_mine.c.key)
                .where(_mine.c.kind == given["kind"], _mine.c.lease_until <= given["now"])
                .order_by(_mine.c.lease_until)
                .limit(given["most"])
                .with_for_update(skip_locked=True)
            )
        )
        .returning(
            timers.c.key, timers.c.kind, timers.c.due_at, timers.c.sealed, timers.c.attempts
        )
    ),
    timers.c.owner,
    timers.c.lease_until,
    timers.c.kind,
    sa.column("now", sa.BigInteger),
    sa.column("most", sa.Integer),
    alone=True,
)


class TimerWrites(Writes):
    """Of a unit: something happens later."""

    def set_timer(self, key: str, kind: str, due_at: datetime, body: bytes) -> None:
        """Have *body* come due; an older timer of the same *key* gives way.

        A key stands unsealed: it must not tell anything personal.
        """
        at = to_number(due_at)
        self.add(SET, (key, kind, at, at, self.pen.sealer.seal(body, "timer")), ("timer", key))

    def wind(self, timer: NewTimer) -> None:
        """Do as `set_timer` with what *timer* says."""
        self.set_timer(timer.key, timer.kind, timer.due_at, timer.body)

    def drop_timer(self, key: str) -> None:
        """Have nothing happen under *key*, if anything was to."""
        self.add(DROP, (key,), ("timer", key))

    def finish_timer(self, due: DueTimer) -> None:
        """Be done with *due*; the unit is lost when somebody else took it over meanwhile."""
        self.add(FINISH, (due.key, due.attempts), ("timer", due.key))


class TimerReads(Reads):
    """Of the store: what falls due."""

    async def claim_timers(self, kind: str, now: datetime, limit: int) -> list[DueTimer]:
        """Take at most *limit* timers of *kind* that are due, for LEASE; the longest due first.

        One that no key of ours opens is put off for a day and logged. Where none is due nothing is
        written: every process asks for every kind twice a second.
        """
        ((waits,),) = await self._find(WAITS, (kind, to_number(now)))
        if not waits:
            return []
        row = (self._owner, to_number(now + LEASE), kind, to_number(now), limit)
        found = await self._write_now(CLAIM, row)
        opened = [due for one in found if (due := self._opened(one))]
        if len(opened) < len(found):
            await self._put_off(found, opened, now + UNREADABLE)
        return sorted(opened, key=lambda due: (due.due_at, due.key))

    async def _put_off(
        self, found: Iterable[Row], opened: Iterable[DueTimer], until: datetime
    ) -> None:
        """Have those of *found* that were not *opened* come back at *until*."""
        keys = {due.key for due in opened}
        rows = [
            (row[KEY], row[ATTEMPTS], to_number(until)) for row in found if row[KEY] not in keys
        ]
        log.error("timers cannot be opened: is a key missing?", count=len(rows))
        with suppress(StoreUnavailable):  # then they come back when their lease is over
            await self._write(POSTPONE, rows)

    async def timer_body(self, key: str) -> bytes | None:
        """Return what lies under *key* until it comes due, or None."""
        found = await self._fetch(BODY, key)
        return self._sealer.open(found[0][0], "timer") if found else None

    async def postpone_timer(self, due: DueTimer, due_at: datetime) -> None:
        """Leave *due* to whoever claims it at *due_at*."""
        row = (due.key, due.attempts, to_number(due_at))
        await self._write_now(POSTPONE, row)

    async def drop_timer(self, due: DueTimer) -> None:
        """Be done with *due*, unless somebody else took it over meanwhile."""
        row = (due.key, due.attempts)
        await self._write_now(FINISH, row)

    async def park_timer(self, due: DueTimer) -> None:
        """Set *due* aside for people to look at, unless it was set anew meanwhile."""
        await self._write(PARK, [(due.key, due.attempts)])

    async def timers_due(self, now: datetime) -> int:
        """Return how many timers are due that nobody carries out yet."""
        ((count,),) = await self._fetch(DUE, to_number(now))
        return int(count)

    async def timers_parked(self) -> dict[str, int]:
        """Return how many timers are set aside, by their kind."""
        return {kind: int(count) for kind, count in await self._fetch(PARKED)}

    async def unpark_timers(self, now: datetime) -> int:
        """Have every timer that was set aside tried anew, from *now* on; return how many."""
        return len(await self._write(UNPARK, [(to_number(now),)]))

    def _opened(self, row: Row) -> DueTimer | None:
        key, kind, due_at, sealed, attempts = row
        try:
            body = self._sealer.open(sealed, "timer")
        except SealBroken:
            return None
        due = from_number(due_at)
        return DueTimer(key=key, kind=kind, due_at=due, body=body, attempts=attempts)
