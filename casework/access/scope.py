"""Which tickets somebody of the console may know of, and in whose name they act there.

Role x agency x area x sensitivity. Whatever no rule allows is closed.
"""

from msgspec import Struct

from casework.access.links import Claim
from casework.access.powers import (
    appeal_office,
    had_part,
    may_get,
    opens,
    protection_office,
)
from casework.staff.person import Staff
from referrals.district.directory import Agency, District
from referrals.district.places import within
from referrals.district.routing import closed_to, is_local
from referrals.district.staffing import Power, Reach
from referrals.guards import is_vault
from referrals.roles import Role, Sensitivity
from referrals.ticket import Leg, LegState, Ticket, TicketState

DESKS = frozenset({Role.VERIFIER, Role.SUPERVISOR})


class Within(Struct, frozen=True, kw_only=True):
    """The same as plain values, for statements that narrow a list; `sees` has the last word.

    A ticket is within where its sensitivity is one of *sensitivities*, its service none of
    *hidden*, it is kept from none of the roles *kept_from*, it lies in one of *areas* (empty:
    anywhere), and a leg that was not recalled is one of *agencies*' (empty: anybody's). *joined*
    says that either of the last two is enough, the area alone for what is ordinary.
    """

    sensitivities: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    kept_from: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    joined: bool = False

    @property
    def nothing(self) -> bool:
        """Whether no ticket can be within."""
        return not self.sensitivities


NOTHING = Within()


def sees(staff: Staff, ticket: Ticket, district: District) -> bool:
    """Tell whether *staff* may know that there is *ticket*, and of what kind it is."""
    office = district.agencies.get(staff.office)
    if office is None or ticket.sensitivity not in staff.role.sensitivities:
        return False
    if ticket.service in _hidden(office, district) or _kept_out(office, ticket, district):
        return False
    if is_vault(ticket):
        return _vault_sees(office, ticket, district) and _in_own_areas(staff, ticket)
    return _reaches(staff, office, ticket)


def claim_for(staff: Staff, ticket: Ticket, district: District) -> Claim | None:
    """Return in which role *staff* may act on *ticket*; None where they may look at most."""
    role = staff.role.acts_as
    if role is None or not staff.may(Power.CASE) or not sees(staff, ticket, district):
        return None
    claim = _claim(role, staff, ticket, district)
    return claim if claim is not None and opens(claim, ticket, district) else None


def within_reach(staff: Staff, district: District) -> Within:
    """Return what a statement needs to find the tickets that *staff* may see."""
    office = district.agencies.get(staff.office)
    if office is None:
        return NOTHING
    own = _own_areas(staff, office)
    if staff.role.reach is Reach.AREA and not own:
        return NOTHING
    by_office = staff.role.reach is not Reach.DISTRICT
    return Within(
        sensitivities=tuple(one.value for one in _sensitivities(staff, office)),
        hidden=tuple(sorted(_hidden(office, district))),
        kept_from=tuple(sorted(set(office.roles))),
        areas=own,
        agencies=(office.code,) if by_office else (),
        joined=staff.role.reach is Reach.AREA,
    )


def _claim(role: Role, staff: Staff, ticket: Ticket, district: District) -> Claim | None:
    match role:
        case Role.AGENCY:
            leg = _own_leg(staff.office, ticket)
            return Claim(ticket.code, leg.number, role, leg.agency, staff.id) if leg else None
        case Role.FACILITATOR:
            leg = _own_leg(staff.office, ticket)
            return Claim(ticket.code, leg.number if leg else 0, role, staff.office, staff.id)
        case Role.VERIFIER | Role.SUPERVISOR:
            office = district.desk
        case Role.APPEAL_OFFICER:
            office = appeal_office(district, ticket) or ""
        case Role.DATA_PROTECTION:
            office = protection_office(district)
        case _:
            return None
    return Claim(ticket.code, 0, role, office, staff.id) if staff.office == office else None


def _own_leg(office: str, ticket: Ticket) -> Leg | None:
    """Return the share of *office* that is its turn now, else its newest that was not recalled."""
    own = [one for one in ticket.legs if _counts(one, office)]
    return next(
        (one for one in reversed(own) if one in ticket.open_legs), own[-1] if own else None
    )


def _reaches(staff: Staff, office: Agency, ticket: Ticket) -> bool:
    has_leg = any(_counts(leg, office.code) for leg in ticket.legs)
    match staff.role.reach:
        case Reach.DISTRICT:
            return _in_own_areas(staff, ticket)
        case Reach.AGENCY:
            return has_leg and _in_own_areas(staff, ticket)
        case Reach.AREA:
            areas = _own_areas(staff, office)
            near = any(within(ticket.area, one) for one in areas)
            own = has_leg and (near or is_local(office))
            return bool(areas) and (own or (near and not _is_delicate(ticket)))


def _vault_sees(office: Agency, ticket: Ticket, district: District) -> bool:
    """Tell whether *office* is the vault that has *ticket*, hears its appeal, or is to get it."""
    if not office.vault:
        return False
    if any(_counts(leg, office.code) for leg in ticket.legs):
        return True
    if ticket.state is TicketState.APPEAL and appeal_office(district, ticket) == office.code:
        return not had_part(ticket, office.code)
    return not ticket.legs and may_get(district, ticket, office)


def _kept_out(office: Agency, ticket: Ticket, district: District) -> bool:
    return office.code in closed_to(district, ticket.kept_out)


def _hidden(office: Agency, district: District) -> frozenset[str]:
    """Return the codes of the services that a village or sub-district never hears of."""
    if not is_local(office):
        return frozenset()
    rows = district.services.values()
    return frozenset(row.code for row in rows if row.confidential or row.safe_path)


def _sensitivities(staff: Staff, office: Agency) -> tuple[Sensitivity, ...]:
    named = staff.role.sensitivities
    return tuple(one for one in named if office.vault or one is not Sensitivity.VAULT)


def _own_areas(staff: Staff, office: Agency) -> tuple[str, ...]:
    return staff.areas or (office.areas if staff.role.reach is Reach.AREA else ())


def _in_own_areas(staff: Staff, ticket: Ticket) -> bool:
    return not staff.areas or any(within(ticket.area, one) for one in staff.areas)


def _is_delicate(ticket: Ticket) -> bool:
    """Tell whether living near is no reason to know of *ticket*: only a share of it is."""
    return ticket.sensitivity is not Sensitivity.ORDINARY


def _counts(leg: Leg, office: str) -> bool:
    return leg.agency == office and leg.state is not LegState.RECALLED
