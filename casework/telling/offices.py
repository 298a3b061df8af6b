"""Whom among the offices a change concerns, and the letter that each gets."""

from datetime import datetime

from casework.telling.letters import NEW, Letters
from casework.ticket.changing import Changed
from referrals import events
from referrals.guards import RETURNS_BEFORE_SUPERVISOR, is_vault
from referrals.ticket import OPEN_LEGS, LegState, Ticket, TicketState
from storage.unit import Unit


def tell_offices(
    letters: Letters, unit: Unit, before: Ticket, changed: Changed, now: datetime
) -> None:
    """Write to every office that *changed* gives something to do, or takes it from."""
    ticket = changed.ticket
    for event in changed.events:
        _tell(letters, unit, ticket, event, now)
    itself = {event.leg for event in changed.events if isinstance(event, events.Escalated)}
    for leg in before.legs:
        now_recalled = ticket.legs[leg.number - 1].state is LegState.RECALLED
        if leg.state in OPEN_LEGS and now_recalled and leg.number not in itself:
            letters.tell_agency(unit, ticket, "recalled", now, leg.number)


def _tell(
    letters: Letters, unit: Unit, ticket: Ticket, event: events.Event, now: datetime
) -> None:
    match event:
        case events.Returned():
            _returned(letters, unit, ticket, now)
        case events.Referred() | events.Escalated() | events.AgencyAdded():
            letters.tell_agency(unit, ticket, NEW, now)
        case events.Overturned(leg=leg):
            letters.tell_agency(unit, ticket, "overturned", now, leg)
        case events.OverturnedToDesk():
            letters.tell_desk(unit, ticket, "overturned_to_desk", now)
        case events.ReopenedAtAgency(leg=leg):
            letters.tell_agency(unit, ticket, "reopened", now, leg)
        case _:
            pass


def _returned(letters: Letters, unit: Unit, ticket: Ticket, now: datetime) -> None:
    """Tell the desk; after two returns its head, whose own link decides (row 15)."""
    twice = ticket.returns >= RETURNS_BEFORE_SUPERVISOR and ticket.state is TicketState.TRIAGE
    if twice and not is_vault(ticket):
        letters.tell_supervisor(unit, ticket, "supervisor", now)
    else:
        letters.tell_desk(unit, ticket, "returned", now)
