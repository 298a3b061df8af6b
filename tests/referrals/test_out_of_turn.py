"""What can be said of a ticket only after something else was."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from referrals import chores
from referrals import commands as c
from referrals.clocks import Clock, Running
from referrals.due.dues import due_at
from referrals.due.watching import plan
from referrals.ticket import ClosedBecause, Leg, LegState, TicketState
from tests.referrals.samples import NOW, WORDS, ticket_in
from tests.referrals.story import A_DAY
from tests.referrals.test_lifecycle import CITIZEN, DESK, SENT, SYSTEM, played
from tests.referrals.test_refusals import refused
from tests.referrals.test_rising import quick

A_MOMENT = timedelta(microseconds=1)


def test_nobody_asks_for_the_outcome_of_what_was_not_solved() -> None:
    """Only what was closed as solved was promised anything."""
    closed = replace(ticket_in(TicketState.CLOSED), outcome=None)
    later = NOW + 30 * A_DAY
    assert refused(closed, chores.AskOutcome(), SYSTEM, later) is None
    doubled = replace(closed, closed_because=ClosedBecause.DUPLICATE)
    assert refused(doubled, chores.AskOutcome(), SYSTEM, later) == "not_now"


def test_no_milestone_comes_before_an_agency() -> None:
    """While the desk asks before it forwards, nothing was reached that could be told."""
    asked = played(SENT[0], (c.Ask(0, words=WORDS), DESK))
    assert refused(asked, c.ReportMilestone("musdes"), DESK, NOW + A_DAY) == "not_now"


@pytest.mark.parametrize(
    ("came_back", "day"),
    [
        (LegState.RETURNED, 10),
        (LegState.EXPIRED, 10),
        (LegState.RECALLED, 10),
        (LegState.UNDELIVERABLE, 10),
        (LegState.DONE, 50),
    ],
)
def test_what_was_handed_round_is_late_sooner(came_back: LegState, day: int) -> None:
    """However a share came back, the times to verify, accept and resolve are over together."""
    legs = (Leg(number=1, agency="dinas-b", state=came_back, since=NOW),)
    ticket = replace(
        ticket_in(TicketState.TRIAGE), legs=legs, clocks=(Running(Clock.CITIZEN, NOW),)
    )
    (late,) = (step for step in plan(ticket, quick()) if isinstance(step.command, chores.Breach))
    since = replace(ticket, clocks=(Running(Clock.C4, NOW),))
    assert late.at == due_at(since, since.clocks[0], quick(), only=day)


def test_only_what_was_solved_can_have_come() -> None:
    """An answer about the outcome of a duplicate is nobody's."""
    closed = ticket_in(TicketState.CLOSED)
    assert refused(closed, c.ReceivedAfterAll(), CITIZEN) is None
    doubled = replace(closed, closed_because=ClosedBecause.DUPLICATE)
    assert refused(doubled, c.ReceivedAfterAll(), CITIZEN) == "not_now"


def test_the_day_of_a_review_begins_in_the_east() -> None:
    """At midnight of Eastern Indonesia, the earliest of our midnights, and no minute before."""
    held = ticket_in(TicketState.ON_HOLD)
    held = replace(held, legs=(replace(held.legs[0], review=NOW.date() + A_DAY),))
    midnight = NOW.replace(hour=15)
    assert refused(held, c.Resume(1), SYSTEM, midnight) is None
    assert refused(held, c.Resume(1), SYSTEM, midnight - A_MOMENT) == "too_early"


@pytest.mark.parametrize(("stars", "why"), [(0, "stars_unknown"), (1, None), (5, None)])
def test_one_star_is_a_word_too(stars: int, why: str | None) -> None:
    """From one to five, whoever is disappointed included."""
    assert refused(ticket_in(TicketState.RESOLVED), c.Confirm(stars), CITIZEN) == why


@pytest.mark.parametrize(
    "state", ["submitted", "triage", "referred", "in_progress", "on_hold", "appeal"]
)
def test_wherever_it_lies_somebody_above_hears(state: str) -> None:
    """While it is not the citizen's turn their own clock ends in a word to those above."""
    ticket = replace(ticket_in(TicketState(state)), clocks=(Running(Clock.CITIZEN, NOW),))
    planned = [type(step.command) for step in plan(ticket, quick())]
    assert chores.Breach in planned


def test_nothing_is_planned_for_what_was_struck_out() -> None:
    """Whatever clock still ran then, nobody writes about a ticket that should not have been."""
    clocks = (Running(Clock.C8, NOW), Running(Clock.C4, NOW, 1))
    assert plan(replace(ticket_in(TicketState.VOID), clocks=clocks), quick()) == ()


def test_whoever_was_answered_may_come_back_to_that_share() -> None:
    """A share that was done or refused is taken up again, and one that nobody knows is not."""
    closed = ticket_in(TicketState.CLOSED)
    for state in (LegState.DONE, LegState.NOT_DONE):
        answered = replace(closed, legs=(replace(closed.legs[0], state=state),))
        assert refused(answered, c.Reopen(share=1, words=WORDS), CITIZEN) is None
        assert refused(answered, c.Reopen(share=9, words=WORDS), CITIZEN) == "not_now"
