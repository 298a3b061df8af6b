"""What must be true of a district's calendar: a deadline is never reckoned on a guess."""

import re
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.district.files import CalendarFile
from bot.district.findings import Notes

HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
WEEK = frozenset(range(1, 8))
DECREED = 11  # by November the ministers' joint decree on the next year's holidays is out


def check_calendar(calendar: CalendarFile, notes: Notes, today: date | None) -> None:
    """Note what is wrong, and with *today* each year whose holidays will soon be needed."""
    _zone(calendar.zone, notes)
    _hours(calendar, notes)
    _days(calendar, notes)
    known = {year.year for year in calendar.years}
    for year in sorted(_needed(today) - known if today else ()):
        notes.at(("calendar", "years"), f"the holidays of {year} are missing")


def _needed(today: date) -> set[int]:
    """Return the years whose holidays must be known *today*: none is missed before its decree."""
    return {today.year, today.year + (today.month >= DECREED)}


def _zone(zone: str, notes: Notes) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        notes.at(("calendar", "zone"), f"no time zone '{zone}'")


def _hours(calendar: CalendarFile, notes: Notes) -> None:
    for key in ("opens", "closes"):
        if not HOUR.fullmatch(getattr(calendar, key)):
            notes.at(("calendar", key), 'must be a time such as "08:00"')
    if calendar.closes <= calendar.opens:
        notes.at(("calendar", "closes"), "must be after it opens")
    if not calendar.weekdays or not WEEK.issuperset(calendar.weekdays):
        notes.at(("calendar", "weekdays"), "must be from 1 (Monday) to 7")


def _days(calendar: CalendarFile, notes: Notes) -> None:
    years = tuple(enumerate(calendar.years))
    notes.twice((("calendar", "years", at, "year"), str(year.year)) for at, year in years)
    for at, year in years:
        days = [
            (("calendar", "years", at, "days", n, "date"), one.on)
            for n, one in enumerate(year.days)
        ]
        notes.twice((trail, day.isoformat()) for trail, day in days)
        for trail, day in days:
            if day.year != year.year:
                notes.at(trail, f"{day} is not in {year.year}")
