"""Office time: what passes while the district's offices are open. One working day is a day of it.

Office time never runs at night, on weekends or holidays: what comes in on a Friday at two and has
one working day is due on Monday at two; what comes in on a Sunday is due on Monday evening.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from referrals.district.working_days import UnknownYear, WorkCalendar, is_working_day

SECOND = 1_000_000  # all amounts are whole microseconds: exact, and fast to count with


class Offices(Struct, frozen=True, eq=False):
    """A calendar made ready for counting. Offices open and close on a full minute."""

    zone: ZoneInfo
    days: tuple[int, ...]  # ordinals of all working days of the known years
    openings: tuple[datetime, ...]  # of each of these days, in UTC
    opens: int  # microseconds after midnight
    a_day: int  # microseconds of one working day
    years: frozenset[int]
    gaps: bool  # years that nobody knows lie between years that are known

    def between(self, start: datetime, end: datetime) -> int:
        """Return the office time between *start* and a later *end*; raises UnknownYear."""
        (first, before), (last, passed) = _stood(self, start), _stood(self, end)
        if self.gaps:
            self._know(first, last)
        return passed - before

    def after(self, start: datetime, amount: int) -> datetime:
        """Return the first instant, in UTC, when *amount* has passed since *start*.

        Raises UnknownYear where that, or the way there, lies in a year nobody knows.
        """
        if amount <= 0:
            return start.astimezone(UTC)
        year, before = _stood(self, start)
        day, within = divmod(before + amount - 1, self.a_day)
        if day >= len(self.days):
            raise UnknownYear(max(self.years) + 1)
        if self.gaps:
            self._know(year, date.fromordinal(self.days[day]).year)
        return self.openings[day] + timedelta(microseconds=within + 1)

    def position(self, here: datetime) -> int:
        """Return the office time from the first known working day to *here*, in local time."""
        day = here.toordinal()
        at = bisect_left(self.days, day)
        if at == len(self.days) or self.days[at] != day:
            return at * self.a_day
        of_day = (here.hour * 3600 + here.minute * 60 + here.second) * SECOND + here.microsecond
        return at * self.a_day + min(max(of_day - self.opens, 0), self.a_day)

    def _know(self, first: int, last: int) -> None:
        """Raise UnknownYear for a year nobody knows after *first*, which is known, to *last*."""
        for year in range(first, last + 1):
            if year not in self.years:
                raise UnknownYear(year)


@lru_cache(maxsize=64)  # all that is due in a ticket is counted from the same few instants
def _stood(hours: Offices, instant: datetime) -> tuple[int, int]:
    """Return the year of *instant* and the office time up to it; raises UnknownYear."""
    here = instant.astimezone(hours.zone)
    if here.year not in hours.years:
        raise UnknownYear(here.year)
    return here.year, hours.position(here)


@lru_cache(maxsize=16)
def offices(calendar: WorkCalendar) -> Offices:
    """Return *calendar* made ready for counting; the newest few are kept so."""
    opens, closes = (_minutes(clock) * 60 * SECOND for clock in (calendar.opens, calendar.closes))
    zone, opening = ZoneInfo(calendar.zone), time.fromisoformat(calendar.opens)
    days = tuple(
        day
        for year in sorted(calendar.years)
        for day in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        if is_working_day(calendar, date.fromordinal(day))
    )
    openings = tuple(
        datetime.combine(date.fromordinal(day), opening, zone).astimezone(UTC) for day in days
    )
    gaps = len(calendar.years) <= max(calendar.years, default=0) - min(calendar.years, default=0)
    return Offices(zone, days, openings, opens, closes - opens, calendar.years, gaps)


def _minutes(clock: str) -> int:
    there = time.fromisoformat(clock)
    return there.hour * 60 + there.minute
