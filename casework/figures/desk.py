"""What a supervisor may ask of the figures: to see them, and to take them along."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from enum import Enum

import msgspec
from msgspec.structs import replace

from casework.figures.gathering import Gathering, Period
from casework.figures.hiding import LEAST, hide_line, is_small
from casework.figures.keeping import Keeping
from casework.figures.kinds import Kind
from casework.figures.looking import EVER, Asked, Look, allowed, look_of
from casework.figures.overview import Overview, overview
from casework.staff.person import Staff
from casework.trail.actions import Action, staff_actor
from referrals.district.days import day_in
from referrals.district.directory import District
from storage.store import Store

KEPT = 64  # answers, of which each is some kilobytes
Key = tuple[Asked, Look, date, str]
STOCKS = (Kind.OPEN, Kind.HELD, Kind.UNHEARD, Kind.WAITLISTED)  # shown as they stand now
AT_ONCE = 50  # tickets counted before a page is shown; the loop has counted the others


class NotShown(Enum):
    """Why there are no figures."""

    OUTSIDE = "outside"  # of what they may look at
    TOO_FEW = "too_few"  # people: all others are shown, so that these could be reckoned out


class FigureDesk:
    """Shows figures as far as somebody's reach goes. Raises StoreUnavailable.

    What was shown is shown again until anything that is counted changes, or the day does.
    """

    def __init__(self, store: Store, district: District, now: Callable[[], datetime]) -> None:
        self._store = store
        self._district = district
        self._now = now
        self._seen: OrderedDict[Key, Overview | NotShown] = OrderedDict()
        self.keeping = Keeping(store, district)

    async def see(self, staff: Staff, asked: Asked) -> Overview | NotShown:
        """Return the figures that *asked* is for."""
        look = look_of(staff, self._district)
        within = allowed(asked, look, self._district)
        if within is None:
            return NotShown.OUTSIDE
        await self.keeping.catch_up(AT_ONCE)
        today = day_in(self._district.calendar.zone, self._now())
        key = within, look, today, await self._store.figures_changed()
        if key not in self._seen:
            self._seen[key] = await self._found(within, look, today)
            if len(self._seen) > KEPT:
                self._seen.popitem(last=False)
        return self._seen[key]

    async def note_taken(self, staff: Staff, asked: Asked, what: str) -> None:
        """Keep in the audit that *staff* took the file *what* of the figures *asked* for."""
        unit = self._store.unit()
        told = msgspec.json.encode({"figures": what, "of": msgspec.to_builtins(asked)})
        unit.note(staff_actor(staff.id), Action.EXPORT, self._now(), detail=told)
        await self._store.commit(unit)

    async def _found(self, asked: Asked, look: Look, today: date) -> Overview | NotShown:
        """Return the figures, or that too few people would be shown."""
        if await self._too_few(asked, look, Period.until(today, asked.weeks)):
            return NotShown.TOO_FEW
        return await overview(self._store, self._district, asked, look, today)

    async def _too_few(self, asked: Asked, look: Look, period: Period) -> bool:
        """Tell whether a filter picks what the same page without that filter hides.

        Of everything else that the page shows, too, the rest must not follow from the whole.
        """
        came = Kind.RECEIVED if asked.agency else Kind.FILED
        flows = (came, Kind.ANSWERED)
        spans = ((flows, period.days), (flows, period.before().days), (STOCKS, EVER))
        for name in _picked(asked, look):
            gather = Gathering(self._store, replace(asked, **{name: ""}), look)
            value = getattr(asked, name)
            for kinds, days in spans:
                found = await gather.counts(kinds, name, days=days)
                if any(_tells_others(found.by(kind), value) for kind in kinds):
                    return True
                if days == period.days and is_small(found.by(came)[value]):
                    return True
        return False


def _tells_others(by: Mapping[str, int], value: str) -> bool:
    """Tell whether *value* is large and yet hidden among its likes: what is left would be told."""
    names = sorted(by)
    cells, _ = hide_line([by[one] for one in names])
    return by.get(value, 0) >= LEAST and cells[names.index(value)] is None


def _picked(asked: Asked, look: Look) -> Iterator[str]:
    """Yield the filters that somebody chose, and not their reach."""
    for name in ("service", "area"):
        if getattr(asked, name):
            yield name
    if asked.agency and not look.agency:
        yield "agency"
