"""Whose screens are told that something happened to a ticket: fewer than may look at it."""

from casework.access.scope import sees
from casework.staff.person import Staff
from casework.ticket.history import GIVEN_BACK
from referrals.district.directory import District
from referrals.district.staffing import Reach
from referrals.roles import Role
from referrals.ticket import Ticket


def hears(staff: Staff, ticket: Ticket, district: District) -> bool:
    """Tell whether *staff* hears that *ticket* moved.

    An office that gave its share back reads no further than that, and so hears no more of it.
    """
    if not sees(staff, ticket, district):
        return False
    if staff.role.acts_as is not Role.AGENCY or staff.role.reach is not Reach.AGENCY:
        return True
    own = [leg for leg in ticket.legs if leg.agency == staff.office]
    return not own or any(leg.state not in GIVEN_BACK for leg in own)
