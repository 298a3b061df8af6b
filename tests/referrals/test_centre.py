"""While central government decides, nobody of ours is late: C4 stands still, and nothing else."""

from datetime import timedelta

import pytest

from referrals import commands as c
from referrals.clocks import Clock
from referrals.happened import tag
from referrals.lifecycle import evolve
from referrals.ticket import Leg, LegState, Ticket, TicketState
from tests.referrals.samples import GOOD, NOW, WORDS
from tests.referrals.story import OFFICER as VILLAGE
from tests.referrals.story import Story
from tests.referrals.test_legs import BOTH, last_event
from tests.referrals.test_lifecycle import BELUM, CITIZEN, DESK, OFFICER, SENT, SYSTEM, B, played

REVIEW = (NOW + timedelta(days=20)).date()
WORKING = (*SENT, (GOOD[c.Accept], OFFICER))
AWAY = (c.ReportMilestone("bupati", to_centre=True), OFFICER)
BACK = (c.ReportMilestone("pusat"), OFFICER)
ON_THE_LIST = (c.Hold(1, REVIEW, "pusat", to_centre=True, words=WORDS), OFFICER)
RESUMED = (c.Resume(1), OFFICER)


def stands(ticket: Ticket, leg: int = 1) -> bool:
    """Tell whether the time to resolve *leg* stands still."""
    running = ticket.clock(Clock.C4, leg)
    assert running
    return running.paused


def first(ticket: Ticket) -> Leg:
    """Return the first leg."""
    return ticket.legs[0]


def test_what_is_left_to_the_centre_makes_nobody_late() -> None:
    """From the last step of ours on C4 stands still, until the centre decided."""
    away = played(*WORKING, AWAY)
    assert (stands(away), away.milestone) == (True, "bupati")
    assert first(away).with_centre == NOW + timedelta(hours=3)
    back = played(*WORKING, AWAY, BACK)
    assert (stands(back), back.milestone) == (False, "pusat")
    assert first(back).with_centre is None


def test_the_citizens_clock_and_the_signs_of_life_run_on() -> None:
    """Weeks pass: nobody of ours is told of a delay, and the citizen hears all the same."""
    story = Story("DTSEN_USUL")
    story.wait(timedelta(hours=1))
    story.do(c.Accept(1, words=WORDS), VILLAGE)
    story.do(c.ReportMilestone("bupati", to_centre=True), VILLAGE)
    told = [name for name, _ in story.wait(timedelta(days=60))]
    assert "breached" not in told
    assert told.count("still_waiting") == 4
    assert story.ticket
    citizen = story.ticket.clock(Clock.CITIZEN)
    assert citizen
    assert not citizen.paused


def test_words_alone_bring_nothing_back() -> None:
    """News without a step, an answer to a question and another office's step leave it there."""
    assert stands(played(*WORKING, AWAY, (c.ReportMilestone(words=WORDS), OFFICER)))
    asked = (c.Ask(1, words=WORDS), OFFICER)
    assert stands(played(*WORKING, AWAY, asked, (c.AnswerAsk(words=WORDS), CITIZEN)))
    both = played(*BOTH, AWAY, (c.ReportMilestone("musdes"), B))
    assert (stands(both), stands(both, 2)) == (True, False)


def test_a_waiting_list_names_what_it_waits_for() -> None:
    """The step is ahead, not reached; of the centre C4 stands still after the review as well."""
    held = played(*WORKING, ON_THE_LIST)
    assert (first(held).stage, held.milestone) == ("pusat", "")
    resumed = played(*WORKING, ON_THE_LIST, RESUMED)
    assert (stands(resumed), resumed.state) == (True, TicketState.IN_PROGRESS)
    since = first(resumed).with_centre
    again = played(*WORKING, ON_THE_LIST, RESUMED, ON_THE_LIST)
    assert first(again).with_centre == since
    assert not stands(played(*WORKING, ON_THE_LIST, RESUMED, BACK))


@pytest.mark.parametrize(("stage", "still"), [("dinsos", False), ("", True)])
def test_another_waiting_list_is_no_longer_the_centres(stage: str, still: bool) -> None:  # noqa: FBT001 - a case of the table
    """Who waits for an office of ours does not wait for the centre; who names no step may."""
    hold = (c.Hold(1, REVIEW, stage, words=WORDS), OFFICER)
    assert stands(played(*WORKING, AWAY, hold, RESUMED)) is still


def test_a_question_and_a_list_stand_still_whatever_was_reached() -> None:
    """A step that is reached meanwhile does not set another wait's clock going."""
    asked = played(*WORKING, (c.Ask(1, words=WORDS), OFFICER), (c.ReportMilestone("x"), DESK))
    assert stands(asked)
    held = played(*WORKING, (c.Hold(1, REVIEW, words=WORDS), OFFICER), BACK)
    assert stands(held)


def test_who_goes_on_after_an_end_is_timed_anew() -> None:
    """Done, and not done after all: the agency's time runs, whatever was decided before."""
    done = (c.Resolve(1, words=WORDS), OFFICER)
    ticket = played(*WORKING, AWAY, done, BELUM)
    assert first(ticket).with_centre is None
    assert not stands(ticket)


def test_the_desk_tells_it_where_no_office_has_a_share() -> None:
    """A step told while nobody holds the ticket is noted, and stops no clock."""
    lost = (*SENT, (c.Ask(1, words=WORDS), DESK), (c.NoteUndeliverable(1), SYSTEM))
    ticket = played(*lost)
    event = last_event(ticket, AWAY[0], DESK)
    assert tag(type(event)) == "left_to_centre"
    assert evolve(ticket, event).milestone == "bupati"


def test_the_busiest_leg_is_the_one_that_is_waited_for() -> None:
    """At work before not accepted, before a waiting list; of several the newest."""
    ticket = played(*BOTH)
    assert ticket.busiest_leg == ticket.leg(2)
    held = played(*BOTH, (c.Hold(2, REVIEW, words=WORDS), B))
    assert held.busiest_leg == held.leg(1)
    third = (c.AddAgency("dinas-c", "desk"), DESK)
    assert played(*BOTH, third, (c.Hold(2, REVIEW, words=WORDS), B)).busiest_leg == held.leg(1)
    listed = ((c.Hold(1, REVIEW, words=WORDS), OFFICER), (c.Hold(2, REVIEW, words=WORDS), B))
    waits = played(*BOTH, third, *listed).busiest_leg
    assert waits
    assert waits.state is LegState.QUEUED
    assert played(*SENT, (c.Withdraw(), CITIZEN)).busiest_leg is None
