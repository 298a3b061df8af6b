"""The days of a district."""

from datetime import UTC, date, datetime

import pytest

from referrals.district.days import day_in, read_day


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Jakarta", 16), ("Asia/Makassar", 17), ("Asia/Jayapura", 17)]
)
def test_each_zone_has_its_own_day(zone: str, day: int) -> None:
    """At eleven in the night in the west it is the next day in the middle and in the east."""
    assert day_in(zone, datetime(2026, 3, 16, 16, 30, tzinfo=UTC)) == date(2026, 3, day)


def test_an_instant_without_a_zone_has_no_day() -> None:
    """Nobody guesses whose clock it was read from."""
    with pytest.raises(ValueError, match="nobody's time"):
        day_in("Asia/Jakarta", datetime(2026, 3, 16, 3))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2000-01-01", date(2000, 1, 1)),
        ("1999-12-31", None),
        ("3000-01-01", None),
        ("2026-02-30", None),
        ("kemarin", None),
        ("", None),
    ],
)
def test_a_day_is_read_or_it_is_none(text: str, day: date | None) -> None:
    """Days of years we do not count in, and what no calendar has, are none."""
    assert read_day(text) == day
