"""The first and the last day of what the calendar knows, and of what a month has."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from referrals.clocks import Clock, Running
from referrals.district.directory import Priority
from referrals.district.office_time import offices
from referrals.district.safe_times import Safe, safe_times
from referrals.district.working_days import UnknownYear
from referrals.due.dues import accept_days, due_at
from referrals.due.promised import first_due
from referrals.due.usul_calendar import round_of
from referrals.ticket import TicketState
from tests.referrals.samples import ticket_in
from tests.referrals.test_usul_calendar import USUL
from tests.referrals.wild import DISTRICT


def test_time_ends_with_the_last_known_day() -> None:
    """A second more than the last known year has is not counted, and no fault either."""
    hours = offices(DISTRICT.calendar)
    last = datetime.fromisoformat("2027-12-30T15:30+07:00")
    end = datetime.fromisoformat("2027-12-31T15:30+07:00")
    open_then = hours.between(last, end)
    assert hours.after(last, open_then) <= end.astimezone(UTC)
    with pytest.raises(UnknownYear, match="2028"):
        hours.after(last, open_then + 1)


def test_the_first_of_january_is_a_day_like_any_other() -> None:
    """It is left out because the calendar says so, not because the year begins later."""
    calendar = replace(DISTRICT.calendar, holidays=frozenset())
    friday = datetime.fromisoformat("2027-01-01T08:00+07:00")
    assert offices(calendar).after(friday, 1).astimezone(friday.tzinfo).day == 1


def test_a_long_month_is_followed_by_a_short_one() -> None:
    """What comes on the 31st of January is in February's round."""
    assert round_of(USUL, date(2027, 1, 31)).closes == date(2027, 2, 11)


def test_office_time_is_exact() -> None:
    """Seconds and their parts count too."""
    start = datetime.fromisoformat("2026-11-23T10:00:00+07:00")
    end = datetime.fromisoformat("2026-11-23T10:00:30.000007+07:00")
    assert offices(DISTRICT.calendar).between(start, end) == 30_000_007


@pytest.mark.parametrize("clock", Clock)
def test_lives_at_stake_read_hours_for_days(clock: Clock) -> None:
    """Of a P1 what verifies, accepts, answers, resolves and places it counts round the clock."""
    night = datetime(2026, 3, 20, 19, tzinfo=UTC)
    ticket = replace(ticket_in(TicketState.IN_PROGRESS), priority=Priority.P1)
    due = due_at(ticket, Running(clock, night), DISTRICT, only=2)
    hours = {Clock.C1, Clock.C2, Clock.C3, Clock.C4, Clock.C7, Clock.CITIZEN}
    assert (due == night + timedelta(hours=2)) is (clock in hours)


def test_a_service_may_promise_a_quicker_answer_and_no_slower_one() -> None:
    """Two working days to accept, fewer where the row says so, and those without a row too."""
    service = DISTRICT.services["RTLH"]
    days = [accept_days(replace(service, respond_days=row)) for row in (0, 1, 2, 9)]
    assert [*days, accept_days(None)] == [2, 1, 2, 2, 2]


@pytest.mark.parametrize("clock", [Clock.C1, Clock.C2, Clock.C4])
@pytest.mark.parametrize("priority", [Priority.P1, Priority.P3])
def test_what_is_promised_at_filing_is_what_the_clocks_say(
    clock: Clock, priority: Priority
) -> None:
    """The date that a citizen is told is the one that the ticket's own clock would have."""
    filed = datetime(2026, 11, 23, 3, tzinfo=UTC)
    service = replace(DISTRICT.services["RTLH"], resolve_days=7, respond_days=1)
    district = replace(DISTRICT, services={"RTLH": service})
    ticket = replace(ticket_in(TicketState.REFERRED), service="RTLH", priority=priority)
    promised = first_due(district, service, priority, filed, clock)
    assert promised == due_at(ticket, Running(clock, filed), district)
    accept = 2 if priority is Priority.P1 else 1  # hours of a P1: the row is for the others
    days = {Clock.C1: 3, Clock.C2: accept, Clock.C4: 7}[clock]
    assert promised == due_at(ticket, Running(clock, filed), district, only=days)


def test_safe_until_an_instant_is_safe_at_it() -> None:
    """The last moment that somebody named is theirs still, and the next one is not."""
    until = datetime(2026, 11, 23, 16, tzinfo=UTC)
    safe = Safe(until=until)
    assert safe.opening(DISTRICT.calendar, until) == until
    assert safe.opening(DISTRICT.calendar, until + timedelta(microseconds=1)) is None


def test_now_is_an_hour_long() -> None:
    """Who says "now" may be contacted until the row's minutes are over."""
    night = datetime(2026, 11, 23, 15, tzinfo=UTC)
    picked = {"safe_now": "aman", "safe_hours": "sekarang"}
    safe = safe_times(DISTRICT.services["PPA"], picked, night)
    assert safe == Safe(until=night + timedelta(hours=1))
