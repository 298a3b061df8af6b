"""Finding cases by code, telephone or NIK: exactly, by keyed hashes, for a reason that is kept."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import Struct

from casework.access.looks import Looks
from casework.access.scope import sees
from casework.board.reasons import reason_in
from casework.board.returning import came_back
from casework.board.views import Line
from casework.citizen.held import held_elsewhere
from casework.desk.seeing import Seeing
from casework.staff.person import Staff
from casework.trail.actions import Action, staff_actor
from conversations.messages import Address, Channel
from conversations.phones import number_copied
from referrals.codes import read_code
from referrals.states import whose_turn
from referrals.ticket import Ticket
from registry_client.nik import Nik
from storage.store import Store
from storage.unit import Outcome

MOST = 20  # cases of one person that are shown
NUMBERED = tuple(channel for channel in Channel if channel.traits.id_is_number)


class By(StrEnum):
    """What is known of a case that is looked for."""

    CODE = "code"
    PHONE = "phone"
    NIK = "nik"


class Found(Struct, frozen=True):
    """The cases that were found, or the wording key of why nothing could be looked for."""

    lines: tuple[Line, ...] = ()
    fault: str = ""


class Sought(Struct, frozen=True):
    """What the audit keeps of a search, sealed: by what, and why."""

    by: str
    why: str

    def __repr__(self) -> str:
        return f"Sought({self.by})"


class Seeking:
    """Looks for cases on behalf of the console's people. Raises StoreUnavailable."""

    def __init__(self, store: Store, seeing: Seeing) -> None:
        self._store = store
        self._seeing = seeing
        self._looks = Looks(store, seeing.district)

    async def code(self, staff: Staff, text: str) -> str:
        """Return the code that *text* names, if it is of a case that *staff* may see, else ""."""
        code = read_code(text) or ""
        ticket = await self._store.bare_ticket(code) if code else None
        return code if ticket and sees(staff, ticket, self._seeing.district) else ""

    async def person(self, staff: Staff, by: By, text: str, why: str, now: datetime) -> Found:
        """Return the cases of whose telephone or NIK is *text*, for the reason *why*.

        That *staff* looked is kept with its reason, whatever was found, where the person reads it.
        """
        reason = reason_in(why)
        if not reason:
            return Found(fault="why")
        nik = Nik.read(text) if by is By.NIK else None
        number = number_copied(text) if by is By.PHONE else None
        if nik is None and number is None:
            return Found(fault=by.value)
        digits = nik.digits if nik else ""
        look = await self._looks.at(staff, digits or number or "", now)
        if look is None:
            return Found(fault="over")
        found = await self._seen(staff, await self._codes(digits, number or "", now))
        detail = msgspec.json.encode(Sought(by.value, reason))
        unit = self._store.unit()
        look.count(unit)
        for code in [one.code for one in found] or [""]:
            who, subject = staff_actor(staff.id), digits or None
            unit.note(who, Action.SEARCH, now, code=code, subject=subject, detail=detail)
        if await self._store.commit(unit) is not Outcome.KEPT:
            return Found(fault="over")
        return Found(tuple(self._line(one) for one in found))

    async def _codes(self, nik: str, number: str, now: datetime) -> set[str]:
        if nik:
            return set(await self._store.codes_about(nik))
        codes: set[str] = set()
        for own in (Address.of_number(channel, number) for channel in NUMBERED):
            codes |= await self._of(own) | await self._elsewhere(own, now)
        return codes

    async def _of(self, address: Address) -> set[str]:
        """Return the codes of what *address* filed, or is told of."""
        codes = await self._store.codes_of([address])
        return codes | {code for code, _ in await self._store.parts_of(address)}

    async def _elsewhere(self, own: Address, now: datetime) -> set[str]:
        """Return the codes of what the other addresses of *own*'s owner filed while theirs."""
        codes: set[str] = set()
        for other, until in await held_elsewhere(self._store, own, now):
            found = await self._store.bare_tickets(sorted(await self._of(other)))
            codes |= {one.code for one in found if one.opened_at <= until}
        return codes

    async def _seen(self, staff: Staff, codes: Iterable[str]) -> list[Ticket]:
        """Return those of *codes* that *staff* may see, the newest first."""
        found = await self._store.bare_tickets(sorted(codes))
        own = [one for one in found if sees(staff, one, self._seeing.district)]
        return sorted(own, key=lambda one: one.opened_at, reverse=True)[:MOST]

    def _line(self, ticket: Ticket) -> Line:
        leg = ticket.open_leg
        return Line(
            code=ticket.code,
            service=self._seeing.district.services[ticket.service].label,
            area=self._seeing.area_path(ticket.area),
            agency=self._seeing.name_of(leg.agency) if leg else "",
            state=ticket.state,
            turn=whose_turn(ticket),
            priority=ticket.priority,
            channel="",
            opened_at=ticket.opened_at,
            due=None,
            overdue=False,
            risky=False,
            holder="",
            mine=False,
            returned=came_back(ticket),
        )
