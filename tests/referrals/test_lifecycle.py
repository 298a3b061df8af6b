"""Stories of tickets, told command by command."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from referrals import commands as c
from referrals.choosing import Refusal
from referrals.events import Withdrawn
from referrals.leg_events import Referred
from referrals.lifecycle import decide, evolve
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, ClosedBecause, LegState, Ticket, TicketState
from tests.referrals.samples import GOOD, NOW, WORDS, actor

CITIZEN = actor(Role.CITIZEN)
DESK = actor(Role.VERIFIER)
SYSTEM = actor(Role.SYSTEM)
OFFICER = actor(Role.AGENCY)
B = Actor(Role.AGENCY, "dinas-b")
SENT = ((GOOD[c.Submit], CITIZEN), (GOOD[c.Route], SYSTEM))
RESOLVED = (*SENT, (GOOD[c.Accept], OFFICER), (c.Resolve(1, words=WORDS), OFFICER))
DECLINED = (*SENT, (GOOD[c.Accept], OFFICER), (GOOD[c.Decline], OFFICER))
BELUM = (c.NotYet(words=WORDS), CITIZEN)


def played(*steps: tuple[c.Command, Actor]) -> Ticket:
    """Return the ticket after *steps*, an hour apart, none of which may be refused."""
    ticket: Ticket | None = None
    for hour, (command, who) in enumerate(steps):
        events = decide(ticket, command, who, NOW + timedelta(hours=hour))
        assert not isinstance(events, Refusal), (command, events)
        for event in events:
            ticket = evolve(ticket, event)
    assert ticket is not None
    return ticket


def test_the_good_story() -> None:
    """Filed, forwarded, accepted, resolved, confirmed: closed as the citizen says."""
    ticket = played(*RESOLVED, (c.Confirm(5), CITIZEN))
    assert ticket.state is TicketState.CLOSED
    assert ticket.closed_because is ClosedBecause.CONFIRMED
    assert ticket.stars == 5
    assert ticket.legs[0].expected == date(2026, 12, 1)
    assert ticket.legs[0].state is LegState.DONE
    assert ticket.legs[0].rule == "RTLH/pemdes@99.01"
    assert ticket.opened_at == NOW


def test_stars_come_later_too() -> None:
    """SUDAH first, the stars in the next message."""
    ticket = played(*RESOLVED, (c.Confirm(), CITIZEN), (c.Rate(3), CITIZEN))
    assert ticket.stars == 3
    assert ticket.since == NOW + timedelta(hours=4)
    assert ticket.closed_because is ClosedBecause.CONFIRMED


def test_a_question_and_its_answer() -> None:
    """A question pauses the ticket, the answer takes it back to where it was."""
    ask, answer = (c.Ask(1, words=WORDS), OFFICER), (c.AnswerAsk(words=WORDS), CITIZEN)
    assert played(*SENT, ask).state is TicketState.NEEDS_INFO
    ticket = played(*SENT, ask, answer)
    assert ticket.state is TicketState.REFERRED
    assert ticket.before is None
    assert ticket.legs[0].asked == 1
    working = played(*SENT, ask, answer, (GOOD[c.Accept], OFFICER), ask, answer)
    assert working.state is TicketState.IN_PROGRESS
    assert working.legs[0].asked == 2


def test_the_desk_asks_before_any_agency_has_it() -> None:
    """The desk's own questions count for themselves."""
    steps = (SENT[0], (c.Ask(0, words=WORDS), DESK), (c.AnswerAsk(words=WORDS), CITIZEN))
    ticket = played(*steps)
    assert ticket.state is TicketState.SUBMITTED
    assert ticket.asked == 1
    assert ticket.handled == ("verifier-1",)


def test_not_ours() -> None:
    """A returned ticket goes to the next agency, and the citizen's clock runs on."""
    returned = played(*SENT, (c.Return(1, "dinas-b", words=WORDS), OFFICER))
    assert returned.state is TicketState.TRIAGE
    assert returned.returns == 1
    assert returned.open_leg is None
    again = played(
        *SENT,
        (c.Return(1, words=WORDS), OFFICER),
        (c.ReferAgain("dinas-b", "desk"), DESK),
        (c.Accept(2), B),
    )
    assert [leg.state for leg in again.legs] == [LegState.RETURNED, LegState.WORKING]
    assert again.legs[1].agency == "dinas-b"
    assert again.opened_at == NOW


def test_a_new_leg_is_called_by_its_number() -> None:
    """The event of a referral names the leg that it makes."""
    ticket = played(*SENT, (c.Return(1, words=WORDS), OFFICER))
    events = decide(ticket, c.ReferAgain("dinas-b", "desk"), DESK, NOW)
    assert not isinstance(events, Refusal)
    assert isinstance(events[0], Referred)
    assert evolve(ticket, events[0]).legs[-1].number == events[0].leg == 2


def test_belum_goes_back_to_the_same_agency() -> None:
    """The first BELUM takes the same leg up again."""
    ticket = played(*RESOLVED, BELUM)
    assert ticket.state is TicketState.IN_PROGRESS
    assert ticket.reopens == 1
    assert [leg.state for leg in ticket.legs] == [LegState.WORKING]


def test_a_second_belum_is_an_appeal() -> None:
    """Who says BELUM twice is heard by somebody else."""
    ticket = played(*RESOLVED, BELUM, (c.Resolve(1, words=WORDS), OFFICER), BELUM)
    assert ticket.state is TicketState.APPEAL
    assert ticket.reopens == 2


