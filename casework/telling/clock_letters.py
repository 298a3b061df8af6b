"""Which offices hear of what the clocks did: nudges, late offices' heads and who stands above."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from casework.telling.letters import NEW, Letters, To
from casework.ticket.appointments import call_later
from referrals import events
from referrals.clock_guards import HEARTBEAT
from referrals.clocks import Clock
from referrals.district.escalation import above
from referrals.guards import is_vault
from referrals.states import AT_THE_AGENCY
from referrals.ticket import Awaited, LegState, Ticket, TicketState
from storage.unit import Unit

DESKS = frozenset({TicketState.SUBMITTED, TicketState.TRIAGE})
HEADS = 1  # the level at which the late office's own head is told


class Desk(Struct, frozen=True):
    """What letters are written with: into *unit*, about *ticket*."""

    letters: Letters
    unit: Unit
    ticket: Ticket
    now: datetime
    safe_at: datetime  # when its citizen may be contacted

    def to_agency(self, occasion: str, leg: int = 0) -> None:
        """Write to the agency of *leg*, 0 for the newest."""
        self.letters.tell_agency(self.unit, self.ticket, occasion, self.now, leg)

    def to_head(self, occasion: str, leg: int) -> None:
        """Write to the head of the agency of *leg*."""
        self.letters.tell_head(self.unit, self.ticket, occasion, self.now, leg)

    def to_desk(self, occasion: str, leg: int = 0) -> None:
        """Write to the district's desk."""
        self.letters.tell_desk(self.unit, self.ticket, occasion, self.now, leg)

    def to_caller(self, occasion: str, leg: int) -> None:
        """Ask for contact with the citizen: a vault's officer when that is safe, not before."""
        if self.safe_at > self.now:
            call_later(self.unit, self.ticket.code, occasion, leg, self.safe_at)
        else:
            ask_to_call(self.letters, self.unit, self.ticket, Call(occasion, leg), self.now)


class Call(Struct, frozen=True):
    """What an office has to tell or ask its citizen in person, by the letter's wording."""

    occasion: str
    leg: int = 0


UNREACHED = "unreached"  # the occasion to tell them in person


def ask_to_call(letters: Letters, unit: Unit, ticket: Ticket, call: Call, now: datetime) -> None:
    """Write to whoever has to make contact: of news the desk, or a vault's own office."""
    write = letters.tell_desk if call.occasion == UNREACHED else letters.tell_agency
    write(unit, ticket, call.occasion, now, call.leg)


def tell_of_clocks(desk: Desk, event: events.Event) -> None:
    """Write what *event*, which a clock or a receipt brought, means to the offices."""
    if write := WRITERS.get(type(event)):
        write(desk, event)


def _referred(desk: Desk, _: events.Referred) -> None:
    desk.to_agency(NEW)


def _escalated(desk: Desk, event: events.Escalated) -> None:
    desk.to_agency("recalled", event.leg)
    desk.to_agency(NEW)


def _overdue(desk: Desk, event: events.AcceptanceOverdue) -> None:
    desk.to_head("overdue", event.leg)


def _expired(desk: Desk, event: events.LegExpired) -> None:
    desk.to_agency("expired", event.leg)
    desk.to_desk("unaccepted", event.leg)


def _breached(desk: Desk, event: events.Breached) -> None:
    """Tell the late office's head, then who stands above it; a vault's own head throughout."""
    letters, leg = desk.letters, event.late(desk.ticket)
    if leg and (event.level == HEADS or is_vault(desk.ticket)):
        desk.to_head("breach_1", leg.number)
    elif event.level == HEADS:
        occasion = "unreached" if event.clock is Clock.C11 else "breach_desk"
        letters.tell_supervisor(desk.unit, desk.ticket, occasion, desk.now)
    else:
        office = above(event.level, letters.district, leg.agency if leg else letters.district.desk)
        occasion = f"breach_{event.level}" if leg else f"breach_{event.level}_desk"
        to = To(office, leg.number if leg else 0)
        letters.inform(desk.unit, desk.ticket, to, occasion, desk.now)


def _still_waiting(desk: Desk, event: events.StillWaiting) -> None:
    """Remind whoever's turn it is that somebody waits for them."""
    ticket = desk.ticket
    if ticket.state in AT_THE_AGENCY:
        for leg in ticket.open_legs:
            desk.to_agency("nudge", leg.number)
    elif ticket.state is TicketState.APPEAL:
        desk.letters.tell_appeal(desk.unit, ticket, desk.now)
    elif ticket.state in DESKS:
        desk.to_desk("nudge_desk")
    elif ticket.awaited and ticket.awaited.failed and _comes_round(ticket.awaited, event.at):
        _not_reached(desk, event)


def _reminded(desk: Desk, event: events.Reminded) -> None:
    """Have a vault's officer ask, in the safe way: nobody else writes to its citizen."""
    ticket = desk.ticket
    if is_vault(ticket):
        answered = ticket.answered_leg.number if ticket.answered_leg else 0
        desk.to_caller("remind", ticket.asking if event.clock is Clock.C6 else answered)


def _not_reached(desk: Desk, _: events.Event) -> None:
    """Ask the desk, or a vault's own office, to tell the citizen in person."""
    desk.to_caller(UNREACHED, 0)


def _comes_round(awaited: Awaited, at: datetime) -> bool:
    """Tell whether to ask again, more and more seldom: at signs of life 1, 2, 4, 8 and so on."""
    number = (at - awaited.since) // HEARTBEAT
    return number & (number - 1) == 0


def _unanswered(desk: Desk, event: events.WaitingEnded) -> None:
    """Tell who asked, and every other office whose share ended with it."""
    for leg in desk.ticket.legs:
        if leg.state is LegState.RECALLED and leg.since == event.at:
            asked = leg.number == desk.ticket.asking
            desk.to_agency("unanswered" if asked else "unanswered_beside", leg.number)


def _resumed(desk: Desk, event: events.Resumed) -> None:
    desk.to_agency("review", event.leg)


WRITERS: Mapping[type[events.Event], Callable[[Desk, Any], None]] = {
    events.Referred: _referred,
    events.Escalated: _escalated,
    events.AcceptanceOverdue: _overdue,
    events.LegExpired: _expired,
    events.Breached: _breached,
    events.StillWaiting: _still_waiting,
    events.Reminded: _reminded,
    events.NotReached: _not_reached,
    events.WaitingEnded: _unanswered,
    events.Resumed: _resumed,
}
