"""Working days: counted by the calendar, never guessed."""

from datetime import UTC, date, datetime

import pytest

from referrals.district.working_days import (
    UnknownYear,
    WorkCalendar,
    is_working_day,
    local,
    next_opening,
    office_open,
)

IDULFITRI = frozenset(date(2026, 3, day) for day in (18, 19, 20, 21, 22, 23, 24))
CALENDAR = WorkCalendar(zone="Asia/Jakarta", holidays=IDULFITRI, years=frozenset({2026, 2027}))


def wib(day: date, clock: str) -> datetime:
    """Return the instant of *clock* on *day* in Western Indonesia, in UTC."""
    return datetime.fromisoformat(f"{day}T{clock}:00+07:00").astimezone(UTC)


def test_weekends_and_holidays_are_no_working_days() -> None:
    """Nobody answers on Sunday, nor at Idulfitri."""
    assert is_working_day(CALENDAR, date(2026, 3, 17))
    assert not is_working_day(CALENDAR, date(2026, 3, 18))
    assert not is_working_day(CALENDAR, date(2026, 3, 28))


def test_an_unknown_year_is_never_guessed() -> None:
    """Without a year's holidays nobody promises anything in it."""
    with pytest.raises(UnknownYear, match="2028"):
        is_working_day(CALENDAR, date(2028, 1, 1))


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Jakarta", 10), ("Asia/Makassar", 11), ("Asia/Jayapura", 12)]
)
def test_three_zones(zone: str, hour: int) -> None:
    """WIB, WITA and WIT are told apart."""
    calendar = WorkCalendar(zone=zone, years=frozenset({2026}))
    assert local(calendar, datetime(2026, 3, 16, 3, tzinfo=UTC)).hour == hour


def test_an_instant_has_a_zone() -> None:
    """A time without a zone is a bug."""
    with pytest.raises(ValueError, match="zone"):
        local(CALENDAR, datetime(2026, 3, 16, 3))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [("07:59", False), ("08:00", True), ("15:29", True), ("15:30", False)],
)
def test_office_hours(clock: str, is_open: bool) -> None:  # noqa: FBT001 - a row of the table
    """The offices open at eight and close at half past three, local time."""
    assert office_open(CALENDAR, wib(date(2026, 3, 16), clock)) is is_open


def test_holidays_are_closed_all_day() -> None:
    """At ten on a holiday nobody is there."""
    assert not office_open(CALENDAR, wib(date(2026, 3, 19), "10:00"))


@pytest.mark.parametrize(
    ("day", "clock", "opens"),
    [
        (date(2026, 3, 16), "06:00", date(2026, 3, 16)),
        (date(2026, 3, 16), "08:00", date(2026, 3, 16)),
        (date(2026, 3, 16), "10:00", date(2026, 3, 17)),
        (date(2026, 3, 17), "17:00", date(2026, 3, 25)),
        (date(2026, 3, 28), "10:00", date(2026, 3, 30)),
    ],
)
def test_the_next_opening(day: date, clock: str, opens: date) -> None:
    """Who writes outside office hours hears when somebody will be there."""
    opening = next_opening(CALENDAR, wib(day, clock))
    assert opening == wib(opens, "08:00")
    assert office_open(CALENDAR, opening)
