"""Decent hours: a notice waits for the morning of the place where it is read."""

from datetime import UTC, datetime, timedelta

import pytest

from referrals.district.decent_hours import next_decent
from referrals.district.directory import DecentHours
from referrals.district.working_days import WorkCalendar

HOURS = DecentHours("07:00", "20:00")
ZONES = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("here", "then"),
    [
        ((23, 6, 59), (23, 7, 0)),
        ((23, 7, 0), (23, 7, 0)),
        ((23, 12, 30), (23, 12, 30)),
        ((23, 19, 59), (23, 19, 59)),
        ((23, 20, 0), (24, 7, 0)),
        ((23, 23, 59), (24, 7, 0)),
        ((24, 0, 1), (24, 7, 0)),
    ],
)
def test_the_morning_of_the_place(
    zone: str, here: tuple[int, int, int], then: tuple[int, int, int]
) -> None:
    """By the district's own clock, whatever its zone; what is decent goes at once."""
    calendar = WorkCalendar(zone=zone)

    def instant(day: int, hour: int, minute: int) -> datetime:
        naive = datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 - local to be, below
        return (naive - calendar_offset(zone)).replace(tzinfo=UTC)

    assert next_decent(HOURS, calendar, instant(*here)) == instant(*then)


def calendar_offset(zone: str) -> timedelta:
    """Return how far *zone* is ahead of UTC, which never changes in Indonesia."""
    return timedelta(hours=ZONES[zone])


def test_a_zone_is_needed() -> None:
    """An instant without a zone is nobody's time."""
    with pytest.raises(ValueError, match="zone"):
        next_decent(HOURS, WorkCalendar(zone="Asia/Jakarta"), datetime(2026, 11, 23))  # noqa: DTZ001 - that is the point
