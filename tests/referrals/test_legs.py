"""Several agencies on one ticket: each leg goes its own way, the ticket as the busiest of them."""

from datetime import timedelta

from msgspec.structs import replace

from referrals import commands as c
from referrals.choosing import Refusal
from referrals.clocks import Clock
from referrals.leg_events import AgencyAdded, LegDone, LegNotDone, MilestoneReached, ResolvedInPart
from referrals.lifecycle import decide, evolve
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, LegState, Ticket, TicketState
from tests.referrals.samples import GOOD, NOW, WORDS, actor
from tests.referrals.test_lifecycle import BELUM, CITIZEN, DESK, OFFICER, SENT, SYSTEM, B, played

TWO = (*SENT, (GOOD[c.Accept], OFFICER), (c.AddAgency("dinas-b", "by_hand"), OFFICER))
BOTH = (*TWO, (c.Accept(2), B))
DONE_1, DONE_2 = (c.Resolve(1, words=WORDS), OFFICER), (c.Resolve(2, words=WORDS), B)
NO_1, NO_2 = (c.Decline(1, "quota", words=WORDS), OFFICER), (c.Decline(2, "quota", words=WORDS), B)
BACK_2 = (c.Return(2, words=WORDS), B)
THIRD = Actor(Role.AGENCY, "dinas-c")


def last_event(ticket: Ticket, command: c.Command, who: Actor) -> object:
    """Return what *command* makes happen."""
    events = decide(ticket, command, who, NOW + timedelta(days=1))
    assert not isinstance(events, Refusal), events
    return events[0]


def refusal(ticket: Ticket, command: c.Command, who: Actor) -> str | None:
    """Return why *command* is refused, or None."""
    outcome = decide(ticket, command, who, NOW + timedelta(days=1))
    return outcome.reason if isinstance(outcome, Refusal) else None


def states(ticket: Ticket) -> list[str]:
    """Return where each leg stands."""
    return [leg.state.value for leg in ticket.legs]


def test_another_agency_is_added_beside_the_first() -> None:
    """One family, two needs: the second agency gets a leg and clocks of its own."""
    ticket = played(*TWO)
    assert ticket.state is TicketState.IN_PROGRESS
    assert states(ticket) == ["working", "queued"]
    assert ticket.clock(Clock.C2, 2)
    assert ticket.clock(Clock.C2, 1) is None
    assert ticket.opened_at == NOW


def test_an_agency_adds_another_only_while_it_has_a_leg() -> None:
    """Who has no part in a ticket invites nobody to it, and nobody is invited twice."""
    ticket = played(*SENT, (GOOD[c.Accept], OFFICER))
    assert refusal(ticket, c.AddAgency("dinas-c", "by_hand"), B) == "not_yours"
    assert refusal(played(*TWO), c.AddAgency("dinas-b", "by_hand"), OFFICER) == "already"
    event = last_event(ticket, c.AddAgency("dinas-c", "by_hand"), DESK)
    assert isinstance(event, AgencyAdded)
    assert (event.leg, event.agency) == (2, "dinas-c")


def test_the_desk_adds_no_agency_to_its_own_question() -> None:
    """Before any agency had it, a ticket is forwarded and not added to."""
    asked = played(SENT[0], (c.Ask(0, words=WORDS), DESK))
    assert refusal(asked, c.AddAgency("dinas-b", "by_hand"), DESK) == "not_now"


def test_the_ticket_is_resolved_when_the_last_share_is() -> None:
    """One share done is told; the citizen is asked only when all is."""
    half = played(*BOTH)
    assert isinstance(last_event(half, *DONE_1), LegDone)
    waiting = played(*BOTH, DONE_1)
    assert waiting.state is TicketState.IN_PROGRESS
    assert waiting.awaited is None
    whole = played(*BOTH, DONE_1, DONE_2)
    assert whole.state is TicketState.RESOLVED
    assert whole.awaited is not None


