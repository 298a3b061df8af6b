"""What it is to erase a ticket: whose it is, what was said, and what waits to be said."""

from datetime import datetime

from casework.ticket.appointments import wake_key
from casework.trail.actions import Action
from referrals.ticket import Ticket
from storage.unit import Unit


def erase_ticket(unit: Unit, ticket: Ticket, now: datetime, actor: str) -> None:
    """Erase whose *ticket* is and what was said, with what waits to be done about it."""
    unit.erase_ticket(ticket)
    unit.drop_timer(wake_key(ticket.code))
    unit.note(actor, Action.ERASE, now, code=ticket.code)
