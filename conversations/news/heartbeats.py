"""A sign of life: why a ticket still waits, whose turn it is, since when, and what comes next."""

from collections.abc import Mapping
from datetime import datetime

from conversations.days import day, local_day
from conversations.news.dates import due_of
from conversations.news.proposals import days_told, stage_of, with_centre_since
from conversations.news.ticket_words import agency_called
from conversations.say import Say
from referrals.entries import WAITING
from referrals.states import AT_THE_AGENCY
from referrals.ticket import Leg, LegState, Ticket, TicketState

CITIZENS = frozenset({TicketState.NEEDS_INFO, TicketState.RESOLVED, TicketState.DECLINED})
BESIDE: Mapping[LegState, str] = {
    **dict.fromkeys(WAITING, "notice.beside_waiting"),
    LegState.WORKING: "notice.beside_working",
    LegState.WAITLISTED: "notice.beside_listed",
}


def still(ticket: Ticket, at: datetime, say: Say) -> str:
    """Return the true reason why *ticket* waits *at* this time, and what is next."""
    leg = waited_for(ticket)
    parts = (_reason(ticket, leg, say), _next(ticket, leg, at, say), _beside(ticket, leg, say))
    return " ".join(part for part in parts if part)


def waited_for(ticket: Ticket) -> Leg | None:
    """Return the leg whose office is meant: asked about, answered, or the busiest open one."""
    if ticket.state is TicketState.NEEDS_INFO:
        return ticket.leg(ticket.asking)
    return ticket.answered_leg if ticket.state in CITIZENS else ticket.busiest_leg


def _reason(ticket: Ticket, leg: Leg | None, say: Say) -> str:
    """Return where it stands, since when: beside other offices, since when this one has it so."""
    office = agency_called(leg.agency if leg else say.district.desk, say)
    if since := with_centre_since(ticket):
        return say("notice.still_with_centre", agency=office, since=local_day(since, say))
    beside = ticket.state in AT_THE_AGENCY and len(ticket.open_legs) > 1
    since = leg.since if leg and beside else ticket.since
    stage = stage_of(leg.stage, ticket.service, say) if leg else ""
    listed = stage and ticket.state is TicketState.ON_HOLD
    key = "notice.still_on_hold_for" if listed else f"notice.still_{ticket.state}"
    return say(key, agency=office, since=local_day(since, say), stage=stage)


def _next(ticket: Ticket, leg: Leg | None, at: datetime, say: Say) -> str:
    """Return what comes next: on the way of a proposal its days, on a list its review."""
    if ticket.state is TicketState.APPEAL or ticket.state in CITIZENS:
        return _due(ticket, at, say)
    days = days_told(ticket, at, say)
    if leg and leg.state is LegState.WAITLISTED and leg.review:
        days = f"{days} {say('notice.still_review', date=day(leg.review, say))}"
    return days.strip() or _due(ticket, at, say)


def _due(ticket: Ticket, at: datetime, say: Say) -> str:
    due = due_of(ticket, say.district)
    if due is None:
        return ""
    return say("notice.still_late" if due < at else "notice.still_due", date=local_day(due, say))


def _beside(ticket: Ticket, leg: Leg | None, say: Say) -> str:
    """Return what the other offices do meanwhile, and whether a share still looks for one."""
    others = [_other(one, say) for one in ticket.open_legs if one is not leg]
    told = say("notice.beside", others=", ".join(others)) if others else ""
    looks = ticket.unplaced and ticket.open_legs
    return f"{told} {say('notice.beside_unplaced') if looks else ''}".strip()


def _other(leg: Leg, say: Say) -> str:
    until = day(leg.review, say) if leg.review else ""
    return say(BESIDE[leg.state], agency=agency_called(leg.agency, say), date=until)
