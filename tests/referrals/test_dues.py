"""When clocks are due: in office time, pauses left out, by the calendar of today."""

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from referrals.clocks import Clock, Pause, Running
from referrals.district.directory import District, Priority
from referrals.district.office_time import offices
from referrals.district.working_days import UnknownYear
from referrals.due.dues import Due, dues, resolve_days
from referrals.ticket import Ticket, TicketState
from tests.referrals.samples import ticket_in
from tests.referrals.wild import DISTRICT

MONDAY = datetime(2026, 11, 23, 3, tzinfo=UTC)  # ten in the morning by WIB
A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)


def with_clock(one: Running, **known: object) -> Ticket:
    """Return a ticket with this one clock."""
    return replace(ticket_in(TicketState.IN_PROGRESS), clocks=(one,), **known)


def due(one: Running, district: District = DISTRICT, **known: object) -> Due:
    """Return when this clock is due."""
    return dues(with_clock(one, **known), district)[0]


@pytest.mark.parametrize(
    ("clock", "at"),
    [
        (Clock.C1, MONDAY + 3 * A_DAY),
        (Clock.C2, MONDAY + 2 * A_DAY),
        (Clock.C3, MONDAY + 7 * A_DAY),
        (Clock.C5, MONDAY + 10 * A_DAY),
        (Clock.C6, MONDAY + 14 * A_DAY),
        (Clock.C7, MONDAY + A_DAY),
        (Clock.C8, MONDAY + 14 * A_DAY),
        (Clock.C9, MONDAY + 28 * A_DAY),
        (Clock.C10, MONDAY + 18 * A_DAY),
    ],
)
def test_the_defaults(clock: Clock, at: datetime) -> None:
    """Each clock has the time that the lifecycle gives it."""
    assert due(Running(clock, MONDAY)) == Due(clock, 0, at)


def test_the_citizens_own_clock_is_never_due() -> None:
    """How long a citizen has waited is counted, and ends when the ticket does."""
    assert dues(with_clock(Running(Clock.CITIZEN, MONDAY)), DISTRICT) == ()


def test_a_service_has_its_own_target() -> None:
    """C4 is the service's; half of it after BELUM; at risk when a quarter is left."""
    service = replace(DISTRICT.services["RTLH"], resolve_days=4)
    district = replace(DISTRICT, services={"RTLH": service})
    assert due(Running(Clock.C4, MONDAY, 1), district) == Due(
        Clock.C4, 1, MONDAY + 4 * A_DAY, at_risk=MONDAY + 3 * A_DAY
    )
    half = due(Running(Clock.C4, MONDAY, 1, half=True), district)
    assert half.at == MONDAY + 2 * A_DAY


@pytest.mark.parametrize(
    ("kind", "confidential", "days"),
    [
        ("information", False, 5),
        ("need", False, 14),
        ("complaint", False, 14),
        ("complaint", True, 60),
        ("need", True, 14),
    ],
)
def test_a_service_without_a_target_has_its_classs(
    kind: str,
    confidential: bool,  # noqa: FBT001 - a row of the table
    days: int,
) -> None:
    """Five days for information, fourteen for complaints, sixty for those about an office."""
    service = replace(
        DISTRICT.services["RTLH"], resolve_days=0, kind=kind, confidential=confidential
    )
    assert resolve_days(service) == days


def test_a_service_that_is_gone_is_no_fault() -> None:
    """A ticket whose service left the rows still has its date."""
    assert resolve_days(None) == 14
    assert due(Running(Clock.C4, MONDAY, 1), replace(DISTRICT, services={})).at


def test_pauses_are_left_out() -> None:
    """What passed before a question counts, what passed until the answer does not."""
    asked, answered = MONDAY + AN_HOUR, MONDAY + 7 * A_DAY
    one = Running(Clock.C2, MONDAY, 1, (Pause(asked, answered),))
    assert due(one).at == answered + 2 * A_DAY - AN_HOUR


def test_a_clock_that_stands_still_says_so() -> None:
    """While it is paused its date is the one it would have had, going on at once."""
    one = Running(Clock.C2, MONDAY, 1, (Pause(MONDAY + AN_HOUR),))
    assert due(one) == Due(Clock.C2, 1, MONDAY + 2 * A_DAY, paused=True)


