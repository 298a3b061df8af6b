"""What a page keeps from its reader about the citizen, and why: said there, not left to guess."""

from msgspec import Struct

from casework.ticket.history import Reader
from referrals.district.directory import Agency, District, Privacy
from referrals.guards import is_vault
from referrals.roles import Role
from referrals.ticket import Leg, Ticket


class Discretion(Struct, frozen=True):
    """What is hidden: who the citizen is, or all they said. *why* is a wording key, or empty."""

    person: bool = False
    words: bool = False
    why: str = ""


def discretion(district: District, ticket: Ticket, reader: Reader) -> Discretion:
    """Return what *reader* does not get to see of *ticket*.

    The desk and an appeal officer see all, for they decide about the whole; a data protection
    officer decides about the ticket and needs no story. A vault's officer sees all that the safe
    path asked. Of a confidential complaint only the office that it is for hears anything.
    """
    if reader.gave_back:
        return Discretion(person=True, words=True, why="letter.handed_on_note")
    if reader.role is Role.DATA_PROTECTION:
        return Discretion(person=True, words=True, why="letter.protection_note")
    if is_vault(ticket):
        return Discretion(why="letter.vault_note")
    if reader.desk:
        return Discretion(why=_desks_note(district, ticket))
    return _agencys(district, ticket, reader.leg)


def _agencys(district: District, ticket: Ticket, leg: Leg) -> Discretion:
    service = district.services[ticket.service]
    row = district.agencies.get(leg.agency)
    if service.confidential and not _is_for(service.roles, row):
        return Discretion(person=True, words=True, why="letter.confidential_note")
    if ticket.privacy is Privacy.ANONIM:
        return Discretion(person=True, why="letter.anonim_note")
    return Discretion(why="letter.confidential_owner_note" if service.confidential else "")


def _is_for(roles: tuple[str, ...], agency: Agency | None) -> bool:
    return agency is not None and bool(set(roles) & set(agency.roles))


def _desks_note(district: District, ticket: Ticket) -> str:
    """Return what the desk must bear in mind: it knows more than it may pass on."""
    if district.services[ticket.service].confidential:
        return "letter.confidential_desk_note"
    return "letter.anonim_desk_note" if ticket.privacy is Privacy.ANONIM else ""
