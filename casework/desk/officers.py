"""Links for officers who have no letter at hand: the desk, its head, appeals, data protection."""

from datetime import datetime
from enum import StrEnum

from casework.access.links import Claim
from casework.access.powers import appeal_office, opens, protection_office
from casework.desk.doing import Office
from casework.trail.actions import OPERATOR, Action
from referrals.district.directory import District
from referrals.roles import Role
from referrals.ticket import Ticket


class Desk(StrEnum):
    """Whose link it is, as an operator names it."""

    VERIFIER = "verifier"
    HEAD = "head"
    APPEAL = "appeal"
    PROTECTION = "protection"


ROLES = {
    Desk.VERIFIER: Role.VERIFIER,
    Desk.HEAD: Role.SUPERVISOR,
    Desk.APPEAL: Role.APPEAL_OFFICER,
    Desk.PROTECTION: Role.DATA_PROTECTION,
}


async def link_for(office: Office, code: str, desk: Desk, now: datetime) -> str | None:
    """Return the page of ticket *code* for *desk*, None where there is none that it may open.

    That the link was made is noted: whoever holds it may act.
    """
    stored = await office.store.ticket(code)
    district = office.seeing.district
    if stored is None:
        return None
    claim = Claim(code, 0, ROLES[desk], _seat(district, stored.ticket, desk))
    if not opens(claim, stored.ticket, district):
        return None
    unit = office.store.unit()
    unit.note(OPERATOR, Action.LINK, now, code=code, detail=f"link for {desk}".encode())
    await office.store.commit(unit)
    return office.links.url(claim, now)


def _seat(district: District, ticket: Ticket, desk: Desk) -> str:
    """Return the office in which *desk* sits."""
    match desk:
        case Desk.APPEAL:
            return appeal_office(district, ticket) or ""
        case Desk.PROTECTION:
            return protection_office(district)
        case _:
            return district.desk
