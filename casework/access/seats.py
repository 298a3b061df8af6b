"""In which seat somebody does a step: whoever checks for the desk also works on its own share."""

from datetime import datetime

from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import refused
from referrals.attempts import Why
from referrals.commands import Command
from referrals.district.directory import District
from referrals.roles import Role
from referrals.ticket import Leg, Ticket


def own_share(claim: Claim, ticket: Ticket) -> Leg | None:
    """Return the open share of the office in which *claim*'s verifier sits, the newest; else None.

    Only of the console's people: a letter's link has the page of the share beside the desk's.
    """
    if claim.role is not Role.VERIFIER or not claim.who:
        return None
    own = [leg for leg in ticket.open_legs if leg.agency == claim.office]
    return own[-1] if own else None


def seats(claim: Claim, ticket: Ticket) -> tuple[Claim, ...]:
    """Return *claim*, and behind it the one on its holder's own share, if they have one."""
    leg = own_share(claim, ticket)
    if leg is None:
        return (claim,)
    return claim, replace(claim, role=Role.AGENCY, leg=leg.number)


def seat_for(
    district: District, claim: Claim, ticket: Ticket, command: Command, now: datetime
) -> Claim:
    """Return the seat in which *claim*'s holder does *command*, or is told why it may not be."""
    own = seats(claim, ticket)[-1]
    no = refused(district, claim, ticket, command, now)
    if no is None or own is claim:
        return claim
    may = refused(district, own, ticket, command, now) is None
    return own if may or no.reason == Why.NOT_YOURS else claim
