"""What is done once a day, at night: erase what was kept long enough, count the tickets."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from casework.privacy.retention import Retention
from casework.trail.anchoring import note_census
from referrals.district.directory import District
from referrals.district.working_days import WorkCalendar, local
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Unit

DAILY_TIMER = "daily"  # of the timer, its key, and the note of when it was last done
HOUR = 2  # o'clock, in the district
LONGEST = timedelta(hours=1)  # before another process tries, should this one die meanwhile

log = structlog.get_logger()


class Daily:
    """Does the day's work, in whichever process gets to it."""

    def __init__(self, store: Store, district: District, now: Callable[[], datetime]) -> None:
        self._store = store
        self._retention = Retention(store, district)
        self._calendar = district.calendar
        self._now = now

    async def start(self) -> None:
        """See to it that the timer is set: at once when a night was missed.

        The first start counts as done, so that a machine which sleeps at night misses nights too.
        """
        now = self._now()
        due = next_night(self._calendar, now)
        last = await self._store.kept_note(DAILY_TIMER)
        missed = last is not None and datetime.fromisoformat(last) < due - timedelta(days=2)
        unit = self._store.unit()
        unit.set_timer(DAILY_TIMER, DAILY_TIMER, now if missed else due, b"")
        if last is None:
            unit.keep_note(DAILY_TIMER, now.isoformat())
        await self._store.commit(unit)

    async def work(self, due: DueTimer) -> None:
        """Do it all, and have it done again tomorrow. Every part may be done twice."""
        now = self._now()
        await self._store.postpone_timer(due, now + LONGEST)
        went = await self._retention.run(now)
        await note_census(self._store, now)
        counts = {one.kind: one.count for one in went if one.count}
        log.info("the day's work is done", erased=counts)
        await self._store.commit(self._done(due, now))

    def _done(self, due: DueTimer, now: datetime) -> Unit:
        unit = self._store.unit()
        unit.finish_timer(due)
        unit.keep_note(DAILY_TIMER, now.isoformat())
        unit.set_timer(DAILY_TIMER, DAILY_TIMER, next_night(self._calendar, now), b"")
        return unit


def next_night(calendar: WorkCalendar, now: datetime) -> datetime:
    """Return the next time that the district's clocks show HOUR."""
    here = local(calendar, now)
    night = here.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return night if night > here else night + timedelta(days=1)
