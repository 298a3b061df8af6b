"""Moving the demo's clock: what falls due on the way is done in its order, as if it had come."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import DemoClock
from bot.running.timers import Timers
from referrals.district.days import A_DAY
from referrals.district.working_days import WorkCalendar, is_working_day, local
from storage.store import Store
from web.demo.clock import Leap

KEPT = "demo clock"  # the note that says how many seconds it is ahead
MOST_STOPS = 300  # on one way
PATIENCE = 20.0  # seconds at one of them
WORKING_DAYS = 3
LEAPS = {Leap.HOUR: timedelta(hours=1), Leap.FORTNIGHT: timedelta(days=14)}


async def kept_clock(store: Store) -> DemoClock:
    """Return the demo's clock as far ahead as it was when the demo stopped."""
    return DemoClock(timedelta(seconds=float(await store.kept_note(KEPT) or 0)))


class ClockMover:
    """Moves the clock ahead, never back: what was promised for a time is not unpromised.

    *arrived* is called at each stop, before what is due there is done.
    """

    def __init__(
        self,
        clock: DemoClock,
        store: Store,
        timers: Timers,
        calendar: WorkCalendar,
        arrived: Callable[[], Awaitable[None]],
    ) -> None:
        self._clock = clock
        self._store = store
        self._timers = timers
        self._calendar = calendar
        self._arrived = arrived
        self._moving = asyncio.Lock()

    async def move(self, leap: Leap) -> datetime | None:
        """Move by *leap* and return the new time; None beyond the years of the calendar."""
        async with self._moving:
            target = self._target(leap)
            if target is None:
                return None
            unit = self._store.unit()
            unit.keep_note(KEPT, str((target - self._clock.wall()).total_seconds()))
            await self._store.commit(unit)
            await self._stop_on_the_way(target)
            await self._arrive(target)
            return self._clock.now()

    def _target(self, leap: Leap) -> datetime | None:
        now = self._clock.now()
        target = now + LEAPS[leap] if leap in LEAPS else self._working_days_on(now)
        known = target is not None and local(self._calendar, target).year in self._calendar.years
        return target if known else None

    def _working_days_on(self, now: datetime) -> datetime | None:
        """Return the same time of day WORKING_DAYS on, None beyond the calendar."""
        here = local(self._calendar, now)
        day, left = here.date(), WORKING_DAYS
        while left:
            day += A_DAY
            if day.year not in self._calendar.years:
                return None
            left -= is_working_day(self._calendar, day)
        at = datetime.combine(day, here.time(), ZoneInfo(self._calendar.zone))
        return at.astimezone(now.tzinfo)

    async def _stop_on_the_way(self, target: datetime) -> None:
        """Halt wherever a timer is due before *target*, and have it done."""
        for _ in range(MOST_STOPS):
            due = await self._store.next_timer()
            if due is None or due >= target:
                return
            await self._arrive(max(due, self._clock.now()))
            if await self._store.next_timer() == due:
                return  # nobody here does what waits: it must not hold up the clock

    async def _arrive(self, at: datetime) -> None:
        """Make it *at* or later, and return when what is due then is done, or takes long."""
        self._clock.ahead = max(self._clock.ahead, at - self._clock.wall())
        await self._arrived()
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._timers.tick()
