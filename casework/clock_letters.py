"""Which offices hear of what the clocks did: nudges, late offices' heads and who stands above."""

from datetime import datetime

from casework.letters import NEW, Letters, To
from referrals import events
from referrals.escalation import above
from referrals.guards import is_vault
from referrals.states import AT_THE_AGENCY
from referrals.ticket import Ticket, TicketState
from storage.unit import Unit

DESKS = frozenset({TicketState.SUBMITTED, TicketState.TRIAGE})
HEADS = 1  # the level at which the late office's own head is told


def tell_of_clocks(
    letters: Letters, unit: Unit, ticket: Ticket, event: events.Event, now: datetime
) -> None:
    """Write what *event*, which a clock or a receipt brought, means to the offices."""
    match event:
        case events.Referred():
            letters.tell_agency(unit, ticket, NEW, now)
        case events.Escalated(leg=leg):
            letters.tell_agency(unit, ticket, "recalled", now, leg)
            letters.tell_agency(unit, ticket, NEW, now)
        case events.AcceptanceOverdue(leg=leg):
            letters.tell_head(unit, ticket, "overdue", now, leg)
        case events.LegExpired(leg=leg):
            letters.tell_agency(unit, ticket, "expired", now, leg)
            letters.tell_desk(unit, ticket, "unaccepted", now, leg)
        case events.Breached():
            _breached(letters, unit, ticket, event, now)
        case events.StillWaiting():
            _nudged(letters, unit, ticket, now)
        case events.NotReached():
            letters.tell_desk(unit, ticket, "unreached", now)
        case events.WaitingEnded() if ticket.asking:
            letters.tell_agency(unit, ticket, "unanswered", now, ticket.asking)
        case events.Resumed(leg=leg):
            letters.tell_agency(unit, ticket, "review", now, leg)
        case _:
            pass


def _breached(
    letters: Letters, unit: Unit, ticket: Ticket, event: events.Breached, now: datetime
) -> None:
    """Tell the late office's head, then who stands above it; a vault's own head throughout."""
    leg = ticket.leg(event.leg)
    if leg and (event.level == HEADS or is_vault(ticket)):
        letters.tell_head(unit, ticket, "breach_1", now, leg.number)
    elif event.level == HEADS:
        letters.tell_supervisor(unit, ticket, "breach_desk", now)
    else:
        late = leg.agency if leg else letters.district.desk
        office = above(event.level, letters.district, late)
        occasion = f"breach_{event.level}" if leg else f"breach_{event.level}_desk"
        letters.inform(unit, ticket, To(office, event.leg), occasion, now)


def _nudged(letters: Letters, unit: Unit, ticket: Ticket, now: datetime) -> None:
    """Remind whoever's turn it is that somebody waits for them."""
    if ticket.state in AT_THE_AGENCY:
        for leg in ticket.open_legs:
            letters.tell_agency(unit, ticket, "nudge", now, leg.number)
    elif ticket.state is TicketState.APPEAL:
        letters.tell_appeal(unit, ticket, now)
    elif ticket.state in DESKS:
        letters.tell_desk(unit, ticket, "nudge_desk", now)
    elif ticket.awaited and ticket.awaited.failed:
        letters.tell_desk(unit, ticket, "unreached", now)