def test_what_was_over_before_the_pause_stays_over() -> None:
    """A pause after the date does not move the date."""
    pause = Pause(MONDAY + 5 * A_DAY, MONDAY + 9 * A_DAY)
    assert due(Running(Clock.C2, MONDAY, 1, (pause,))).at == MONDAY + 2 * A_DAY


def test_a_change_of_the_calendar_moves_every_date() -> None:
    """A holiday announced today is left out of all that is still running."""
    tomorrow = (MONDAY + A_DAY).date()
    calendar = replace(DISTRICT.calendar, holidays=DISTRICT.calendar.holidays | {tomorrow})
    moved = due(Running(Clock.C2, MONDAY, 1), replace(DISTRICT, calendar=calendar))
    assert moved.at == MONDAY + 3 * A_DAY


def test_a_year_that_nobody_knows_gives_no_date() -> None:
    """The end of the known years is never guessed beyond, nor is a year left out on the way."""
    late = datetime(2027, 12, 27, 3, tzinfo=UTC)
    assert due(Running(Clock.C10, late)) == Due(Clock.C10, 0, None)
    assert due(Running(Clock.C8, late)).at == late + 14 * A_DAY
    gap = replace(DISTRICT.calendar, years=frozenset({2026, 2028}))
    district = replace(DISTRICT, calendar=gap)
    assert due(Running(Clock.C10, MONDAY + 30 * A_DAY), district).at is None
    paused = Running(Clock.C10, MONDAY, 0, (Pause(MONDAY, MONDAY + 60 * A_DAY),))
    assert due(paused, district).at is None


def test_urgent_tickets_read_hours_for_days() -> None:
    """P1: at two in the night three hours are three hours; appeals keep their working days."""
    night = datetime(2026, 11, 22, 19, tzinfo=UTC)
    assert due(Running(Clock.C1, night), priority=Priority.P1).at == night + 3 * AN_HOUR
    appeal = due(Running(Clock.C10, MONDAY), priority=Priority.P1)
    assert appeal.at == MONDAY + 18 * A_DAY


@pytest.mark.parametrize(
    ("since", "at"),
    [
        ("2026-11-27T14:00", "2026-11-30T14:00"),  # a Friday at two: on Monday at two
        ("2026-11-28T10:00", "2026-11-30T15:30"),  # a Saturday: when the offices close on Monday
        ("2026-11-27T19:00", "2026-11-30T15:30"),  # a Friday evening: the same
        ("2026-11-30T06:00", "2026-11-30T15:30"),  # before they open: that day's end
        ("2026-11-27T08:00", "2026-11-27T15:30"),
        ("2026-12-23T15:30", "2026-12-28T15:30"),  # Christmas and its leave
    ],
)
def test_one_working_day_is_a_day_of_office_hours(since: str, at: str) -> None:
    """Nights, weekends and holidays are nobody's working time."""
    start, end = (datetime.fromisoformat(f"{t}+07:00") for t in (since, at))
    assert due(Running(Clock.C7, start)).at == end


def test_office_time_between_two_instants() -> None:
    """From a Friday at two to the Monday at ten three hours and a half were office time."""
    hours = offices(DISTRICT.calendar)
    start = datetime.fromisoformat("2026-11-27T14:00+07:00")
    end = datetime.fromisoformat("2026-11-30T10:00+07:00")
    assert hours.between(start, end) == 3.5 * 3600 * 10**6
    with pytest.raises(UnknownYear, match="2028"):
        hours.between(start, datetime(2028, 1, 3, tzinfo=UTC))
    with pytest.raises(UnknownYear, match="2028"):
        hours.after(datetime(2027, 12, 30, tzinfo=UTC), 9 * hours.a_day)


def test_a_calendar_without_years_counts_nothing() -> None:
    """Where no year is known, no date is."""
    empty = replace(DISTRICT.calendar, years=frozenset(), holidays=frozenset({date(2026, 1, 1)}))
    with pytest.raises(UnknownYear, match="2026"):
        offices(empty).after(MONDAY, 1)
    assert offices(empty).after(MONDAY, 0) == MONDAY
