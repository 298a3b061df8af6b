"""A sign of life: why a ticket still waits, whose turn it is, since when, and what comes next."""

from datetime import datetime

from conversations.days import day, local_day
from conversations.say import Say
from conversations.ticket_words import agency_called
from referrals.clocks import Clock
from referrals.directory import District, Usul
from referrals.dues import dues
from referrals.ticket import Leg, LegState, Ticket, TicketState
from referrals.usul_calendar import current_round, published
from referrals.working_days import local

CLOCKS = {  # which clock says when what a state waits for is due
    TicketState.SUBMITTED: Clock.C1,
    TicketState.NEEDS_INFO: Clock.C6,
    TicketState.TRIAGE: Clock.C7,
    TicketState.REFERRED: Clock.C2,
    TicketState.IN_PROGRESS: Clock.C4,
    TicketState.RESOLVED: Clock.C5,
    TicketState.DECLINED: Clock.C5,
    TicketState.APPEAL: Clock.C10,
}
CITIZENS = frozenset({TicketState.NEEDS_INFO, TicketState.RESOLVED, TicketState.DECLINED})


def still(ticket: Ticket, at: datetime, say: Say) -> str:
    """Return the true reason why *ticket* waits *at* this time, and what is next."""
    leg = waited_for(ticket)
    office = agency_called(leg.agency if leg else say.district.desk, say)
    since = local_day(ticket.since, say)
    told = say(f"notice.still_{ticket.state}", agency=office, since=since)
    return f"{told} {_next(ticket, leg, at, say)}"


def waited_for(ticket: Ticket) -> Leg | None:
    """Return the leg whose office is meant: the one asked about, or answered, or open."""
    if ticket.state is TicketState.NEEDS_INFO:
        return ticket.leg(ticket.asking)
    return ticket.answered_leg if ticket.state in CITIZENS else ticket.open_leg


def due_of(ticket: Ticket, district: District) -> datetime | None:
    """Return when what *ticket* waits for is due; None where nothing runs or no calendar tells."""
    clock = CLOCKS.get(ticket.state)
    found = [due.at for due in dues(ticket, district) if due.clock is clock and due.at]
    return min(found, default=None)


def _next(ticket: Ticket, leg: Leg | None, at: datetime, say: Say) -> str:
    usul = say.district.usul
    if usul and ticket.service in usul.services and ticket.state not in CITIZENS:
        return _round(usul, ticket, at, say)
    if leg and leg.state is LegState.WAITLISTED and leg.review:
        return say("notice.still_review", date=day(leg.review, say))
    due = due_of(ticket, say.district)
    if due is None:
        return ""
    return say("notice.still_late" if due < at else "notice.still_due", date=local_day(due, say))


def _round(usul: Usul, ticket: Ticket, at: datetime, say: Say) -> str:
    """Return the days of the monthly round, which no office of ours can hasten."""
    opened = local(say.district.calendar, ticket.opened_at).date()
    today = local(say.district.calendar, at).date()
    here = current_round(usul, opened, today)
    result = published(usul, here.approves_until)
    after = say("notice.still_result", date=day(result, say)) if result else ""
    days = {"closes": day(here.closes, say), "approved": day(here.approves_until, say)}
    return f"{say('notice.still_round', **days)} {after}"
