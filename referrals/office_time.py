"""Office time: what passes while the district's offices are open. One working day is a day of it.

Office time never runs at night, on weekends or holidays: what comes in on a Friday at two and has
one working day is due on Monday at two; what comes in on a Sunday is due on Monday evening.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from referrals.working_days import UnknownYear, WorkCalendar

A_MOMENT = timedelta(microseconds=1)
MIDNIGHT = time()


class _Offices(Struct, frozen=True):
    """A calendar made ready for counting."""

    zone: ZoneInfo
    days: tuple[int, ...]  # ordinals of all working days of the known years
    opens: timedelta  # after midnight
    hours: timedelta  # of one working day
    years: frozenset[int]


def working_day(calendar: WorkCalendar) -> timedelta:
    """Return how long the offices are open on a working day."""
    return _offices(calendar).hours


def office_time(calendar: WorkCalendar, start: datetime, end: datetime) -> timedelta:
    """Return the office time between *start* and a later *end*; raises UnknownYear."""
    offices = _offices(calendar)
    return _position(offices, end, start.year) - _position(offices, start, start.year)


def after_office_time(calendar: WorkCalendar, start: datetime, amount: timedelta) -> datetime:
    """Return the first instant, in UTC, when *amount* has passed since *start*.

    Raises UnknownYear where that, or the way there, lies in a year whose holidays nobody knows.
    """
    if not amount:
        return start.astimezone(UTC)
    offices = _offices(calendar)
    position = _position(offices, start, start.year) + amount
    day, within = divmod(position - A_MOMENT, offices.hours)
    if day >= len(offices.days):
        raise UnknownYear(max(offices.years, default=start.year) + 1)
    on = date.fromordinal(offices.days[day])
    _known(offices, start.astimezone(offices.zone).year, on.year)
    midnight = datetime.combine(on, MIDNIGHT)
    there = midnight + offices.opens + within + A_MOMENT
    return there.replace(tzinfo=offices.zone).astimezone(UTC)


def _position(offices: _Offices, instant: datetime, since: int) -> timedelta:
    """Return the office time from the first known working day to *instant*."""
    here = instant.astimezone(offices.zone)
    _known(offices, min(since, here.year), here.year)
    day = here.toordinal()
    at = bisect_left(offices.days, day)
    if at == len(offices.days) or offices.days[at] != day:
        return at * offices.hours
    of_day = timedelta(
        hours=here.hour, minutes=here.minute, seconds=here.second, microseconds=here.microsecond
    )
    return at * offices.hours + min(max(of_day - offices.opens, timedelta()), offices.hours)


def _known(offices: _Offices, first: int, last: int) -> None:
    for year in range(first, last + 1):
        if year not in offices.years:
            raise UnknownYear(year)


@lru_cache(maxsize=16)
def _offices(calendar: WorkCalendar) -> _Offices:
    opens, closes = (time.fromisoformat(t) for t in (calendar.opens, calendar.closes))
    start = timedelta(hours=opens.hour, minutes=opens.minute)
    end = timedelta(hours=closes.hour, minutes=closes.minute)
    days = (
        day
        for year in sorted(calendar.years)
        for day in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    )
    working = tuple(day for day in days if _is_working(calendar, date.fromordinal(day)))
    return _Offices(ZoneInfo(calendar.zone), working, start, end - start, calendar.years)


def _is_working(calendar: WorkCalendar, day: date) -> bool:
    return day.isoweekday() in calendar.weekdays and day not in calendar.holidays
