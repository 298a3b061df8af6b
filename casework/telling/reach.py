"""How an office is reached by a letter, and whether anything goes out for it."""

from casework.telling.letters import OFFICE, TO_HEAD
from referrals.district.directory import Agency, District
from referrals.district.ways import InboxWay, LetterWay, Way
from referrals.roles import Role
from referrals.ticket import Actor

BY_POST = Actor(Role.SYSTEM, "courier")  # who notes in a ticket's log how its letters fare


def ways_to(district: District, agency: Agency, whom: str) -> tuple[Way, ...]:
    """Return how *whom* at *agency* is reached; who has no ways of their own, as their office.

    An office without any gets printed letters, but for the desk, which prints them, and vaults.
    """
    bare: Way = InboxWay() if agency.code == district.desk or agency.vault else LetterWay()
    office = agency.ways or (bare,)
    if whom == OFFICE:
        return office
    if whom == TO_HEAD:
        return agency.head or office
    place = int(whom.rpartition("/")[2])
    return agency.on_call[place].ways if place < len(agency.on_call) else office


def lies_in_inbox(district: District, agency: Agency) -> bool:
    """Tell whether a letter to *agency* first of all lies where we write it: nothing goes out."""
    return isinstance(ways_to(district, agency, OFFICE)[0], InboxWay)
