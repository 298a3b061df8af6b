"""What the holder of a link may do: open it, send a ticket on, and which steps are offered."""

from collections.abc import Iterator

from msgspec.structs import replace

from casework.links import Claim
from referrals import commands
from referrals.choosing import Refusal
from referrals.directory import Agency, District
from referrals.guards import is_vault
from referrals.routing import is_local, may_have
from referrals.ticket import Actor, DeclineReason, Leg, LegState, Role, Ticket, TicketState

ANY = "-"  # stands for the words that an officer has not written yet
TWO_RETURNS = 2  # after which a supervisor decides (lifecycle, row 15)
NOT_ALLOWED = Refusal("agency_not_allowed", None)


def opens(claim: Claim, ticket: Ticket, district: District) -> bool:
    """Tell whether *claim* still opens *ticket*: a vault ticket to its own vault agency only."""
    leg = ticket.leg(claim.leg)
    if claim.desk:
        return not is_vault(ticket) and (leg is not None or claim.leg == 0)
    if leg is None or leg.state is LegState.RECALLED:
        return False
    agency = district.agencies.get(leg.agency)
    return not is_vault(ticket) or (agency is not None and agency.vault)


def acting(claim: Claim, ticket: Ticket) -> Actor:
    """Return who holds the link: the leg's agency, the desk, or after two returns its head."""
    if claim.desk:
        decides = ticket.state is TicketState.TRIAGE and ticket.returns >= TWO_RETURNS
        return Actor(Role.SUPERVISOR if decides else Role.VERIFIER, "desk")
    leg = ticket.leg(claim.leg)
    return Actor(Role.AGENCY, leg.agency if leg else "")


def may_get(district: District, ticket: Ticket, agency: Agency) -> bool:
    """Tell whether *ticket* may be sent to *agency* by hand: as by rule, and vault to vault."""
    service = district.services[ticket.service]
    return agency.vault is is_vault(ticket) and may_have(service, agency)


def addressed(
    district: District, ticket: Ticket, command: commands.Command
) -> commands.Command | Refusal:
    """Return *command* with what the lifecycle asks of its agency; refuse one that may not be."""
    match command:
        case commands.Route(agency=code) | commands.ReferAgain(agency=code):
            agency = _allowed(district, ticket, code)
            if agency is None:
                return NOT_ALLOWED
            return replace(command, local=is_local(agency), vault=agency.vault)
        case commands.Escalate(agency=code):
            agency = _allowed(district, ticket, code)
            return replace(command, vault=agency.vault) if agency else NOT_ALLOWED
        case commands.Return(better=code) if code and not _allowed(district, ticket, code):
            return NOT_ALLOWED
        case _:
            return command


def offered(claim: Claim, ticket: Ticket, leg: Leg) -> Iterator[tuple[str, commands.Command]]:
    """Yield the steps that could stand on the page of *claim*, as commands to try."""
    if claim.desk:
        yield "refer", sent_on(ticket.state, ANY, ANY)
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


def _allowed(district: District, ticket: Ticket, code: str) -> Agency | None:
    agency = district.agencies.get(code)
    return agency if agency and may_get(district, ticket, agency) else None
