"""Look at every ticket anew when the days by which its clocks count have changed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec

from casework.clocks.rebuilding import shape
from casework.ticket.appointments import wake
from referrals.district.directory import District
from storage.store import Store
from storage.timers import DueTimer

REPLANNING_TIMER = "calendar"  # and the key of the note that says by which days was counted
PAGE = 500  # tickets in one commit
RECENT = timedelta(days=60)  # closed tickets are still asked about for so long


class Replanning:
    """Wakes all tickets after a change of the calendar. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District, now: Callable[[], datetime]) -> None:
        self._store = store
        self._mark = fingerprint(district)
        self._now = now

    async def start(self) -> None:
        """Have all tickets looked at soon if they were planned by other days than today's."""
        if await self._store.kept_note(REPLANNING_TIMER) != self._mark:
            unit = self._store.unit()
            unit.set_timer(REPLANNING_TIMER, REPLANNING_TIMER, self._now(), self._mark.encode())
            await self._store.commit(unit)

    async def wake_all(self, due: DueTimer) -> None:
        """Have every open ticket, and those closed lately, looked at now."""
        now, after = self._now(), ""
        while codes := await self._store.codes_to_watch(after, now - RECENT, PAGE):
            unit = self._store.unit()
            for code in codes:
                unit.wind(wake(code, now))
            await self._store.commit(unit)
            after = codes[-1]
        unit = self._store.unit()
        unit.finish_timer(due)
        unit.keep_note(REPLANNING_TIMER, due.body.decode())
        await self._store.commit(unit)


def fingerprint(district: District) -> str:
    """Return what changes whenever a due date may: calendar, services' days, what tickets know."""
    calendar = district.calendar
    days = sorted(
        (
            service.code,
            *(service.respond_days, service.resolve_days, service.cooling_hours),
            *(service.kind, service.confidential),
        )
        for service in district.services.values()
    )
    told = (
        (calendar.zone, sorted(calendar.weekdays), calendar.opens, calendar.closes),
        (sorted(calendar.holidays), sorted(calendar.years)),
        days,
    )
    return sha256(msgspec.json.encode((told, shape()))).hexdigest()
