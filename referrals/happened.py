"""What every event has in common, and the marks that events leave on a ticket."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from referrals.clocks import Clock
from referrals.ticket import Leg, LegState, Ticket

HIGHEST_LEVEL = 3


class Happened(Struct, frozen=True, kw_only=True, tag_field="what", omit_defaults=True):
    """Any event; *by* is the id of the officer who decided, empty for citizens and agencies."""

    at: datetime  # UTC
    by: str = ""

    def marks(self, ticket: Ticket) -> Ticket:
        """Return *ticket* with what this event leaves on it besides its state."""
        return ticket


class LegHappened(Happened, frozen=True, kw_only=True):
    """An event of one leg; 0 is the desk before any agency had the ticket."""

    leg: int


def with_leg(ticket: Ticket, leg: Leg) -> Ticket:
    """Return *ticket* with *leg* in the place of the one of its number."""
    legs = tuple(leg if old.number == leg.number else old for old in ticket.legs)
    return replace(ticket, legs=legs)


def forwarded(
    ticket: Ticket, agency: str, rule: str, at: datetime, *, local: bool = False
) -> Ticket:
    """Return *ticket* with one more leg, waiting to be sent to *agency*."""
    number = len(ticket.legs) + 1
    leg = Leg(
        number=number, agency=agency, state=LegState.QUEUED, since=at, rule=rule, local=local
    )
    return replace(ticket, legs=(*ticket.legs, leg))


def asked(ticket: Ticket, number: int) -> Ticket:
    """Return *ticket* with one more round of questions on leg *number*, or the desk's own."""
    leg = ticket.leg(number)
    if leg is None:
        return replace(ticket, asked=ticket.asked + 1)
    return with_leg(ticket, replace(leg, asked=leg.asked + 1))


def risen(ticket: Ticket, level: int) -> Ticket:
    """Return *ticket* escalated to *level* at least, and to the highest level at most."""
    return replace(ticket, level=min(max(ticket.level, level), HIGHEST_LEVEL))


def reopened(ticket: Ticket) -> Ticket:
    """Return *ticket* with one more reopening on its count."""
    return replace(ticket, reopens=ticket.reopens + 1, outcome=None)


def with_clock(ticket: Ticket, clock: Clock, leg: int = 0, **known: object) -> Ticket:
    """Return *ticket* with what is *known* now about *clock* of *leg*, if it runs."""
    clocks = tuple(
        replace(one, **known) if one.clock is clock and one.leg == leg else one
        for one in ticket.clocks
    )
    return replace(ticket, clocks=clocks)


def stopped(ticket: Ticket, clock: Clock, leg: int) -> Ticket:
    """Return *ticket* without *clock* of *leg*."""
    left = tuple(one for one in ticket.clocks if one.clock is not clock or one.leg != leg)
    return replace(ticket, clocks=left)


def awaiting(ticket: Ticket, **known: object) -> Ticket:
    """Return *ticket* with what is *known* now about the notice that must reach the citizen."""
    notice = ticket.awaited
    return replace(ticket, awaited=notice and replace(notice, **known))


def tag(kind: type[Happened]) -> str:
    """Return the name that logs know this *kind* of event by."""
    return str(kind.__struct_config__.tag)
