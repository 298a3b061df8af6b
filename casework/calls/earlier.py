"""What there is already of a caller, a family or a place: told before a form is filed again.

It is a hint against giving twice and asking twice, and never a refusal. Every look is noted.
"""

from collections.abc import Iterable, Mapping

import msgspec
from msgspec import Struct

from casework.access.looks import Look, Looks
from casework.access.scope import sees
from casework.calls.caller import Call
from casework.staff.person import Staff
from casework.ticket.views import Twin
from casework.trail.actions import Action, staff_actor
from conversations.news.ticket_words import listed
from referrals.district.directory import District
from referrals.roles import Sensitivity
from referrals.ticket import Ticket
from referrals.twins import DOUBLE_AID, ONE_CASE
from storage.store import Store
from storage.unit import Outcome

MOST = 10  # tickets of one caller that are shown
ORDINARY = Sensitivity.ORDINARY
CALL, FILING = "call", "filing"  # why it was looked


class OfCaller(Struct, frozen=True):
    """The tickets of a telephone, if it was *looked* at; none where *shared*: several use it.

    None either where it is *over*: whoever answers may look up nobody more on this day.
    """

    tickets: tuple[Twin, ...] = ()
    shared: bool = False
    over: bool = False
    looked: bool = True


class Alike(Struct, frozen=True):
    """What was filed before, none of it where nobody more may be looked up: *over*."""

    tickets: tuple[Twin, ...] = ()
    over: bool = False


class Earlier:
    """Finds tickets by keyed macs, for people of the console who may know of them."""

    def __init__(self, store: Store, district: District, looks: Looks) -> None:
        self._store = store
        self._district = district
        self._looks = looks

    async def of_caller(self, call: Call) -> OfCaller:
        """Return the ordinary tickets of the caller's telephone, the newest first.

        A number is easily made up: what is sensitive takes a proof, and a vault's is never told.
        """
        caller = call.caller
        if not caller.number:
            return OfCaller()
        look = await self._looks.at(call.staff, caller.number, call.at)
        if look is None:
            return OfCaller(over=True)
        found = await self._store.tickets_of(caller.address, MOST)
        shared = len(found) > 1 and await self._store.is_shared(caller.address)
        plain = () if shared else [one for one in found if one.sensitivity is ORDINARY]
        seen = self._known(call.staff, plain, "caller")
        if not await self._noted(call, look, seen, {"why": CALL, "phone": caller.number}):
            return OfCaller(over=True)
        return OfCaller(seen, shared)

    async def like(self, call: Call, service: str, nik: str, area: str) -> Alike:
        """Return what was filed for *service* by *nik*'s family in a year.

        Where no NIK is asked, what is open about it from *area*.
        """
        look = await self._looks.at(call.staff, nik, call.at) if nik else None
        if nik and look is None:
            return Alike(over=True)
        family: tuple[Ticket, ...] = ()
        place: tuple[Ticket, ...] = ()
        if nik:
            family = await self._store.filed_for_family(nik, call.at - DOUBLE_AID)
        else:
            place = await self._store.open_at_place(service, area, call.at - ONE_CASE)
        same = [one for one in family if one.service == service]
        seen = (
            *self._known(call.staff, same, "family"),
            *self._known(call.staff, place, "place"),
        )
        kept = await self._noted(call, look, seen, {"why": FILING}, nik)
        return Alike(seen) if kept else Alike(over=True)

    def _known(self, staff: Staff, found: Iterable[Ticket], same: str) -> tuple[Twin, ...]:
        """Return those of *found* that *staff* may know of."""
        mine = [one for one in listed(tuple(found)) if sees(staff, one, self._district)]
        return tuple(self._twin(one, same) for one in mine)

    async def _noted(
        self,
        call: Call,
        look: Look | None,
        seen: Iterable[Twin],
        asked: Mapping[str, str],
        nik: str = "",
    ) -> bool:
        """Count *look*; have the audit keep who looked for whom, and what they were shown.

        False where the day was used up meanwhile: nothing is to be shown.
        """
        unit, actor = self._store.unit(), staff_actor(call.staff.id)
        detail = msgspec.json.encode(asked)
        unit.note(actor, Action.SEARCH, call.at, subject=nik or None, detail=detail)
        for one in seen:
            unit.note(actor, Action.SEARCH, call.at, code=one.code, detail=detail)
        if look is not None:
            look.count(unit)
        return await self._store.commit(unit) is Outcome.KEPT

    def _twin(self, ticket: Ticket, same: str) -> Twin:
        leg = ticket.open_leg or ticket.last_leg
        code = leg.agency if leg else self._district.desk
        agency, service = self._district.agencies.get(code), self._district.services
        row = service.get(ticket.service)
        return Twin(
            code=ticket.code,
            service_label=row.label if row else ticket.service,
            state=ticket.state,
            opened_at=ticket.opened_at,
            agency_name=agency.name if agency else code,
            same=same,
        )