def test_banding_overturned() -> None:
    """An appeal that is right takes the case back to the agency, one level up."""
    ticket = played(
        *DECLINED,
        (c.Appeal(words=WORDS), CITIZEN),
        (GOOD[c.Overturn], Actor(Role.APPEAL_OFFICER, "p")),
    )
    assert ticket.state is TicketState.IN_PROGRESS
    assert ticket.level == 1
    assert ticket.legs[0].state is LegState.WORKING
    assert ticket.handled == ("p",)


def test_the_desks_own_refusal_overturned() -> None:
    """Where no agency ever had the case, the desk must find one."""
    ticket = played(
        SENT[0],
        (c.Decline(0, "other", words=WORDS), DESK),
        (c.Appeal(words=WORDS), CITIZEN),
        (c.Overturn(words=WORDS), actor(Role.APPEAL_OFFICER)),
    )
    assert ticket.state is TicketState.TRIAGE
    assert ticket.level == 1


def test_a_refusal_accepted() -> None:
    """The citizen can let a refusal stand."""
    ticket = played(*DECLINED, (c.AcceptDecline(), CITIZEN))
    assert ticket.closed_because is ClosedBecause.DECLINED_ACCEPTED


def test_withdrawing_recalls_the_leg() -> None:
    """When a citizen takes a ticket back, its agency can stop."""
    ticket = played(*SENT, (c.Withdraw(), CITIZEN))
    assert ticket.closed_because is ClosedBecause.WITHDRAWN
    assert ticket.legs[0].state is LegState.RECALLED


def test_reopening_finds_the_agency_that_answered() -> None:
    """A new fact goes to who had answered, or to the desk when nobody had."""
    reopen = (c.Reopen(words=WORDS), CITIZEN)
    solved = played(*RESOLVED, (c.Confirm(), CITIZEN), reopen)
    assert solved.state is TicketState.IN_PROGRESS
    assert solved.closed_because is None
    withdrawn = played(*SENT, (c.Withdraw(), CITIZEN), reopen)
    assert withdrawn.state is TicketState.SUBMITTED
    assert withdrawn.open_leg is None
    routed = played(*SENT, (c.Withdraw(), CITIZEN), reopen, (GOOD[c.Route], SYSTEM))
    assert [leg.state for leg in routed.legs] == [LegState.RECALLED, LegState.QUEUED]


def test_a_false_closure() -> None:
    """Weeks after SUDAH nothing came: the agency has it again, its head is told."""
    closed = played(*RESOLVED, (c.Confirm(), CITIZEN))
    later = NOW + timedelta(days=29)
    nothing, asked = c.ReportNotReceived(), decide(closed, c.AskOutcome(), SYSTEM, later)
    assert decide(closed, nothing, CITIZEN, later) == Refusal("not_now", 32)
    assert not isinstance(asked, Refusal)
    events = decide(evolve(closed, asked[0]), nothing, CITIZEN, later)
    assert not isinstance(events, Refusal)
    ticket = evolve(evolve(closed, asked[0]), events[0])
    assert ticket.state is TicketState.IN_PROGRESS
    assert (ticket.level, ticket.reopens) == (1, 1)


def test_an_agency_that_never_accepts() -> None:
    """The first breach tells the agency's head, the second takes the leg away."""
    late = (c.ReportOverdue(1, NOW), SYSTEM)
    once = played(*SENT, late)
    assert (once.state, once.level, once.legs[0].overdue) == (TicketState.REFERRED, 1, 1)
    twice = played(*SENT, late, late)
    assert twice.state is TicketState.TRIAGE
    assert twice.legs[0].state is LegState.EXPIRED


def test_a_vault_that_never_accepts() -> None:
    """A vault ticket is not taken away to a desk that may not read it: only its level rises."""
    submit = replace(GOOD[c.Submit], sensitivity=Sensitivity.VAULT)
    late = (c.ReportOverdue(1, NOW), SYSTEM)
    route = (replace(GOOD[c.Route], vault=True), SYSTEM)
    ticket = played((submit, CITIZEN), route, late, late, late)
    assert ticket.state is TicketState.REFERRED
    assert ticket.legs[0].state is LegState.QUEUED
    assert ticket.legs[0].overdue == 3


def test_going_up() -> None:
    """A village hands a case up: its leg is called back and a new one starts."""
    ticket = played(*SENT, (GOOD[c.Accept], OFFICER), (GOOD[c.Escalate], OFFICER))
    assert [leg.state for leg in ticket.legs] == [LegState.RECALLED, LegState.QUEUED]
    assert [leg.local for leg in ticket.legs] == [True, False]


def test_consent_starts_the_clock() -> None:
    """For somebody else's ticket the clock starts when that person agrees."""
    ticket = played(
        (GOOD[c.SubmitForAnother], actor(Role.FACILITATOR)), (GOOD[c.GiveConsent], CITIZEN)
    )
    assert ticket.state is TicketState.SUBMITTED
    assert ticket.opened_at == NOW + timedelta(hours=1)


def test_a_log_without_a_beginning_is_a_bug() -> None:
    """Nothing can happen to a ticket that was never filed."""
    with pytest.raises(ValueError, match="begins"):
        evolve(None, Withdrawn(at=NOW))


def test_officers_are_remembered_once() -> None:
    """Who decided twice is still one person; citizens and agencies are not noted."""
    steps = (
        SENT[0],
        (c.Ask(0, words=WORDS), DESK),
        (c.AnswerAsk(words=WORDS), CITIZEN),
        (GOOD[c.Route], DESK),
        (GOOD[c.Accept], OFFICER),
    )
    assert played(*steps).handled == ("verifier-1",)
