"""Days and hours as people say them."""

from datetime import date, datetime

from conversations.say import Say
from referrals.district.days import day_in
from referrals.district.working_days import UnknownYear, local, next_opening, office_open


def day(when: date, say: Say) -> str:
    """Return *when* as 1 September 2026, in the language of *say*."""
    return say("day.date", day=when.day, month=_month(when, say), year=when.year)


def local_day(when: datetime, say: Say) -> str:
    """Return the district's day of the instant *when*."""
    return day(day_in(say.district.calendar.zone, when), say)


def by_when(due: datetime, urgent: bool, say: Say) -> str:  # noqa: FBT001 - a way to word *due*
    """Return the instant *due* as a promise tells it: by the day, what is *urgent* by the hour."""
    return moment(local(say.district.calendar, due), say) if urgent else local_day(due, say)


def opening(when: datetime, say: Say) -> str:
    """Return *when*, in local time, as Senin 7 September pukul 08.00."""
    weekday = say("day.weekdays").split()[when.weekday()]
    month = _month(when, say)
    hour = say("day.hour", hour=f"{when:%H}", minute=f"{when:%M}")
    return say("day.opening", weekday=weekday, day=when.day, month=month, hour=hour)


def office_stands(now: datetime, say: Say) -> tuple[str, str]:
    """Return how our office stands at *now*, as wording names it, and when it opens next.

    In a year whose holidays nobody entered no hour is invented.
    """
    calendar = say.district.calendar
    try:
        if office_open(calendar, now):
            return "open", ""
        return "closed", opening(next_opening(calendar, now), say)
    except UnknownYear:
        return "office_hours", ""


def moment(when: datetime, say: Say) -> str:
    """Return *when*, in local time, as 7 September pukul 08.00."""
    hour = say("day.hour", hour=f"{when:%H}", minute=f"{when:%M}")
    return say("day.moment", day=when.day, month=_month(when, say), hour=hour)


def _month(when: date, say: Say) -> str:
    return say("day.months").split()[when.month - 1]
