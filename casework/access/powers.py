"""What the holder of a link may do: open it, act in its role, and send a ticket on."""

from datetime import datetime

from msgspec.structs import replace

from casework.access.links import Claim
from casework.trail.actions import office_actor, staff_actor
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.directory import Agency, District, Level, Privacy
from referrals.district.places import within
from referrals.district.routing import closed_to, is_local, may_have
from referrals.due.usul_calendar import ahead, is_centres, step_called, way_of
from referrals.guards import is_vault
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.ticket import Actor, LegState, Ticket

NOT_ALLOWED = Refusal("agency_not_allowed", None)
HANDLED_BEFORE = Refusal("handled_before", None)
OFFICERS = frozenset({Role.VERIFIER, Role.SUPERVISOR, Role.APPEAL_OFFICER, Role.DATA_PROTECTION})
Sending = commands.Route | commands.ReferAgain | commands.AddAgency | commands.Escalate


def opens(claim: Claim, ticket: Ticket, district: District) -> bool:
    """Tell whether *claim* still opens *ticket*: a vault ticket to its own vault agency only."""
    if claim.role is Role.FACILITATOR:
        return _may_help(claim, ticket, district)
    leg = ticket.leg(claim.leg)
    if claim.desk:
        return (claim.leg == 0 or leg is not None) and _may_look(claim, ticket, district)
    if leg is None or leg.state is LegState.RECALLED:
        return False
    return not is_vault(ticket) or _is_vaults(district, leg.agency)


def hears_of(claim: Claim, ticket: Ticket, other: Ticket, district: District) -> bool:
    """Tell whether who has *claim* on *ticket* may learn that *other* is of the same family.

    Never an office that *other* is kept from, as it may be about it; of whoever is anonymous
    only the desk.
    """
    office = acting(claim, ticket).id
    if is_vault(other) or office in closed_to(district, other.kept_out):
        return False
    return claim.desk or other.privacy is not Privacy.ANONIM


def acting(claim: Claim, ticket: Ticket) -> Actor:
    """Return who holds the link: the leg's agency, or an officer by the office they sit in.

    An office that decided anything about a ticket does not hear its appeal (`ticket.handled`).
    """
    if claim.role is not Role.AGENCY:
        return Actor(claim.role, claim.office)
    leg = ticket.leg(claim.leg)
    return Actor(Role.AGENCY, leg.agency if leg else "")


def noted_as(claim: Claim, ticket: Ticket) -> str:
    """Return the audit's name for who holds *claim*: an account, or an office behind a link."""
    return staff_actor(claim.who) if claim.who else office_actor(acting(claim, ticket).id)


def refused(
    district: District, claim: Claim, ticket: Ticket, command: commands.Command, now: datetime
) -> Refusal | None:
    """Return why the holder of *claim* may not do *command* now, None when they may.

    What a page offers and what a click does are both asked here.
    """
    if bar := barred(claim, ticket):
        return bar
    to = addressed(district, ticket, command)
    if isinstance(to, Refusal):
        return to
    decided = decide(ticket, to, acting(claim, ticket), now)
    return decided if isinstance(decided, Refusal) else None


def barred(claim: Claim, ticket: Ticket) -> Refusal | None:
    """Return why the holder of *claim* may do nothing at all: their office had a part in it."""
    judges = claim.role is Role.APPEAL_OFFICER
    return HANDLED_BEFORE if judges and had_part(ticket, claim.office) else None


def addressed(
    district: District, ticket: Ticket, command: commands.Command
) -> commands.Command | Refusal:
    """Return *command* with what the lifecycle asks of its agency; refuse one that may not be."""
    match command:
        case commands.Route() | commands.ReferAgain() | commands.AddAgency():
            agency = _allowed(district, ticket, command.agency)
            if agency is None:
                return NOT_ALLOWED
            return replace(command, local=is_local(agency), vault=agency.vault)
        case commands.Escalate(leg=number, agency=code):
            agency = _allowed(district, ticket, code)
            if agency is None or not is_above(district, ticket, number, agency):
                return NOT_ALLOWED
            return replace(command, vault=agency.vault)
        case commands.Return(better=code) if code and not _allowed(district, ticket, code):
            return NOT_ALLOWED
        case _:
            return _on_the_way(district, ticket, command)


def _on_the_way(district: District, ticket: Ticket, command: commands.Command) -> commands.Command:
    """Return *command* with whether central government decides about what it says is ahead."""
    way = way_of(district, ticket.service)
    match command:
        case commands.ReportMilestone(milestone=code) if way and code:
            return replace(command, to_centre=is_centres(ahead(way, (code,))))
        case commands.Hold(milestone=code) if way:
            return replace(command, to_centre=is_centres(step_called(way, code)))
        case _:
            return command


def may_get(district: District, ticket: Ticket, agency: Agency) -> bool:
    """Tell whether *ticket* may be sent to *agency* by hand: as by rule, and vault to vault."""
    service = district.services[ticket.service]
    if agency.code in closed_to(district, ticket.kept_out):
        return False
    return agency.vault is is_vault(ticket) and may_have(service, agency)


def is_above(district: District, ticket: Ticket, number: int, agency: Agency) -> bool:
    """Tell whether *agency* stands above the one of leg *number*.

    No village does, from a sub-district no other, and from a village its own sub-district only.
    """
    leg = ticket.leg(number)
    here = district.agencies.get(leg.agency) if leg else None
    if agency.level is Level.VILLAGE or (here is not None and here.code == agency.code):
        return False
    if not is_local(agency):
        return True
    from_village = here is not None and here.level is Level.VILLAGE
    return from_village and any(within(ticket.area, area) for area in agency.areas)


def had_part(ticket: Ticket, office: str) -> bool:
    """Tell whether *office* had a share of *ticket* or decided about it; a vault has nobody else.

    There, whether its officer decided before is all that counts, and the lifecycle asks that.
    """
    if office in ticket.handled:
        return True
    return not is_vault(ticket) and any(leg.agency == office for leg in ticket.legs)


def appeal_office(district: District, ticket: Ticket) -> str | None:
    """Return who hears an appeal about *ticket*, None where nobody is left.

    It is the first of the district's offices for it that had no part in the ticket; of a vault
    ticket another vault's officers, or the head of its own where there is none.
    """
    if is_vault(ticket):
        leg = ticket.last_leg
        had = leg.agency if leg else ""
        vaults = sorted(code for code, row in district.agencies.items() if row.vault)
        return next((code for code in vaults if code != had), had) or None
    offices = district.appeals or (district.desk,)
    return next((code for code in offices if not had_part(ticket, code)), None)


def protection_office(district: District) -> str:
    """Return the office of the data protection officer; the desk where no row names one."""
    return district.data_protection or district.desk


def _may_help(claim: Claim, ticket: Ticket, district: District) -> bool:
    """Tell whether a facilitator may see *ticket*: of the console's people, never a vault's."""
    return bool(claim.who) and claim.office in district.agencies and not is_vault(ticket)


def _may_look(claim: Claim, ticket: Ticket, district: District) -> bool:
    known = claim.role in OFFICERS and claim.office in district.agencies
    return known and (not is_vault(ticket) or _is_vaults(district, claim.office))


def _is_vaults(district: District, code: str) -> bool:
    agency = district.agencies.get(code)
    return agency is not None and agency.vault


def _allowed(district: District, ticket: Ticket, code: str) -> Agency | None:
    agency = district.agencies.get(code)
    return agency if agency and may_get(district, ticket, agency) else None
