"""Whether done counts only with a proof of the work: one rule for pages, programs and servers."""

from referrals.district.directory import District
from referrals.guards import is_vault
from referrals.ticket import Ticket


def wants_proof(district: District, ticket: Ticket) -> bool:
    """Tell whether who says that *ticket* is done has to show it, as its service's row says.

    Of a vault ticket no proof is ever asked for: nobody may see it.
    """
    return district.services[ticket.service].proof and not is_vault(ticket)
