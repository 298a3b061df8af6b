"""Due dates, reckoned a second time by counting single minutes, and a third by a library."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

import pytest
from lokal.holidays import HOLIDAY_YEARS, add_working_days, get_holidays
from msgspec.structs import replace

from referrals.clocks import Clock, Pause, Running
from referrals.district.directory import District, Priority
from referrals.due.dues import due_at
from referrals.ticket import TicketState
from tests.referrals.samples import ticket_in
from tests.referrals.wild import DISTRICT

CASES = 10_000
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}  # hours ahead of UTC
A_MINUTE = timedelta(minutes=1)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
OPENS, CLOSES = 8 * 60, 15 * 60 + 30  # minutes after midnight
DAYS = (1, 1, 2, 2, 3, 3, 5, 5, 7, 10, 10, 14, 20, 30, 60)
HOLIDAYS = {day.date for year in HOLIDAY_YEARS for day in get_holidays(year).holidays}


def minute_of(instant: datetime) -> int:
    """Return the number of *instant*'s minute since the beginning of 2026 in Greenwich."""
    return (instant - EPOCH) // A_MINUTE


def open_minutes(hours_ahead: int) -> list[int]:
    """Return every minute of 2026 and 2027 in which offices are open there, found one by one."""
    zone = timezone(timedelta(hours=hours_ahead))
    found: list[int] = []
    day = date(2026, 1, 1)
    while day.year < 2028:
        if day.weekday() < 5 and day.isoformat() not in HOLIDAYS:
            midnight = minute_of(datetime(day.year, day.month, day.day, tzinfo=zone))
            found += range(midnight + OPENS, midnight + CLOSES)
        day += timedelta(days=1)
    return found


def counted(minutes: list[int], one: Running, needed: int) -> datetime:
    """Return when *needed* open minutes have passed since *one* started, but in no pause."""
    run: list[int] = []
    start = minute_of(one.since)
    for pause in one.pauses:
        run += between(minutes, start, minute_of(pause.since))
        start = minute_of(pause.until or pause.since)
    rest = bisect_left(minutes, start)
    run += minutes[rest : rest + needed]
    return EPOCH + (run[needed - 1] + 1) * A_MINUTE


def between(minutes: list[int], start: int, end: int) -> list[int]:
    """Return the open minutes from *start* to *end*, each of them."""
    return minutes[bisect_left(minutes, start) : bisect_left(minutes, end)]


def cases(dice: Random) -> Running:
    """Return a clock started around a turn of the year, with up to two pauses."""
    around = datetime(2026, 12, 28, tzinfo=UTC) if dice.random() < 0.8 else EPOCH
    since = around + dice.randint(-14 * 1440, 14 * 1440) * A_MINUTE
    since = max(since, EPOCH + timedelta(days=1))
    pauses: list[Pause] = []
    at = since
    for _ in range(dice.choice((0, 0, 1, 2))):
        start = at + dice.randint(0, 6 * 1440) * A_MINUTE
        at = start + dice.randint(1, 12 * 1440) * A_MINUTE
        pauses.append(Pause(start, at))
    return Running(Clock.C4, since, pauses=tuple(pauses))


def there(zone: str) -> District:
    """Return the demo district, moved to *zone*."""
    return replace(DISTRICT, calendar=replace(DISTRICT.calendar, zone=zone))


def test_due_dates_are_found_by_counting_minutes_too() -> None:
    """Ten thousand clocks around the turn of the year, in three zones, are due to the minute."""
    dice = Random(20261231)  # noqa: S311 - dice, no secret
    minutes = {zone: open_minutes(hours) for zone, hours in ZONES.items()}
    districts = {zone: there(zone) for zone in ZONES}
    ticket = ticket_in(TicketState.IN_PROGRESS)
    for _ in range(CASES):
        zone, one, days = dice.choice(tuple(ZONES)), cases(dice), dice.choice(DAYS)
        half = dice.random() < 0.2
        units = days / 2 if half else days
        due = due_at(ticket, one, districts[zone], only=units)
        assert due == counted(minutes[zone], one, int(units * (CLOSES - OPENS))), (zone, one, days)


def test_due_days_are_those_of_somebody_elses_library() -> None:
    """What starts in office hours is due as many working days later as lokal-id counts."""
    dice = Random(2027)  # noqa: S311 - dice, no secret
    ticket = ticket_in(TicketState.IN_PROGRESS)
    for _ in range(CASES):
        zone, days = dice.choice(tuple(ZONES)), dice.choice(DAYS)
        local = timezone(timedelta(hours=ZONES[zone]))
        day = date(2026, 1, 1) + timedelta(days=dice.randint(0, 600))
        if day.weekday() > 4 or day.isoformat() in HOLIDAYS:
            continue
        since = datetime(day.year, day.month, day.day, tzinfo=local) + A_MINUTE * dice.randint(
            OPENS + 1, CLOSES
        )
        due = due_at(ticket, Running(Clock.C4, since), there(zone), only=days)
        assert due
        assert due.astimezone(local).date().isoformat() == add_working_days(str(day), days)


def test_the_demo_districts_calendar_is_that_of_the_decrees() -> None:
    """The holidays and cuti bersama of the demo's rows are those that lokal-id reads there."""
    assert {day.isoformat() for day in DISTRICT.calendar.holidays} == HOLIDAYS
    assert DISTRICT.calendar.years == set(HOLIDAY_YEARS)


@pytest.mark.parametrize("hours", [1, 2, 3, 5, 14])
def test_urgent_tickets_count_hours_round_the_clock(hours: int) -> None:
    """P1 reads hours for working days: at night, on Sundays and at Idulfitri too."""
    ticket = replace(ticket_in(TicketState.IN_PROGRESS), priority=Priority.P1)
    night = datetime(2026, 3, 20, 19, tzinfo=UTC)
    pause = Pause(night + timedelta(minutes=30), night + timedelta(minutes=50))
    running = Running(Clock.C4, night, 1, (pause,))
    due = due_at(ticket, running, DISTRICT, only=hours)
    assert due == night + timedelta(hours=hours, minutes=20)
