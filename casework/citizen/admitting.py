"""Who may file what by chat: for themself, for others, or for a resident before them; how much.

What hinders it is the wording that whoever files reads then.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct

from casework.citizen.asks import Ask
from casework.citizen.filing import Filing, nik_of
from casework.staff.person import Staff
from casework.trail.actions import Action, staff_actor
from conversations.messages import Address
from conversations.records.parties import Method, Relation
from conversations.turn import OpenTicket
from referrals.district.directory import District
from referrals.district.staffing import Power
from storage.store import Store
from storage.unit import Unit
from storage.upkeep.erasing import NOBODY

NO_ACCOUNT = "village.no_account"  # where a resident's form lost the account that began it
NOT_TEXTED = "another.not_texted"  # where whom it is for was asked often enough
ROOM_KEPT = 2  # times `most_open`: so many a telephone may have open of what cannot wait
HEARD = "door.enough_heard"  # the same of those who call for a person, or are in danger
ENOUGH = "door.enough_open"  # what they read who have as many tickets open as one telephone may

Who = Callable[[Address, datetime], Awaitable[Staff | None]]
"""Who of a village works from a chat at a time; None where nobody does."""


class Handed(Struct, frozen=True):
    """A form that *citizen* hands in *at* (aware, UTC); *token* is its only chance."""

    record: OpenTicket
    citizen: Address
    at: datetime
    token: str

    @property
    def for_resident(self) -> bool:
        """Whether they say that they file it for a resident, as somebody of a village."""
        another = self.record.another
        return another is not None and another.relation is Relation.OFFICER

    @property
    def lacks_account(self) -> bool:
        """Whether only an account may file it; where a life is at stake anybody may."""
        another, resident = self.record.another, self.record.draft.resident
        return resident and another is not None and another.method is not Method.VITAL

    def __repr__(self) -> str:
        return f"Handed({self.record.code})"


class Admitting:
    """Files what may be filed. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District, filing: Filing, who: Who) -> None:
        self._store = store
        self._district = district
        self._filing = filing
        self._who = who

    async def open(self, unit: Unit, handed: Handed) -> str | None:
        """Have *unit* file what was *handed* in, or return what hinders it.

        What a village's officer files for a resident bears their account. Who they file for is
        bounded by nothing: each of it is noted in their name. It is not theirs to follow or
        answer: until its person agrees, its news go to nobody.
        """
        operator, record = await self._operator(handed), handed.record
        if refused := await self._refused(handed, operator):
            return refused
        contact = NOBODY if operator else handed.citizen
        self._filing.open(unit, record, contact, handed.at, handed.token, operator=operator)
        if operator:
            nik = nik_of(record.draft, self._district.services[record.draft.service])
            unit.note(operator, Action.FILED, handed.at, code=record.code, subject=nik)
        return None

    async def _operator(self, handed: Handed) -> str:
        """Return the account that files for a resident from its bound chat, or nothing.

        What somebody files for themself or their family is theirs, whatever they work as.
        """
        if not handed.for_resident:
            return ""
        staff = await self._who(handed.citizen, handed.at)
        return staff_actor(staff.id) if staff and staff.may(Power.FILE) else ""

    async def _refused(self, handed: Handed, operator: str) -> str:
        if not operator and handed.lacks_account:
            return NO_ACCOUNT
        if not operator and (enough := await self._enough(handed)):
            return enough
        ask = Ask(handed.record.another, handed.citizen, operator)
        fits = await ask.fits(self._store, self._district, handed.at)
        return "" if fits else NOT_TEXTED

    async def _enough(self, handed: Handed) -> str:
        """Return what they read who have too much open for another, or nothing.

        For a person and for safety there is room when all other is taken, though not without
        end: an officer, and whoever keeps a vault, would find nobody else's among hundreds.
        """
        district = self._district
        service = district.services[handed.record.draft.service]
        first = service.safe_path or service.code == district.person_service
        most = district.most_open * (ROOM_KEPT if first else 1)
        full = await self._store.has_open(handed.citizen, most)
        return (HEARD if first else ENOUGH) if full else ""
