"""What is counted of thousands of random lives is what a slow reading of their logs finds."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest

from casework.figures.counting import tally
from casework.figures.kinds import NOW, Kind
from referrals.log import Entry
from referrals.states import OVER
from referrals.ticket import LegState
from storage.figures.counted import Row
from tests.casework.figures.slowly import (
    flows,
    hours_to_first_answer,
    in_time,
    silences,
    verdicts,
)
from tests.referrals.lives import OfDice
from tests.referrals.wild import DISTRICT, Life

LIVES, STEPS = 160, 40
READ_OFF = {
    Kind.FILED,
    Kind.RECEIVED,
    Kind.SOLVED,
    Kind.UNFUNDED,
    Kind.NOT_SOLVED,
    Kind.FALSE_CLOSURE,
    Kind.REOPENED,
}


@pytest.fixture(scope="module")
def lives() -> Sequence[Life]:
    """Give many lives, each by dice of its own."""
    return [life(seed) for seed in range(LIVES)]


def life(seed: int) -> Life:
    """Return one life, whose promises `tests.referrals` looks after."""
    one = Life(OfDice(seed))
    one.file()
    for _ in range(STEPS):
        one.step()
    return one


def rows_of(entries: Sequence[Entry]) -> tuple[Row, ...]:
    """Return what is counted of a log."""
    return tally("1", entries, DISTRICT).rows


def test_what_single_events_tell_is_counted_once_each(lives: Sequence[Life]) -> None:
    """Filed, received, solved, refused for want of means, and come back: day by day."""
    seen: Counter[str] = Counter()
    for life in lives:
        counted = Counter(
            (row.kind, date.fromordinal(row.day))
            for row in rows_of(life.entries)
            if row.kind in READ_OFF
        )
        assert counted == flows(life.entries, DISTRICT)
        seen.update(kind for kind, _ in counted)
    assert set(seen) == {kind.value for kind in READ_OFF}


def test_the_first_answer_comes_when_something_was_said(lives: Sequence[Life]) -> None:
    """Whole hours from filing; once a ticket, however often it comes back."""
    found = 0
    for life in lives:
        rows = rows_of(life.entries)
        answers = [row.value for row in rows if row.kind == Kind.FIRST_ANSWER]
        slow = hours_to_first_answer(life.entries) if rows else None
        assert answers == ([] if slow is None else [slow])
        found += len(answers)
    assert found > LIVES / 4


def test_an_answer_is_in_time_when_the_promised_days_had_not_passed(lives: Sequence[Life]) -> None:
    """On the citizen's clock, by office hours that are counted in quarters."""
    both = Counter[bool]()
    for life in lives:
        rows = rows_of(life.entries)
        answers = [bool(row.value) for row in rows if row.kind == Kind.ANSWERED]
        slow = in_time(life.entries, DISTRICT) if answers else None
        if slow is not None:
            assert answers == [slow]
            both[slow] += 1
    assert min(both[True], both[False]) > 10


def test_silences_are_found_between_any_two_words(lives: Sequence[Life]) -> None:
    """Two weeks and more in which a ticket was the offices' and none of them said anything."""
    found = 0
    for life in lives:
        rows = rows_of(life.entries)
        slow = silences(life.entries, DISTRICT) if rows else []
        assert [row.value for row in rows if row.kind == Kind.SILENCE] == slow
        found += len(slow)
    assert found > 10


def test_each_office_is_told_what_citizens_said_of_its_share(lives: Sequence[Life]) -> None:
    """Confirmed, or not objected to, for every share that was done."""
    for life in lives:
        rows = rows_of(life.entries)
        said = {Kind.CONFIRMED, Kind.AUTO_CONFIRMED}
        counted = Counter((row.kind, row.agency) for row in rows if row.kind in said)
        assert counted == (verdicts(life.entries) if rows else Counter())


def test_what_stands_open_is_counted_as_the_ticket_stands(lives: Sequence[Life]) -> None:
    """An open ticket is open once and held by each office with a share; a closed one by nobody."""
    for life in lives:
        rows = Counter(row.kind for row in rows_of(life.entries) if row.kind in NOW)
        ticket = life.ticket
        if ticket.state in OVER or not rows_of(life.entries):
            assert not rows
            continue
        waits = [leg for leg in ticket.open_legs if leg.state is LegState.WAITLISTED]
        assert rows[Kind.OPEN] == 1
        assert rows[Kind.HELD] == len(ticket.open_legs)
        assert rows[Kind.AT_CENTRE] == sum(leg.with_centre is not None for leg in ticket.open_legs)
        assert rows[Kind.WAITLISTED] == sum(leg.with_centre is None for leg in waits)


def test_no_row_of_a_vault_ticket_knows_a_place(lives: Sequence[Life]) -> None:
    """Nor does any other know more than its kecamatan."""
    areas = {
        (life.ticket.sensitivity.value, tally("1", life.entries, DISTRICT).area) for life in lives
    }
    assert {area for kind, area in areas if kind == "vault"} == {""}
    assert {area for kind, area in areas if kind == "ordinary"} <= {"99.01.01", ""}
