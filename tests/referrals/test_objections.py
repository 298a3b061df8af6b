"""BELUM and BANDING where several agencies answered: each is about one share, and goes there."""

from msgspec.structs import replace

from referrals import commands as c
from referrals.events import StillNotSolved
from referrals.lifecycle import evolve
from referrals.roles import Role
from referrals.ticket import Aftercare, TicketState
from tests.referrals.samples import WORDS, actor
from tests.referrals.test_legs import (
    BOTH,
    DONE_1,
    DONE_2,
    NO_1,
    NO_2,
    last_event,
    refusal,
    states,
)
from tests.referrals.test_lifecycle import BELUM, CITIZEN, OFFICER, B, played

JUDGE = actor(Role.APPEAL_OFFICER)
BANDING, OVERTURN = (c.Appeal(words=WORDS), CITIZEN), (c.Overturn(words=WORDS), JUDGE)
IN_PART = (*BOTH, DONE_1, NO_2)


def not_yet(share: int) -> c.NotYet:
    """Return BELUM about one share."""
    return c.NotYet(share=share, words=WORDS)


def appeal(share: int) -> c.Appeal:
    """Return BANDING about one share."""
    return c.Appeal(share=share, words=WORDS)


def test_a_refused_share_is_appealed_though_another_was_done() -> None:
    """Whoever refused first or last: the appeal is about that agency, and so is what follows."""
    for steps in (IN_PART, (*BOTH, NO_2, DONE_1)):
        ticket = played(*steps, BANDING)
        assert (ticket.state, ticket.contested) == (TicketState.APPEAL, 2)
        again = played(*steps, BANDING, OVERTURN)
        assert again.state is TicketState.IN_PROGRESS
        assert states(again) == ["done", "working"]
        done = played(*steps, BANDING, OVERTURN, (c.Resolve(2, words=WORDS), B))
        assert states(done) == ["done", "done"]
        assert refusal(done, appeal(0), CITIZEN) == "not_now"


def test_where_all_was_done_there_is_nothing_to_appeal() -> None:
    """BELUM is the word for it."""
    assert refusal(played(*BOTH, DONE_1, DONE_2), appeal(0), CITIZEN) == "not_now"


def test_belum_goes_to_the_agency_that_is_meant() -> None:
    """Named it is the one that goes on; unnamed the one that was done last."""
    ticket = played(*BOTH, DONE_1, DONE_2)
    first = evolve(ticket, last_event(ticket, not_yet(1), CITIZEN))
    assert states(first) == ["working", "done"]
    last = evolve(ticket, last_event(ticket, not_yet(0), CITIZEN))
    assert states(last) == ["done", "working"]


def test_only_what_an_agency_answered_can_be_meant() -> None:
    """BELUM is about what was done, BANDING about what was refused, and nothing else."""
    ticket = played(*IN_PART)
    assert refusal(ticket, not_yet(2), CITIZEN) == "not_now"
    assert refusal(ticket, not_yet(1), CITIZEN) is None
    assert refusal(ticket, appeal(1), CITIZEN) == "not_now"
    assert refusal(ticket, appeal(3), CITIZEN) == "not_now"
    assert refusal(ticket, appeal(2), CITIZEN) is None


def test_of_two_refusals_each_can_be_appealed() -> None:
    """Where nobody did anything, the one that is named; else the last one."""
    ticket = played(*BOTH, NO_1, NO_2)
    assert ticket.state is TicketState.DECLINED
    assert [leg.number for leg in ticket.refused] == [1, 2]
    first = evolve(ticket, last_event(ticket, appeal(1), CITIZEN))
    assert states(evolve(first, last_event(first, *OVERTURN))) == ["working", "not_done"]
    assert evolve(ticket, last_event(ticket, appeal(0), CITIZEN)).contested == 2


def test_after_its_end_too_the_agency_that_is_meant_goes_on() -> None:
    """Opened again with a new fact, or weeks later as not received: whoever is named."""
    closed = played(*IN_PART, (c.Confirm(), CITIZEN))
    fact, nothing = c.Reopen(share=2, words=WORDS), c.ReportNotReceived(share=1)
    assert states(evolve(closed, last_event(closed, fact, CITIZEN))) == ["done", "working"]
    asked = replace(closed, outcome=Aftercare.ASKED)
    assert states(evolve(asked, last_event(asked, nothing, CITIZEN))) == ["working", "not_done"]
    assert refusal(asked, replace(nothing, share=2), CITIZEN) == "not_now"
    assert refusal(closed, replace(fact, share=3), CITIZEN) == "not_now"


def test_a_second_belum_is_judged_about_its_agency() -> None:
    """The appeal overturned, the agency that was meant goes on."""
    again = (*BOTH, DONE_1, DONE_2, BELUM, DONE_2, (not_yet(1), CITIZEN))
    ticket = played(*again)
    assert (ticket.state, ticket.contested) == (TicketState.APPEAL, 1)
    after = played(*again, OVERTURN)
    assert states(after) == ["working", "done"]
    assert after.leg(1) is not None
    assert after.open_leg == after.leg(1)


def test_an_appeal_of_an_older_log_is_about_whoever_answered() -> None:
    """Logs of a time when nobody was asked which: the last that was done goes on."""
    ticket = played(*BOTH, DONE_1, DONE_2, BELUM, DONE_2)
    judged = evolve(ticket, StillNotSolved(at=ticket.since))
    assert judged.contested == 0
    assert states(evolve(judged, last_event(judged, *OVERTURN))) == ["done", "working"]


def test_what_was_refused_before_a_fresh_look_counts_no_more() -> None:
    """Reopened as if new, an answer of before can neither be appealed nor called undone."""
    closed = played(*BOTH, NO_1, NO_2, (c.AcceptDecline(), CITIZEN))
    assert closed.refused == closed.legs
    assert refusal(closed, appeal(0), CITIZEN) == "not_now"
    assert (OFFICER.id, B.id) == tuple(leg.agency for leg in closed.legs)
