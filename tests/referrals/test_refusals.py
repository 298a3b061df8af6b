"""What is refused and what is not, at the edges of what rows ask for besides state and role."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from referrals import commands as c
from referrals.choosing import Refusal
from referrals.lifecycle import decide
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, ClosedBecause, Ticket, TicketState
from tests.referrals.samples import CODE, EARLIER, GOOD, NOW, WORDS, actor, silent, ticket_in

A_DAY = timedelta(days=1)
OFFICER = actor(Role.AGENCY)


def refused(ticket: Ticket, command: c.Command, who: Actor, now: datetime = NOW) -> str | None:
    """Return why *command* is refused, or None."""
    outcome = decide(ticket, command, who, now)
    return outcome.reason if isinstance(outcome, Refusal) else None


def test_another_agency_keeps_its_hands_off() -> None:
    """An agency cannot touch a leg that is not its own, nor one that does not exist."""
    ticket = ticket_in(TicketState.REFERRED)
    assert refused(ticket, c.Accept(1), Actor(Role.AGENCY, "dinas-b")) == "not_yours"
    assert refused(ticket, c.Accept(2), OFFICER) == "not_yours"


@pytest.mark.parametrize(
    ("state", "command", "role"),
    [
        (TicketState.IN_PROGRESS, c.Confirm(), Role.CITIZEN),
        (TicketState.IN_PROGRESS, c.NotYet(words=WORDS), Role.CITIZEN),
        (TicketState.IN_PROGRESS, c.AnswerAsk(words=WORDS), Role.CITIZEN),
        (TicketState.CLOSED, c.Withdraw(), Role.CITIZEN),
        (TicketState.CLOSED, c.AcceptDecline(), Role.CITIZEN),
        (TicketState.CLOSED, c.HandOver("LAPOR", "1"), Role.SUPERVISOR),
        (TicketState.REFERRED, c.Resolve(1, words=WORDS), Role.AGENCY),
        (TicketState.RESOLVED, c.Accept(1), Role.AGENCY),
        (TicketState.VOID, c.Reopen(words=WORDS), Role.CITIZEN),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, c.Wish) else str(value),
)
def test_the_wrong_moment_is_no_second_click(
    state: TicketState, command: c.Command, role: Role
) -> None:
    """What was never done is not done already: it cannot be done now."""
    assert refused(ticket_in(state), command, actor(role)) == "not_now"


@pytest.mark.parametrize(
    ("state", "command"),
    [
        (TicketState.CLOSED, c.Confirm()),
        (TicketState.IN_PROGRESS, GOOD[c.Submit]),
    ],
)
def test_done_long_ago_is_done_already(state: TicketState, command: c.Command) -> None:
    """SUDAH again after the stars, or a submission delivered again, changes nothing."""
    ticket = replace(ticket_in(state), last="rated")
    assert refused(ticket, command, actor(Role.CITIZEN)) == "already"


def test_an_ended_leg_stays_ended() -> None:
    """An agency that returned its leg cannot accept it after the next one got the ticket."""
    ticket = ticket_in(TicketState.TRIAGE)
    again = replace(
        ticket,
        state=TicketState.REFERRED,
        legs=(*ticket.legs, replace(ticket_in(TicketState.REFERRED).legs[0], number=2)),
    )
    assert refused(again, c.Accept(1), OFFICER) == "not_now"
    assert refused(again, c.Return(1, words=WORDS), OFFICER) == "already"
    assert refused(again, c.Accept(2), OFFICER) is None


def test_the_desk_asks_about_a_leg_that_is_there() -> None:
    """With an agency at work the desk asks about its leg, not about its own share."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    desk = actor(Role.VERIFIER)
    assert refused(ticket, c.Ask(0, words=WORDS), desk) == "not_now"
    assert refused(ticket, c.Ask(1, words=WORDS), desk) is None


def test_a_leg_that_is_not_there_is_not_taken_back() -> None:
    """While the desk asks before any agency had it, there is no leg to recall or to ask about."""
    asked = replace(ticket_in(TicketState.NEEDS_INFO), legs=(), before=TicketState.SUBMITTED)
    desk = actor(Role.VERIFIER)
    for leg in (0, 4):
        assert refused(asked, c.Recall(leg, words=WORDS), desk) == "not_now"
    new = ticket_in(TicketState.SUBMITTED)
    assert refused(new, c.Ask(4, words=WORDS), desk) == "not_now"
    assert refused(new, c.Ask(0, words=WORDS), desk) is None


