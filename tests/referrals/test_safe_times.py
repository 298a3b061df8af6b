"""When whoever a vault ticket is about may be contacted."""

from datetime import UTC, datetime, timedelta

import pytest

from referrals.district.safe_times import NEVER, Safe, safe_times
from tests.conversations.town import DISTRICT

PPA, CALENDAR = DISTRICT.services["PPA"], DISTRICT.calendar
NIGHT = datetime(2026, 11, 23, 15, tzinfo=UTC)  # ten in the evening there


def picked(hours: str) -> Safe:
    """Return what follows for somebody who named *hours* when they filed at NIGHT."""
    return safe_times(PPA, {"safe_now": "aman", "safe_hours": hours}, NIGHT)


@pytest.mark.parametrize(
    ("hours", "opens"),
    [("pagi", "06:00"), ("siang", "10:00"), ("sore", "15:00"), ("malam", "18:00")],
)
def test_named_hours_come_again_each_day(hours: str, opens: str) -> None:
    """Outside them nothing is due before they begin; inside it is due now."""
    at = picked(hours).opening(CALENDAR, NIGHT)
    assert at
    assert at > NIGHT
    assert f"{at + timedelta(hours=7):%H:%M}" == opens
    assert picked(hours).opening(CALENDAR, at) == at


def test_now_is_not_forever() -> None:
    """Who says "now" means the hour in which they wrote."""
    assert picked("sekarang").opening(CALENDAR, NIGHT) == NIGHT
    assert picked("sekarang").opening(CALENDAR, NIGHT + timedelta(minutes=61)) is None


@pytest.mark.parametrize("hours", ["", "lain"])
def test_without_hours_nobody_makes_contact(hours: str) -> None:
    """Who named none, or what the row no longer knows, is contacted by nobody unasked."""
    assert picked(hours) == NEVER
    assert NEVER.opening(CALENDAR, NIGHT) is None