def test_a_share_that_is_refused_refuses_not_the_ticket() -> None:
    """Declined by all it is declined; done by one it is resolved, with the refusal told."""
    assert isinstance(last_event(played(*BOTH), *NO_1), LegNotDone)
    assert played(*BOTH, NO_1, NO_2).state is TicketState.DECLINED
    assert played(*BOTH, NO_1, DONE_2).state is TicketState.RESOLVED
    assert isinstance(last_event(played(*BOTH, DONE_1), *NO_2), ResolvedInPart)
    assert played(*BOTH, DONE_1, NO_2).state is TicketState.RESOLVED


def test_belum_goes_to_who_said_it_was_done() -> None:
    """The last share that was done goes on, not the one that was refused."""
    ticket = played(*BOTH, DONE_1, NO_2, BELUM)
    assert states(ticket) == ["working", "not_done"]
    ticket = played(*BOTH, DONE_1, DONE_2, BELUM)
    assert states(ticket) == ["done", "working"]
    assert [(one.clock, one.leg) for one in ticket.clocks if one.half] == [(Clock.C4, 2)]


def test_a_share_that_comes_back_keeps_the_others_going() -> None:
    """The desk looks for somebody for that share while the other agency works on."""
    ticket = played(*BOTH, BACK_2)
    assert ticket.state is TicketState.IN_PROGRESS
    assert ticket.unplaced == (2,)
    again = played(*BOTH, BACK_2, (c.AddAgency("dinas-c", "by_hand"), DESK))
    assert states(again) == ["working", "returned", "queued"]
    assert again.unplaced == ()


def test_no_share_is_forgotten_when_the_others_are_done() -> None:
    """While one share looks for an agency the ticket is not resolved: it goes to triage."""
    ticket = played(*BOTH, BACK_2, DONE_1)
    assert ticket.state is TicketState.TRIAGE
    assert ticket.unplaced == (2,)
    again = (c.ReferAgain("dinas-c", "desk"), DESK)
    refused = (c.Decline(3, "quota", words=WORDS), THIRD)
    done = played(*BOTH, BACK_2, DONE_1, again, (c.Accept(3), THIRD), refused)
    assert done.state is TicketState.RESOLVED


def test_each_leg_is_accepted_held_and_taken_up_by_itself() -> None:
    """On hold only when all open legs are; a leg that waits for acceptance goes before that."""
    hold = (c.Hold(1, NOW.date() + timedelta(days=9), "musdes", words=WORDS), OFFICER)
    assert played(*TWO, hold).state is TicketState.REFERRED
    held = played(*BOTH, hold)
    assert held.state is TicketState.IN_PROGRESS
    assert (held.milestone, held.legs[0].stage) == ("", "musdes")
    c4 = held.clock(Clock.C4, 1)
    assert c4
    assert c4.paused
    hold_2 = (c.Hold(2, NOW.date() + timedelta(days=9), words=WORDS), B)
    assert played(*BOTH, hold, hold_2).state is TicketState.ON_HOLD
    resumed = played(*BOTH, hold, hold_2, (c.Resume(1), OFFICER))
    assert resumed.state is TicketState.IN_PROGRESS
    c4 = resumed.clock(Clock.C4, 1)
    assert c4
    assert not c4.paused


def test_a_question_of_one_agency_does_not_stop_the_other() -> None:
    """The one that asks waits, with its clocks; the other goes on, and may even be done."""
    ask = (c.Ask(1, words=WORDS), OFFICER)
    asked = played(*TWO, ask)
    assert asked.state is TicketState.NEEDS_INFO
    assert {(one.clock, one.leg) for one in asked.clocks if one.paused} == {
        (Clock.CITIZEN, 0),
        (Clock.C4, 1),
    }
    busy = played(*TWO, ask, (c.Accept(2), B), DONE_2)
    assert busy.state is TicketState.NEEDS_INFO
    assert states(busy) == ["working", "done"]
    assert refusal(busy, *DONE_1) == "not_now"
    answered = evolve(busy, last_event(busy, c.AnswerAsk(words=WORDS), CITIZEN))  # type: ignore[arg-type] - decided, so an event
    assert answered.state is TicketState.IN_PROGRESS
    assert not any(one.paused for one in answered.clocks)


