"""Fold what happened into a ticket: the table says where an event leads, its marks the rest."""

from datetime import datetime

from msgspec.structs import replace

from referrals.events import Event, Opening
from referrals.happened import LegHappened, tag, with_leg
from referrals.states import OVER, PAUSED
from referrals.ticket import OPEN_LEGS, ClosedBecause, Leg, LegState, Ticket, TicketState
from referrals.transitions import OUTCOMES, Transition


def opened(event: Opening) -> Ticket:
    """Return the ticket that *event* opens."""
    return Ticket(
        code=event.code,
        service=event.service,
        area=event.area,
        state=OUTCOMES[type(event)].to or TicketState.SUBMITTED,
        since=event.at,
        opened_at=event.at,
        priority=event.priority,
        sensitivity=event.sensitivity,
        events=1,
        last=tag(type(event)),
    )


def folded(ticket: Ticket, event: Event) -> Ticket:
    """Return *ticket* after *event*."""
    entry = OUTCOMES[type(event)]
    marked = event.marks(_with_leg_moved(ticket, entry, event))
    return replace(
        _moved(marked, entry, event.at),
        handled=_with(ticket.handled, event.by),
        events=ticket.events + 1,
        last=tag(type(event)),
    )


def _with_leg_moved(ticket: Ticket, entry: Transition, event: Event) -> Ticket:
    leg = ticket.leg(event.leg) if isinstance(event, LegHappened) else None
    if leg is None or entry.leg is None or entry.leg.to is None:
        return ticket
    return with_leg(ticket, replace(leg, state=entry.leg.to, since=event.at))


def _moved(ticket: Ticket, entry: Transition, at: datetime) -> Ticket:
    to = entry.to or ticket.before or ticket.state
    return replace(
        ticket,
        state=to,
        since=ticket.since if to is ticket.state else at,
        before=ticket.state if to in PAUSED else None,
        closed_because=_ending(ticket, entry, to),
        legs=tuple(_ended(leg, at) for leg in ticket.legs) if to in OVER else ticket.legs,
    )


def _ending(ticket: Ticket, entry: Transition, to: TicketState) -> ClosedBecause | None:
    """Return why the ticket is closed now; a rating changes nothing about that."""
    return (entry.because or ticket.closed_because) if to is TicketState.CLOSED else None


def _ended(leg: Leg, at: datetime) -> Leg:
    """Return *leg* as the end of its ticket leaves it: what was still open is called back."""
    if leg.state not in OPEN_LEGS:
        return leg
    return replace(leg, state=LegState.RECALLED, since=at)


def _with(handled: tuple[str, ...], officer: str) -> tuple[str, ...]:
    return handled if officer in {"", *handled} else (*handled, officer)
