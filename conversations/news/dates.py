"""When what a ticket waits for is due: the one date that a citizen reads everywhere."""

from collections.abc import Mapping
from datetime import datetime

from referrals.clocks import Clock
from referrals.district.directory import District
from referrals.due.dues import Due, dues
from referrals.entries import LEG_CLOCKS
from referrals.ticket import Ticket, TicketState

CLOCKS: Mapping[TicketState, Clock] = {  # which clock says when what a state waits for is due
    TicketState.SUBMITTED: Clock.C1,
    TicketState.NEEDS_INFO: Clock.C6,
    TicketState.TRIAGE: Clock.C7,
    TicketState.REFERRED: Clock.C2,
    TicketState.IN_PROGRESS: Clock.C4,
    TicketState.RESOLVED: Clock.C5,
    TicketState.DECLINED: Clock.C5,
    TicketState.APPEAL: Clock.C10,
}


def due_of(ticket: Ticket, district: District) -> datetime | None:
    """Return when what *ticket* waits for is due; None where nothing runs or no calendar tells.

    Of several legs it is the time of the one that is waited for.
    """
    clock = CLOCKS.get(ticket.state)
    running = [due for due in dues(ticket, district) if due.clock is clock and not due.paused]
    found = [due.at for due in running if due.at and _is_waited_for(due, ticket)]
    return min(found, default=None)


def _is_waited_for(due: Due, ticket: Ticket) -> bool:
    leg = ticket.busiest_leg
    return due.clock not in LEG_CLOCKS or (leg is not None and due.leg == leg.number)