def test_two_rounds_of_questions() -> None:
    """A citizen is asked twice on one leg, and twice by the desk, never a third time."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    tired = replace(ticket, legs=(replace(ticket.legs[0], asked=2),))
    assert refused(tired, c.Ask(1, words=WORDS), OFFICER) == "too_many_rounds"
    new = replace(ticket_in(TicketState.SUBMITTED), asked=2)
    assert refused(new, c.Ask(0, words=WORDS), actor(Role.VERIFIER)) == "too_many_rounds"


def test_expected_is_not_in_the_past() -> None:
    """An agency promises today or later, or no day at all."""
    ticket = ticket_in(TicketState.REFERRED)
    assert refused(ticket, c.Accept(1, NOW.date() - A_DAY), OFFICER) == "expected_in_past"
    assert refused(ticket, c.Accept(1, NOW.date()), OFFICER) is None
    assert refused(ticket, c.Accept(1), OFFICER) is None


@pytest.mark.parametrize(("days", "why"), [(-1, "review_too_far"), (0, None), (30, None)])
def test_a_waiting_list_is_looked_at_within_thirty_days(days: int, why: str | None) -> None:
    """Nobody waits in a list for longer than 30 days without being looked at."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    hold = c.Hold(1, NOW.date() + days * A_DAY, words=WORDS)
    assert refused(ticket, hold, OFFICER) == why
    later = c.Hold(1, NOW.date() + 31 * A_DAY, words=WORDS)
    assert refused(ticket, later, OFFICER) == "review_too_far"


def test_after_two_returns_the_supervisor_decides() -> None:
    """A ticket that came back twice is not sent round a third time by the desk."""
    ticket = replace(ticket_in(TicketState.TRIAGE), returns=2)
    again = c.ReferAgain("dinas-b", "desk")
    assert refused(ticket, again, actor(Role.VERIFIER)) == "supervisor_decides"
    assert refused(ticket, again, actor(Role.SUPERVISOR)) is None


def test_a_refusal_has_a_reason_from_the_list() -> None:
    """An agency declines for a reason that exists."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    assert refused(ticket, c.Decline(1, "mood", words=WORDS), OFFICER) == "reason_unknown"


@pytest.mark.parametrize("stars", [0, 6])
def test_stars_are_one_to_five(stars: int) -> None:
    """Nobody gives six stars."""
    citizen = actor(Role.CITIZEN)
    assert refused(ticket_in(TicketState.RESOLVED), c.Confirm(stars), citizen) == "stars_unknown"
    assert refused(ticket_in(TicketState.CLOSED), c.Rate(stars), citizen) == "stars_unknown"


def test_confirming_needs_no_stars() -> None:
    """SUDAH alone is enough."""
    assert refused(ticket_in(TicketState.RESOLVED), c.Confirm(), actor(Role.CITIZEN)) is None


def test_only_a_solved_ticket_is_rated() -> None:
    """A withdrawn ticket has nothing to rate, and nothing that was not received."""
    ticket = replace(ticket_in(TicketState.CLOSED), closed_because=ClosedBecause.WITHDRAWN)
    citizen = actor(Role.CITIZEN)
    assert refused(ticket, c.Rate(5), citizen) == "not_now"
    assert refused(ticket, c.ReportNotReceived(), citizen) == "not_now"
    assert refused(ticket, c.Appeal(words=WORDS), citizen) == "not_now"


def test_reopening_ends_after_thirty_days() -> None:
    """A closed ticket comes back within 30 days; later a new one is filed."""
    ticket = ticket_in(TicketState.CLOSED)
    reopen, citizen = c.Reopen(words=WORDS), actor(Role.CITIZEN)
    assert refused(ticket, reopen, citizen, EARLIER + 30 * A_DAY) is None
    assert refused(ticket, reopen, citizen, EARLIER + 31 * A_DAY) == "too_late"


def test_an_appeal_is_heard_by_fresh_eyes() -> None:
    """An officer who decided about a ticket does not hear its appeal."""
    ticket = replace(ticket_in(TicketState.APPEAL), handled=("officer-7",))
    old = Actor(Role.APPEAL_OFFICER, "officer-7")
    assert refused(ticket, c.Uphold(words=WORDS), old) == "handled_before"
    assert refused(ticket, c.Uphold(words=WORDS), actor(Role.APPEAL_OFFICER)) is None


@pytest.mark.parametrize("second", ["", "data_protection-1"])
def test_a_ticket_is_struck_out_by_two(second: str) -> None:
    """Nobody strikes a ticket out alone."""
    officer = actor(Role.DATA_PROTECTION)
    void = c.Void(second, words=WORDS)
    assert refused(ticket_in(TicketState.CLOSED), void, officer) == "second_person_missing"


def test_silence_counts_from_the_delivery() -> None:
    """A notice that never arrived closes nothing, nor one that arrived nine days ago."""
    ticket, clock = ticket_in(TicketState.RESOLVED), actor(Role.SYSTEM)
    assert refused(ticket, c.CloseUnanswered(), clock) == "not_delivered"
    told = silent(ticket)
    assert refused(told, c.CloseUnanswered(), clock, EARLIER + 9 * A_DAY) == "too_early"
    assert refused(told, c.CloseUnanswered(), clock, EARLIER + 10 * A_DAY) is None


def test_silence_counts_after_three_reminders() -> None:
    """Nobody is taken at their silence who was reminded twice only."""
    ticket, clock = silent(ticket_in(TicketState.DECLINED), 2), actor(Role.SYSTEM)
    assert refused(ticket, c.CloseUnanswered(), clock) == "reminders_missing"


def test_consent_is_waited_for_seven_days() -> None:
    """The subject can say no at once; silence is no only after seven days."""
    ticket = replace(ticket_in(TicketState.AWAITING_CONSENT), since=NOW - 6 * A_DAY)
    assert refused(ticket, c.RefuseConsent(), actor(Role.CITIZEN)) is None
    assert refused(ticket, c.RefuseConsent(), actor(Role.SYSTEM)) == "too_early"
    assert refused(ticket, c.RefuseConsent(), actor(Role.SYSTEM), NOW + A_DAY) is None


def test_the_clock_does_not_run_ahead() -> None:
    """A deadline is over when it is over, and a citizen is reminded three times before."""
    clock, soon = actor(Role.SYSTEM), NOW + A_DAY
    waiting = silent(ticket_in(TicketState.NEEDS_INFO))
    hasty = silent(ticket_in(TicketState.NEEDS_INFO), 2)
    assert refused(ticket_in(TicketState.REFERRED), c.ReportOverdue(1, soon), clock) == "too_early"
    assert refused(waiting, c.GiveUpWaiting(soon), clock) == "too_early"
    assert refused(waiting, c.GiveUpWaiting(NOW), clock) is None
    assert refused(hasty, c.GiveUpWaiting(EARLIER), clock) == "reminders_missing"


def test_a_hand_over_names_the_number_there() -> None:
    """The citizen can find the case where it went."""
    handing = c.HandOver("SP4N-LAPOR", "")
    ticket = ticket_in(TicketState.SUBMITTED)
    assert refused(ticket, handing, actor(Role.VERIFIER)) == "number_missing"


def test_a_ticket_is_not_its_own_duplicate() -> None:
    """A duplicate is another ticket's."""
    ticket = ticket_in(TicketState.SUBMITTED)
    assert refused(ticket, c.MarkDuplicate(CODE), actor(Role.VERIFIER)) == "same_ticket"


