"""What a citizen said against an office's answer, as long as no office has answered anew."""

from casework.board.views import Objection
from casework.desk.agency_desk import Look
from casework.desk.seeing import Seeing, heard_by
from casework.ticket.discretion import discretion
from casework.ticket.history import Reader
from referrals import events
from referrals.guards import is_vault
from referrals.states import AT_THE_AGENCY
from referrals.ticket import Ticket

AGAINST = (events.NotSolved, events.NotReceived)


def came_back(ticket: Ticket) -> bool:
    """Tell whether *ticket* was answered before, and is at work again."""
    return ticket.reopens > 0 and ticket.state in AT_THE_AGENCY


def objection(seeing: Seeing, look: Look) -> Objection | None:
    """Return when the citizen last said that it is not solved; None where that is not the matter.

    Their words are there only for who reads them in the history as well.
    """
    claim, stored, folder = look
    ticket = stored.ticket
    reader = Reader(seeing.leg_of(claim, ticket), claim.role, vault=is_vault(ticket))
    shown = reader.until_its_end(folder.entries)
    against = [entry for entry in shown if isinstance(entry.event, AGAINST)]
    if not against or not came_back(ticket):
        return None
    heard = heard_by(reader, discretion(seeing.district, ticket, reader), folder)
    said = heard.get(against[-1].seq)
    return Objection(against[-1].at, said.text if said else "")
