"""What can be promised when a ticket is filed: what its clocks say once an office has it."""

from datetime import datetime

from referrals.clocks import Clock, Running
from referrals.district.directory import District, Priority, Service
from referrals.due.dues import due_at
from referrals.ticket import Ticket, TicketState

AT_THE_OFFICE, AT_THE_DESK = Clock.C2, Clock.C1  # the first clock of a ticket, by who has it


def first_due(
    district: District, service: Service, priority: Priority, at: datetime, clock: Clock
) -> datetime | None:
    """Return when *clock* of a ticket about *service* filed *at* that time is due first.

    None where no calendar tells.
    """
    ticket = Ticket(
        code="",
        service=service.code,
        area="",
        state=TicketState.SUBMITTED,
        since=at,
        opened_at=at,
        priority=priority,
        sensitivity=service.sensitivity,
    )
    return due_at(ticket, Running(clock, at), district)