def test_only_local_desks_go_up() -> None:
    """Escalating upwards starts at a village or sub-district."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    top = replace(ticket, legs=(replace(ticket.legs[0], local=False),))
    up = c.Escalate(1, "dinas-b", "up", words=WORDS)
    assert refused(top, up, OFFICER) == "not_local"


def test_a_vault_ticket_goes_to_vaults_only() -> None:
    """Whoever refers it, and from where: an agency without a vault never gets a vault ticket."""
    for state, command, who in (
        (TicketState.SUBMITTED, c.Route("dinas-b", "by_hand"), actor(Role.VERIFIER)),
        (TicketState.TRIAGE, c.ReferAgain("dinas-b", "by_hand"), actor(Role.SUPERVISOR)),
        (TicketState.IN_PROGRESS, c.Escalate(1, "dinas-b", "up", words=WORDS), OFFICER),
    ):
        ticket = replace(ticket_in(state), sensitivity=Sensitivity.VAULT)
        assert refused(ticket, command, who) == "not_a_vault"
        assert refused(ticket, replace(command, vault=True), who) is None


def test_a_vault_ticket_stays_and_stays_silent() -> None:
    """Its office cannot hand it to the desk, nor ask about it in a chat that others may read."""
    ticket = replace(ticket_in(TicketState.REFERRED), sensitivity=Sensitivity.VAULT)
    assert refused(ticket, c.Return(1, words=WORDS), OFFICER) == "vault_stays"
    assert refused(ticket, c.Ask(1, words=WORDS), OFFICER) == "vault_is_not_asked"
    assert refused(ticket, c.Ask(1, words=WORDS), actor(Role.VERIFIER)) == "vault_is_not_asked"


def test_a_naive_instant_is_a_bug() -> None:
    """A time without a zone is nobody's time."""
    with pytest.raises(ValueError, match="zone"):
        decide(None, c.Withdraw(), Actor(Role.CITIZEN), NOW.replace(tzinfo=None))
