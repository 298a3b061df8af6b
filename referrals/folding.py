"""Fold what happened into a ticket: the table says where an event leads, its marks the rest."""

from datetime import datetime

from msgspec.structs import replace

from referrals.entries import AT_WORK, WAITING, Transition
from referrals.events import Asked, ConsentAwaited, Event, Opening
from referrals.happened import Happened, LegHappened, tag, with_leg
from referrals.states import AT_THE_AGENCY, OPEN, OVER
from referrals.ticket import (
    OPEN_LEGS,
    Awaited,
    ClosedBecause,
    Leg,
    LegState,
    Ticket,
    TicketState,
)
from referrals.ticking import heard, ticked
from referrals.transitions import OUTCOMES

FOLDING_VERSION = 4  # counts up when logs already written fold into other tickets than before
BY_ITS_LEGS = AT_THE_AGENCY | {TicketState.TRIAGE}


def opened(event: Opening) -> Ticket:
    """Return the ticket that *event* opens."""
    entry = OUTCOMES[type(event), None]
    ticket = Ticket(
        code=event.code,
        service=event.service,
        area=event.area,
        state=entry.to or TicketState.SUBMITTED,
        since=event.at,
        opened_at=event.at,
        priority=event.priority,
        sensitivity=event.sensitivity,
        privacy=event.privacy,
        cooling_hours=event.cooling_hours,
        kept_out=event.kept_out,
        for_another=isinstance(event, ConsentAwaited),
        events=1,
        last=tag(type(event)),
    )
    return ticked(ticket, entry, event)


def folded(ticket: Ticket, event: Event) -> Ticket:
    """Return *ticket* after *event*; raises ValueError where it cannot have happened."""
    entry = OUTCOMES.get((type(event), ticket.state))
    if entry is None:
        raise ValueError(f"{tag(type(event))} tells no story of a ticket that is {ticket.state}")
    marked = event.marks(_with_leg_moved(ticket, entry, event))
    return _moved(ticked(marked, entry, event), entry, event)


def standing(ticket: Ticket) -> TicketState:
    """Return where a ticket stands that agencies have, or had: as the busiest of its legs."""
    states = {leg.state for leg in ticket.open_legs}
    if states & AT_WORK:
        return TicketState.IN_PROGRESS
    if states & WAITING:
        return TicketState.REFERRED
    return TicketState.ON_HOLD if states else TicketState.TRIAGE


def _with_leg_moved(ticket: Ticket, entry: Transition, event: Event) -> Ticket:
    leg = ticket.leg(event.leg) if entry.leg and isinstance(event, LegHappened) else None
    if leg is None or entry.leg is None or entry.leg.to is None:
        return ticket
    centre = leg.with_centre if entry.leg.to in OPEN_LEGS else None
    return with_leg(ticket, replace(leg, state=entry.leg.to, since=event.at, with_centre=centre))


def _moved(ticket: Ticket, entry: Transition, event: Happened) -> Ticket:
    to = _state(ticket, entry)
    told = to in OPEN and not entry.quiet
    return replace(
        ticket,
        state=to,
        since=ticket.since if to is ticket.state else event.at,
        before=_before(ticket, to),
        closed_because=_ending(ticket, entry, to),
        legs=tuple(_ended(leg, event.at) for leg in ticket.legs) if to in OVER else ticket.legs,
        awaited=_awaited(ticket, entry, to, event.at),
        asking=event.leg if isinstance(event, Asked) else ticket.asking,
        clocks=heard(ticket.clocks, event.at) if told else ticket.clocks,
        handled=_with(ticket.handled, event.by),
        events=ticket.events + 1,
        last=tag(type(event)),
    )


def _state(ticket: Ticket, entry: Transition) -> TicketState:
    to = entry.to or (ticket.before if entry.back else None) or ticket.state
    if to not in BY_ITS_LEGS:
        return to
    asked = ticket.state is TicketState.NEEDS_INFO and not entry.back
    return TicketState.NEEDS_INFO if asked else standing(ticket)


def _before(ticket: Ticket, to: TicketState) -> TicketState | None:
    """Return where the answer to a question leads back to; a ticket asked about stays asked."""
    if to is not TicketState.NEEDS_INFO:
        return None
    return ticket.before if ticket.state is to else ticket.state


def _awaited(ticket: Ticket, entry: Transition, to: TicketState, at: datetime) -> Awaited | None:
    """Return the notice that must reach the citizen: a new one, or the same while it counts."""
    if entry.awaits:
        return Awaited(ticket.events + 1, at)
    return ticket.awaited if to is ticket.state else None


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