def test_a_hold_outlasts_the_answer_to_somebody_elses_question() -> None:
    """An answer starts the clocks that its question stopped, not those of the waiting list."""
    hold = (c.Hold(2, NOW.date() + timedelta(days=9), words=WORDS), B)
    steps = (hold, (c.Ask(1, words=WORDS), OFFICER), (c.AnswerAsk(words=WORDS), CITIZEN))
    ticket = played(*BOTH, *steps)
    assert [(one.clock, one.leg) for one in ticket.clocks if one.paused] == [(Clock.C4, 2)]


def test_a_letter_that_cannot_be_delivered_leads_to_triage() -> None:
    """The couriers note what became of the letter; where no way works the desk finds another."""
    sent = played(*SENT, (c.NoteSent(1), SYSTEM))
    assert states(sent) == ["sent"]
    there = played(*SENT, (c.NoteSent(1), SYSTEM), (c.NoteDelivered(1), SYSTEM))
    assert states(there) == ["delivered"]
    assert there.state is TicketState.REFERRED
    lost = played(*SENT, (c.NoteUndeliverable(1), SYSTEM))
    assert lost.state is TicketState.TRIAGE
    assert [one.clock for one in lost.clocks if one.leg] == [Clock.C7]
    beside = played(*TWO, (c.NoteUndeliverable(2), SYSTEM))
    assert beside.state is TicketState.IN_PROGRESS
    assert beside.unplaced == (2,)


def test_a_question_survives_the_letter_that_was_lost() -> None:
    """Asked by the desk about a leg whose letter then bounces: the answer is still heard."""
    ask, lost = (c.Ask(1, words=WORDS), DESK), (c.NoteUndeliverable(1), SYSTEM)
    asked = played(*SENT, ask, lost)
    assert asked.state is TicketState.NEEDS_INFO
    answered = played(*SENT, ask, lost, (c.AnswerAsk(words=WORDS), CITIZEN))
    assert answered.state is TicketState.TRIAGE


def test_the_desk_takes_a_leg_back() -> None:
    """A recall needs a reason and leads to triage; a vault's leg stays where it is."""
    recalled = played(*SENT, (c.Recall(1, words=WORDS), DESK))
    assert states(recalled) == ["recalled"]
    assert recalled.state is TicketState.TRIAGE
    vault = replace(played(*SENT), sensitivity=Sensitivity.VAULT)
    assert refusal(vault, c.Recall(1, words=WORDS), DESK) == "vault_stays"
    assert refusal(vault, c.NoteUndeliverable(1), SYSTEM) == "vault_stays"


def test_going_up_leaves_the_other_legs_alone() -> None:
    """The village's leg goes up; the agency that was added keeps its own."""
    ticket = played(*BOTH, (c.Escalate(1, "dinas-c", "up", words=WORDS), OFFICER))
    assert states(ticket) == ["recalled", "working", "queued"]
    assert ticket.state is TicketState.IN_PROGRESS
    assert {one.leg for one in ticket.clocks if one.clock is Clock.C4} == {2, 3}
    assert (
        refusal(played(*BOTH), c.Escalate(1, "dinas-b", "up", words=WORDS), OFFICER) == "already"
    )


def test_the_clock_goes_up_without_words() -> None:
    """People give a reason for going up; the clock's reason is the time that passed."""
    ticket = played(*SENT, (GOOD[c.Accept], OFFICER))
    up = c.Escalate(1, "dinas-b", "up")
    assert refusal(ticket, up, actor(Role.FACILITATOR)) == "words_missing"
    assert refusal(ticket, up, SYSTEM) is None


