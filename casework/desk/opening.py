"""An office that opens the page of its share has the letter, however it was sent."""

from collections.abc import Callable, Iterable
from datetime import datetime

from casework.access.links import Claim
from casework.desk.doing import Office
from casework.telling.notices import Beside
from casework.telling.reach import BY_POST
from casework.ticket.changing import Deed, change
from referrals import commands
from referrals.choosing import Refusal
from referrals.roles import Role
from referrals.ticket import LegState
from storage.cases.tickets import StoredTicket
from storage.replies.outbox import OutboxItem
from storage.unit import Outcome


class Opening:
    """Writes down that a letter arrived, where nobody but its reader could say so."""

    def __init__(self, office: Office, hand_over: Callable[[Iterable[OutboxItem]], None]) -> None:
        self._office = office
        self._hand_over = hand_over

    async def arrived(self, claim: Claim, stored: StoredTicket, now: datetime) -> bool:
        """Note that the letter of *claim* arrived where it was on its way; tell whether it was.

        A race is lost without a word: whoever was faster knows more of the share.
        """
        leg = stored.ticket.leg(claim.leg)
        if claim.role is not Role.AGENCY or leg is None or leg.state is not LegState.SENT:
            return False
        unit, district = self._office.store.unit(), self._office.seeing.district
        note = commands.NoteDelivered(leg=claim.leg)
        changed = change(unit, stored, note, Deed(BY_POST, now), district)
        if isinstance(changed, Refusal):
            return False
        self._office.letters.notices.tell(unit, stored, changed, Beside(), now)
        if await self._office.store.commit(unit) is not Outcome.KEPT:
            return False
        self._hand_over(unit.items)
        return True
