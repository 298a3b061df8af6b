"""The steps a page offers: each is a command that is tried, never an entry of a second list."""

from collections.abc import Iterator
from datetime import datetime

from casework.links import Claim
from casework.powers import refused
from referrals import commands
from referrals.directory import District
from referrals.ticket import DeclineReason, Leg, Ticket, TicketState

ANY = "-"  # stands for the words that an officer has not written yet


def possible(
    district: District, claim: Claim, ticket: Ticket, leg: Leg, now: datetime
) -> Iterator[str]:
    """Yield the steps that the lifecycle allows the holder of *claim* right now."""
    for name, command in offered(district, claim, ticket, leg):
        if refused(district, claim, ticket, command, now) is None:
            yield name


def offered(
    district: District, claim: Claim, ticket: Ticket, leg: Leg
) -> Iterator[tuple[str, commands.Command]]:
    """Yield the steps that could stand on the page of *claim*, as commands to try."""
    if claim.desk:
        yield "refer", sent_on(ticket.state, district.desk, ANY)
        return
    yield "accept", commands.Accept(leg=leg.number, expected=None, words=ANY)
    yield "return", commands.Return(leg=leg.number, better="", words=ANY)
    yield "ask", commands.Ask(leg=leg.number, words=ANY)
    yield "resolve", commands.Resolve(leg=leg.number, words=ANY)
    yield "decline", commands.Decline(leg=leg.number, reason=DeclineReason.OTHER, words=ANY)


def sent_on(state: TicketState, agency: str, rule: str) -> commands.Route | commands.ReferAgain:
    """Return the desk's "refer": row 6 for a ticket that no agency had yet, else row 15."""
    kind = commands.Route if state is TicketState.SUBMITTED else commands.ReferAgain
    return kind(agency=agency, rule=rule)
