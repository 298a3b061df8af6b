"""Tickets in every state, and one good command of every kind, for the tests of this room."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from referrals import branches as b
from referrals import commands as c
from referrals.clocks import Clock, Running
from referrals.district.directory import Priority
from referrals.entries import Transition
from referrals.roles import Role, Sensitivity
from referrals.ticket import (
    Actor,
    Aftercare,
    Awaited,
    ClosedBecause,
    Leg,
    LegState,
    Ticket,
    TicketState,
)

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)  # a Monday, ten in the morning by WIB
EARLIER = NOW - timedelta(days=12)
CODE = "280588334"
AGENCY = "dinas-a"
WORDS = "digest of some words"

LEG_IN: Mapping[TicketState, LegState] = {
    TicketState.NEEDS_INFO: LegState.WORKING,
    TicketState.TRIAGE: LegState.RETURNED,
    TicketState.REFERRED: LegState.SENT,
    TicketState.IN_PROGRESS: LegState.WORKING,
    TicketState.ON_HOLD: LegState.WAITLISTED,
    TicketState.RESOLVED: LegState.DONE,
    TicketState.DECLINED: LegState.NOT_DONE,
    TicketState.APPEAL: LegState.DONE,
    TicketState.CLOSED: LegState.DONE,
    TicketState.VOID: LegState.RECALLED,
}

CLOCKS_IN: Mapping[TicketState, tuple[Clock, ...]] = {
    TicketState.AWAITING_CONSENT: (),
    TicketState.SUBMITTED: (Clock.CITIZEN, Clock.C1, Clock.C8),
    TicketState.NEEDS_INFO: (Clock.CITIZEN, Clock.C4, Clock.C6, Clock.C8),
    TicketState.TRIAGE: (Clock.CITIZEN, Clock.C7, Clock.C8),
    TicketState.REFERRED: (Clock.CITIZEN, Clock.C2, Clock.C3, Clock.C4, Clock.C8),
    TicketState.IN_PROGRESS: (Clock.CITIZEN, Clock.C3, Clock.C4, Clock.C8),
    TicketState.ON_HOLD: (Clock.CITIZEN, Clock.C4, Clock.C8),
    TicketState.RESOLVED: (Clock.CITIZEN, Clock.C8, Clock.C10),  # any that may be late
    TicketState.DECLINED: (Clock.CITIZEN, Clock.C8, Clock.C10),
    TicketState.APPEAL: (Clock.CITIZEN, Clock.C8, Clock.C10),
    TicketState.CLOSED: (Clock.CITIZEN, Clock.C9),
    TicketState.VOID: (Clock.CITIZEN,),
}
BREACHED_IN = {
    TicketState.SUBMITTED: Clock.C1,
    TicketState.TRIAGE: Clock.C7,
    TicketState.APPEAL: Clock.C10,
    TicketState.RESOLVED: Clock.C10,
    TicketState.DECLINED: Clock.C10,
}
PATIENCE = {TicketState.NEEDS_INFO: Clock.C6}  # else C5
WAITED_FOR = {TicketState.NEEDS_INFO, TicketState.RESOLVED, TicketState.DECLINED}
OF_SILENCE = {c.GiveUpWaiting, c.CloseUnanswered, c.Remind}
OTHERS = {
    b.other_shares: LegState.WORKING,
    b.last_share_some_done: LegState.DONE,
    b.some_share_refused: LegState.NOT_DONE,
}
SPECIAL: Mapping[object, dict[str, object]] = {
    b.unsolved_again: {"reopens": 1},
    b.no_agency_answered: {"legs": ()},
    b.told_by_its_vault: {"sensitivity": Sensitivity.VAULT},
    b.was_out_of_scope: {"legs": (), "closed_because": ClosedBecause.OUT_OF_SCOPE},
}

GOOD: Mapping[type[c.Wish], c.Command] = {
    type(command): command
    for command in (
        c.Submit(CODE, "RTLH", "99.01", Priority.P3, Sensitivity.ORDINARY, "1", words=WORDS),
        c.SubmitForAnother(
            CODE, "RTLH", "99.01", Priority.P3, Sensitivity.ORDINARY, "child", "reply", words=WORDS
        ),
        c.GiveConsent("1", "reply", words=WORDS),
        c.RefuseConsent(),
        c.Route(AGENCY, "RTLH/pemdes@99.01", local=True),
        c.Ask(1, words=WORDS),
        c.AnswerAsk(words=WORDS),
        c.GiveUpWaiting(due=EARLIER),
        c.MarkDuplicate(of="111111118"),
        c.MarkOutOfScope(words=WORDS),
        c.Accept(1, date(2026, 12, 1)),
        c.Return(1, "dinas-b", words=WORDS),
        c.ReportOverdue(1, due=EARLIER),
        c.ReferAgain("dinas-b", "desk"),
        c.Escalate(1, "dinas-b", "up", words=WORDS),
        c.Hold(1, date(2026, 12, 20), "musdes", words=WORDS),
        c.Resume(1),
        c.Resolve(1, words=WORDS),
        c.Decline(1, "quota", words=WORDS),
        c.Confirm(5),
        c.Rate(4),
        c.NotYet(words=WORDS),
        c.CloseUnanswered(),
        c.AcceptDecline(),
        c.Appeal(words=WORDS),
        c.Overturn(words=WORDS),
        c.Uphold(words=WORDS),
        c.Withdraw(),
        c.Reopen(words=WORDS),
        c.ReportNotReceived(),
        c.HandOver("SP4N-LAPOR", "123"),
        c.Void(second="dpo-2", words=WORDS),
        c.CloseAsAbuse(second="dpo-2", words=WORDS),
        c.CloseAsGone(second="dpo-2", words=WORDS),
        c.AddAgency("dinas-b", "desk"),
        c.Add(words=WORDS),
        c.NoteSent(1),
        c.NoteDelivered(1),
        c.NoteUndeliverable(1),
        c.Recall(1, words=WORDS),
        c.ReportMilestone("musdes"),
        c.Remind(Clock.C5, 1),
        c.Breach(Clock.C4, 1, 1, EARLIER),
        c.Heartbeat(),
        c.Reach(5),
        c.Unreached(5),
        c.Join("111111118", EARLIER - timedelta(days=1)),
        c.TakeOver(),
        c.AskOutcome(),
        c.ReceivedAfterAll(),
    )
}


def actor(role: Role) -> Actor:
    """Return somebody of *role*; the agency is the one that has the tickets here."""
    return Actor(role, AGENCY if role is Role.AGENCY else f"{role.name.lower()}-1")


def ticket_in(state: TicketState) -> Ticket:
    """Return a ticket that has come to *state* the usual way, with one leg where it has one."""
    leg = LEG_IN.get(state)
    legs = (Leg(number=1, agency=AGENCY, state=leg, since=EARLIER, local=True),) if leg else ()
    return Ticket(
        code=CODE,
        service="RTLH",
        area="99.01",
        state=state,
        since=EARLIER,
        opened_at=EARLIER,
        priority=Priority.P3,
        sensitivity=Sensitivity.ORDINARY,
        legs=legs,
        before=TicketState.IN_PROGRESS if state is TicketState.NEEDS_INFO else None,
        closed_because=ClosedBecause.CONFIRMED if state is TicketState.CLOSED else None,
        outcome=Aftercare.ASKED if state is TicketState.CLOSED else None,
        events=5,
        clocks=clocks_in(state),
        awaited=Awaited(5, EARLIER) if state in WAITED_FOR else None,
        asking=1 if state is TicketState.NEEDS_INFO else 0,
    )


def clocks_in(state: TicketState) -> tuple[Running, ...]:
    """Return the clocks that run in *state*, each for longer than anybody has patience."""
    legs = {Clock.C2, Clock.C3, Clock.C4, Clock.C7}
    return tuple(
        Running(clock, EARLIER - timedelta(days=20), 1 if clock in legs else 0)
        for clock in CLOCKS_IN[state]
    )


def ticket_for(entry: Transition, state: TicketState) -> Ticket:
    """Return a ticket in *state* that *entry* can be taken from."""
    ticket = replace(ticket_in(state), **SPECIAL.get(entry.when, {}))
    if entry.command in OF_SILENCE:
        ticket = silent(ticket, 0 if entry.command is c.Remind else 3)
    if entry.when is b.lies_with_the_desk:
        own = actor(Role.VERIFIER).id
        ticket = replace(ticket, legs=(replace(ticket.legs[0], agency=own),))
    if entry.when is b.overdue_again:
        ticket = replace(ticket, legs=(replace(ticket.legs[0], overdue=1),))
    if entry.command is c.TakeOver:
        ticket = replace(ticket, for_another=True)
    if other := OTHERS.get(entry.when):
        ticket = replace(ticket, legs=(*ticket.legs, other_leg(other)))
    if entry.beside and state is TicketState.NEEDS_INFO:
        ticket = replace(ticket, asking=2)
    return with_leg_for(entry, ticket)


def with_leg_for(entry: Transition, ticket: Ticket) -> Ticket:
    """Return *ticket*, whose first leg stands where *entry* takes it from, the next as usual."""
    move = entry.leg
    legs = ticket.legs
    if move is None or not legs or (legs[0].state in move.sources and ticket.asking < 2):
        return ticket
    first = replace(legs[0], state=min(move.sources))
    return replace(ticket, legs=(first, *(legs[1:] or (other_leg(legs[0].state),))))


def other_leg(state: LegState) -> Leg:
    """Return the second leg of a ticket that two agencies have."""
    return Leg(number=2, agency="dinas-c", state=state, since=EARLIER)


def silent(ticket: Ticket, reminded: int = 3) -> Ticket:
    """Return *ticket*, whose citizen got the notice and *reminded* reminders, and said nothing."""
    patience = Clock.C6 if ticket.state is TicketState.NEEDS_INFO else Clock.C5
    others = tuple(one for one in ticket.clocks if one.clock is not patience)
    return replace(
        ticket,
        awaited=Awaited(5, EARLIER, reached=EARLIER),
        clocks=(*others, Running(patience, EARLIER, reminded=reminded)),
    )


def command_for(entry: Transition, state: TicketState) -> c.Command:
    """Return a good command for *entry*; before any agency has it, a leg is the desk's own, 0."""
    command = GOOD[entry.command]
    if isinstance(command, c.Remind):
        return replace(command, clock=PATIENCE.get(state, Clock.C5))
    if isinstance(command, c.Breach):
        clock = BREACHED_IN.get(state, Clock.C4)
        return replace(command, clock=clock, leg=1 if clock in {Clock.C4, Clock.C7} else 0)
    if entry.when is b.left_to_centre:
        return replace(command, to_centre=True)
    if isinstance(command, c.LegWish) and state is TicketState.SUBMITTED:
        return replace(command, leg=0)
    return command
