"""Tickets in every state, and one good command of every kind, for the tests of this room."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from referrals import commands as c
from referrals import guards as g
from referrals.directory import Priority, Sensitivity
from referrals.ticket import Actor, ClosedBecause, Leg, LegState, Role, Ticket, TicketState
from referrals.transitions import Transition

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
        c.GiveUpWaiting(due=EARLIER, reminders=3),
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
        c.CloseUnanswered(delivered_at=EARLIER),
        c.AcceptDecline(),
        c.Appeal(words=WORDS),
        c.Overturn(words=WORDS),
        c.Uphold(words=WORDS),
        c.Withdraw(),
        c.Reopen(words=WORDS),
        c.ReportNotReceived(),
        c.HandOver("SP4N-LAPOR", "123"),
        c.Void(second="dpo-2", words=WORDS),
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
        events=5,
    )


def ticket_for(entry: Transition, state: TicketState) -> Ticket:
    """Return a ticket in *state* that *entry* can be taken from."""
    ticket = ticket_in(state)
    if entry.when is g.unsolved_again:
        return replace(ticket, reopens=1)
    if entry.when is g.overdue_again:
        return replace(ticket, legs=(replace(ticket.legs[0], overdue=1),))
    if entry.when is g.no_agency_answered:
        return replace(ticket, legs=())
    if entry.when is g.was_out_of_scope:
        return replace(ticket, legs=(), closed_because=ClosedBecause.OUT_OF_SCOPE)
    return ticket


def command_for(entry: Transition, state: TicketState) -> c.Command:
    """Return a good command for *entry*; before any agency has it, a leg is the desk's own, 0."""
    command = GOOD[entry.command]
    if isinstance(command, c.LegWish) and state is TicketState.SUBMITTED:
        return replace(command, leg=0)
    return command
