"""To whom a ticket could go next: those of the service's roles first, the near before the far."""

from collections.abc import Iterable

from casework.access.powers import is_above, may_get
from referrals.district.directory import Agency, District
from referrals.district.places import within
from referrals.ticket import Leg, Ticket

Named = tuple[Agency, ...]


def receivers(district: District, ticket: Ticket, leg: Leg) -> Named:
    """Return who may get *ticket* by hand: not the one of *leg*, nor who has a share already."""
    there = {one.agency for one in ticket.open_legs} | ({leg.agency} if leg.number else set())
    rows = district.agencies.values()
    free = (a for a in rows if a.code not in there and may_get(district, ticket, a))
    return _in_order(district, ticket, free)


def above(district: District, ticket: Ticket, leg: Leg) -> Named:
    """Return to whom the office of *leg* can take *ticket* up."""
    found = receivers(district, ticket, leg)
    return tuple(a for a in found if is_above(district, ticket, leg.number, a))


def _in_order(district: District, ticket: Ticket, agencies: Iterable[Agency]) -> Named:
    roles = set(district.services[ticket.service].roles)

    def rank(agency: Agency) -> tuple[bool, bool, str]:
        near = not agency.areas or any(within(ticket.area, area) for area in agency.areas)
        return not near, not roles & set(agency.roles), agency.name.id

    return tuple(sorted(agencies, key=rank))
