"""The agenda of a village's next meeting: what it has to decide, and no more about anybody.

Names stand whole only for who may unmask them. No list has a NIK, a desil or anybody's story.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from casework.board.case import Why
from casework.board.personal import veiled
from casework.desk.seeing import Seeing
from casework.staff.person import Staff
from casework.ticket.views import Told
from casework.village.reading import Answers, Papers
from casework.village.topics import agreed_of, of_village
from referrals.district.directory import FieldKind
from referrals.district.staffing import Power
from referrals.ticket import Ticket, TicketState
from storage.store import Store

NEIGHBOURS = "rt_rw"  # key of the question in which part of the village they live

WHY = msgspec.json.encode(Why("agenda"))


class Item(Struct, frozen=True, kw_only=True):
    """A case on the agenda. Prints by its code alone."""

    code: str
    service: Told
    area: str
    name: str  # whole or in initials, empty where nobody may know
    where: str  # RT and RW
    state: TicketState
    opened_at: datetime

    def __repr__(self) -> str:
        return f"Item({self.code})"


class Agenda:
    """Makes it. Raises StoreUnavailable."""

    def __init__(self, store: Store, seeing: Seeing) -> None:
        self._store = store
        self._seeing = seeing
        self._papers = Papers(store, seeing)

    async def items(self, staff: Staff, now: datetime) -> tuple[Item, ...]:
        """Return what *staff*'s next meeting decides, the oldest first; each look is noted."""
        tickets = await of_village(self._store, self._seeing.district, staff)
        return await self._shown(staff, tickets, now)

    async def agreed(self, staff: Staff, now: datetime) -> tuple[Item, ...]:
        """Return what *staff*'s meetings agreed to and is still open; each look is noted."""
        tickets = await agreed_of(self._store, self._seeing.district, staff)
        return await self._shown(staff, tickets, now)

    async def _shown(
        self, staff: Staff, tickets: Iterable[Ticket], now: datetime
    ) -> tuple[Item, ...]:
        found, seen = list[Item](), list[tuple[str, str | None]]()
        for ticket in tickets:
            claim = self._papers.claim(staff, ticket)
            if claim is None:
                continue
            answers, subject = await self._papers.answers(claim, ticket)
            found.append(self._item(staff, ticket, answers))
            seen.append((ticket.code, subject))
        if seen:
            await self._papers.note(staff, WHY, now, seen)
        return tuple(found)

    def _item(self, staff: Staff, ticket: Ticket, answers: Answers) -> Item:
        service = self._seeing.district.services[ticket.service]
        name = next((told for field, told in answers if field.kind is FieldKind.NAME), "")
        return Item(
            code=ticket.code,
            service=service.label,
            area=self._seeing.area_path(ticket.area),
            name=name if staff.may(Power.REVEAL) else veiled(FieldKind.NAME, name),
            where=next((told for field, told in answers if field.key == NEIGHBOURS), ""),
            state=ticket.state,
            opened_at=ticket.opened_at,
        )
