"""The district's working days: deadlines are counted in them, never in hours of the night."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec import Struct

from referrals.district.days import A_DAY, clock_in


class WorkCalendar(Struct, frozen=True, kw_only=True):
    """When the district's offices work. Years without holidays are a mistake, never a guess."""

    zone: str  # IANA name: Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT)
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})  # ISO weekdays, Monday is 1
    opens: str = "08:00"
    closes: str = "15:30"
    holidays: frozenset[date] = frozenset()  # national holidays, cuti bersama, local closures
    years: frozenset[int] = frozenset()  # the years whose holidays are known


class UnknownYear(ValueError):  # noqa: N818 - the year is no error, our not knowing it is
    """The calendar does not know this year's holidays, so nobody may count in it."""


def is_working_day(calendar: WorkCalendar, day: date) -> bool:
    """Tell whether the offices work on *day*; raises UnknownYear."""
    if day.year not in calendar.years:
        raise UnknownYear(day.year)
    return day.isoweekday() in calendar.weekdays and day not in calendar.holidays


def local(calendar: WorkCalendar, instant: datetime) -> datetime:
    """Return *instant*, which must know its zone, on the district's clocks."""
    return clock_in(calendar.zone, instant)


def office_open(calendar: WorkCalendar, instant: datetime) -> bool:
    """Tell whether the offices are open at *instant*; raises UnknownYear."""
    here = local(calendar, instant)
    if not is_working_day(calendar, here.date()):
        return False
    return time.fromisoformat(calendar.opens) <= here.time() < time.fromisoformat(calendar.closes)


def next_opening(calendar: WorkCalendar, instant: datetime) -> datetime:
    """Return the first opening at or after *instant*, in local time; raises UnknownYear.

    While the offices are open this is the next working day's opening: ask `office_open` first.
    """
    here = local(calendar, instant)
    opens = time.fromisoformat(calendar.opens)
    first = here.date() if here.time() <= opens else here.date() + A_DAY
    return datetime.combine(_working_from(calendar, first), opens, ZoneInfo(calendar.zone))


def _working_from(calendar: WorkCalendar, day: date) -> date:
    while not is_working_day(calendar, day):
        day += A_DAY
    return day
