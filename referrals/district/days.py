"""The days of a district: which one it is there, and one that somebody typed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

A_DAY = timedelta(days=1)
YEARS = range(2000, 3000)  # to count in: anything else is a slip of the keyboard


def clock_in(zone: str, at: datetime) -> datetime:
    """Return *at* on the clocks of *zone*, an IANA name; raises ValueError if it knows no zone."""
    if at.tzinfo is None:
        raise ValueError("an instant without a zone is nobody's time")
    return at.astimezone(ZoneInfo(zone))


def day_in(zone: str, at: datetime) -> date:
    """Return the day that it is in *zone*, an IANA name, at *at*; raises as `clock_in`."""
    return clock_in(zone, at).date()


def read_day(text: str) -> date | None:
    """Return the day that *text* names, 2026-12-31, None where it names none of our YEARS.

    How far from today a day may lie is a rule of what it is for, and stands there.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in YEARS else None
