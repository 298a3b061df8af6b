"""Shares that came back: each looks for an agency of its own until the desk has found it one."""

from datetime import timedelta

from msgspec.structs import replace

from referrals import commands as c
from referrals.clocks import Clock
from referrals.leg_events import Resolved
from referrals.lifecycle import evolve
from referrals.noted import Breached
from referrals.roles import Role
from referrals.ticket import LegState, TicketState
from tests.referrals.samples import NOW, WORDS, actor
from tests.referrals.test_legs import BACK_2, BOTH, DONE_1, NO_2, THIRD, TWO, refusal
from tests.referrals.test_lifecycle import DESK, OFFICER, played

HEAD = actor(Role.SUPERVISOR)  # who decides after two returns
BACK_1 = (c.Return(1, words=WORDS), OFFICER)


def test_each_share_that_comes_back_looks_for_an_agency_of_its_own() -> None:
    """Finding one for the first share, or for the one that is named, hides no other."""
    both = played(*BOTH, BACK_2, BACK_1)
    assert both.unplaced == (2, 1)
    first = played(*BOTH, BACK_2, BACK_1, (c.ReferAgain("dinas-c", "desk"), HEAD))
    assert (first.state, first.unplaced) == (TicketState.REFERRED, (1,))
    named = played(*BOTH, BACK_2, BACK_1, (c.ReferAgain("dinas-c", "desk", share=1), HEAD))
    assert named.unplaced == (2,)
    assert named.clocks != first.clocks
    since = {one.leg: one.since for one in both.clocks if one.clock is Clock.C7}
    assert since[1] - since[2] == timedelta(hours=1)


def test_a_share_finds_an_agency_once() -> None:
    """Who names a share that looks for nobody, or no more, hears that it is placed."""
    both = played(*BOTH, BACK_2, BACK_1, (c.ReferAgain("dinas-c", "desk"), HEAD))
    assert refusal(both, c.AddAgency("dinas-d", "desk", share=2), DESK) == "already"
    assert refusal(both, c.AddAgency("dinas-d", "desk", share=1), DESK) is None


def test_an_agency_adds_another_for_something_new() -> None:
    """What came back is the desk's to place: no agency takes it by adding another."""
    steps = (*BOTH, BACK_2, (c.AddAgency("dinas-c", "by_hand"), OFFICER))
    assert played(*steps).unplaced == (2,)


def test_no_share_is_hidden_when_the_first_is_done() -> None:
    """One share placed again and done, the ticket still looks for somebody for the other."""
    third = ((c.Accept(3), THIRD), (c.Resolve(3, words=WORDS), THIRD))
    again = (c.ReferAgain("dinas-c", "desk"), HEAD)
    ticket = played(*BOTH, BACK_2, BACK_1, again, *third)
    assert (ticket.state, ticket.unplaced) == (TicketState.TRIAGE, (1,))
    assert ticket.awaited is None


def test_a_breach_of_what_came_back_is_the_desks() -> None:
    """C7 of a leg is no fault of its agency; a log that names no leg means the newest share."""
    ticket = played(*BOTH, BACK_2, BACK_1)
    late = Breached(at=NOW, clock=Clock.C7, leg=1, level=1, due=NOW)
    assert late.late(ticket) is None
    assert replace(late, clock=Clock.C4).late(ticket) == ticket.legs[0]
    for leg in (0, 1):
        after = evolve(ticket, replace(late, leg=leg))
        assert [one.breached for one in after.clocks if one.clock is Clock.C7] == [0, 1]
    placed = evolve(played(*TWO), replace(late, leg=0))
    assert not any(one.breached for one in placed.clocks)


def test_what_an_older_version_hid_is_settled_by_the_answer() -> None:
    """A log in which all was done while a share still looked leads to no breach of its clock."""
    looking = played(*BOTH, BACK_2)
    done = Resolved(at=NOW + timedelta(days=1), leg=1)
    assert evolve(looking, done).unplaced == ()


def test_of_two_ends_at_one_instant_the_one_that_was_done_counts() -> None:
    """Done, refused and taken back at the same time: who did their share goes on."""
    ticket = played(*BOTH, DONE_1, NO_2)
    for one, other in ((LegState.DONE, LegState.NOT_DONE), (LegState.DONE, LegState.RECALLED)):
        for order in ((one, other), (other, one)):
            legs = tuple(
                replace(leg, state=state, since=NOW)
                for leg, state in zip(ticket.legs, order, strict=True)
            )
            answered = replace(ticket, legs=legs).answered_leg
            assert answered
            assert answered.state is LegState.DONE