def test_what_was_reached_is_told_of_the_leg_that_tells_it() -> None:
    """A milestone is its agency's own, or where the desk tells it the newest leg's."""
    event = last_event(played(*BOTH), c.ReportMilestone("musdes"), OFFICER)
    assert isinstance(event, MilestoneReached)
    assert event.leg == 1
    told = played(*TWO, (c.ReportMilestone("musdes"), OFFICER))
    assert told.milestone == "musdes"
    assert told.clock(Clock.C3, 2)
    told = played(*BOTH, (c.ReportMilestone("musdes"), DESK), (c.ReportMilestone(words=WORDS), B))
    assert told.milestone == "musdes"
    assert told.clock(Clock.C3, 2) is None
    lost = played(*SENT, (c.Ask(1, words=WORDS), DESK), (c.NoteUndeliverable(1), SYSTEM))
    event = last_event(lost, c.ReportMilestone("musdes"), DESK)
    assert isinstance(event, MilestoneReached)
    assert event.leg == 0


def test_a_day_named_is_a_first_answer_of_substance() -> None:
    """Accepting alone is a receipt (C3 runs on); naming the day to be done is an answer."""
    assert played(*SENT, (c.Accept(1), OFFICER)).clock(Clock.C3, 1)
    assert played(*SENT, (GOOD[c.Accept], OFFICER)).clock(Clock.C3, 1) is None


def test_withdrawing_recalls_all_legs() -> None:
    """When a citizen takes a ticket back, every agency can stop, and no clock runs."""
    ticket = played(*TWO, (c.Withdraw(unforced=True), CITIZEN))
    assert states(ticket) == ["recalled", "recalled"]
    assert [(one.clock, one.paused) for one in ticket.clocks] == [(Clock.CITIZEN, True)]


def test_what_was_taken_back_midway_is_looked_at_as_new() -> None:
    """Reopened after a withdrawal, the old answers count no more."""
    again = (c.Reopen(words=WORDS), CITIZEN)
    route = (c.Route("dinas-c", "by_hand"), DESK)
    ticket = played(*BOTH, DONE_1, (c.Withdraw(), CITIZEN), again, route)
    assert (ticket.state, ticket.past) == (TicketState.REFERRED, 2)
    refused = (c.Decline(3, "quota", words=WORDS), THIRD)
    done = played(
        *BOTH, DONE_1, (c.Withdraw(), CITIZEN), again, route, (c.Accept(3), THIRD), refused
    )
    assert done.state is TicketState.DECLINED
    assert done.legs[0].state is LegState.DONE


def test_the_older_clock_counts() -> None:
    """A duplicate that was filed before makes the master as old as it was; never younger."""
    older, younger = NOW - timedelta(days=3), NOW + timedelta(hours=1)
    ticket = played(*SENT, (c.Join("111111118", younger), DESK))
    assert ticket.opened_at == NOW
    ticket = played(*SENT, (c.Join("111111118", older), DESK))
    assert ticket.opened_at == older
    citizen = ticket.clock(Clock.CITIZEN)
    assert citizen
    assert citizen.since == older
    assert ticket.joined == ("111111118",)


def test_each_leg_keeps_its_own_promises() -> None:
    """The day named, the day of review and the delays are those of the leg in question."""
    waiting = (*SENT, (GOOD[c.Accept], OFFICER), (c.AddAgency("dinas-b", "by_hand"), DESK))
    late = (c.ReportOverdue(2, NOW), SYSTEM)
    review = NOW.date() + timedelta(days=9)
    hold = (c.Hold(1, review, words=WORDS), OFFICER)
    ticket = played(*waiting, late, hold, (c.Accept(2, review), B))
    assert [leg.overdue for leg in ticket.legs] == [0, 1]
    assert [leg.review for leg in ticket.legs] == [review, None]
    assert [leg.expected for leg in ticket.legs] == [GOOD[c.Accept].expected, review]  # type: ignore[attr-defined]  # it is an Accept
    back = played(*BOTH, (c.AddAgency("dinas-c", "by_hand"), DESK), (c.Accept(3, review), THIRD))
    assert [leg.number for leg in back.legs] == [1, 2, 3]
