"""Which rows of the work list are somebody's to work on."""

from casework.access.links import Claim
from casework.access.scope import within_reach
from casework.staff.person import Staff
from referrals.district.directory import District
from referrals.due.listing import WHOLE
from referrals.roles import Role
from storage.console.worklist_terms import Sieve


def sieve_for(staff: Staff, district: District) -> Sieve | None:
    """Return what lets pass what *staff* may see in a list, None where that is nothing.

    Whoever acts for an office sees its shares; everybody else tickets as wholes.
    """
    reach = within_reach(staff, district)
    if reach.nothing:
        return None
    own = staff.role.acts_as is Role.AGENCY
    return Sieve(
        shares_of=reach.agencies if own else (),
        areas=() if own and reach.joined else reach.areas,
        or_shares_of=reach.agencies[0] if reach.joined and not own else "",
        sensitivities=reach.sensitivities,
        hidden=reach.hidden,
        kept_from=reach.kept_from,
    )


def listed_leg(claim: Claim) -> int:
    """Return the leg by which the case of *claim* stands in its holder's list."""
    return claim.leg if claim.role is Role.AGENCY else WHOLE
