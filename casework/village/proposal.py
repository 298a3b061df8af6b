"""The sheet from which an operator types a proposal into the registry: every number whole.

SIKS-NG has no way in for programs: who may work there types what stands here, in the order in
which its form asks: the card, the person, where they live, and then the rest.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Struct

from casework.access.looks import Looks
from casework.board.case import Why
from casework.desk.seeing import Seeing
from casework.staff.person import Staff
from casework.ticket.views import Told
from casework.trail.actions import Action, staff_actor
from casework.village.reading import Answers, Papers
from casework.village.topics import topics
from referrals.district.directory import FieldKind
from referrals.district.staffing import Power
from storage.store import Store
from storage.unit import Outcome

WHY = msgspec.json.encode(Why("SIKS-NG"))
MOST = 50  # sheets at once
ORDER = (FieldKind.KK, FieldKind.NIK, FieldKind.NAME, FieldKind.AREA, FieldKind.WORDS)
UNTYPED = frozenset({FieldKind.PHOTO, FieldKind.PHONE, FieldKind.WHOM})


class ProposalSheet(Struct, frozen=True):
    """What is typed of one case. Prints by its code alone."""

    code: str
    service: Told
    rows: tuple[tuple[Told, str], ...]

    def __repr__(self) -> str:
        return f"ProposalSheet({self.code})"


class Sheets(Struct, frozen=True):
    """What is typed; where *over*, some are missing: the looks of the day are used up."""

    sheets: tuple[ProposalSheet, ...] = ()
    over: bool = False


class Proposals:
    """Makes sheets. Raises StoreUnavailable."""

    def __init__(self, store: Store, seeing: Seeing) -> None:
        self._store = store
        self._seeing = seeing
        self._papers = Papers(store, seeing)
        self._looks = Looks(store, seeing.district)

    async def sheets(self, staff: Staff, codes: Iterable[str], now: datetime) -> Sheets:
        """Return a sheet for each of *codes* that is *staff*'s; the audit keeps who took which.

        None for who may not unmask numbers; each counts among the people looked up in a day.
        """
        found = list[ProposalSheet]()
        wanted = tuple(dict.fromkeys(codes))[:MOST] if staff.may(Power.REVEAL) else ()
        for ticket in await self._store.bare_tickets(wanted):
            claim = self._papers.claim(staff, ticket)
            if claim is None or ticket.service not in topics(self._seeing.district):
                continue
            answers, subject = await self._papers.answers(claim, ticket)
            if not await self._counted(staff, ticket.code, subject, now):
                return Sheets(tuple(found), over=True)
            service = self._seeing.district.services[ticket.service]
            found.append(ProposalSheet(ticket.code, service.label, _rows(answers)))
        return Sheets(tuple(found))

    async def has(self, staff: Staff, code: str) -> bool:
        """Tell whether *staff* may take the sheet of case *code*."""
        able = staff.may(Power.REVEAL) and staff.may(Power.VILLAGE)
        ticket = await self._store.bare_ticket(code) if able else None
        if ticket is None or ticket.service not in topics(self._seeing.district):
            return False
        return self._papers.claim(staff, ticket) is not None

    async def _counted(self, staff: Staff, code: str, subject: str | None, now: datetime) -> bool:
        """Tell whether *staff* may look at one more person, which is counted and noted."""
        look = await self._looks.at(staff, subject or code, now)
        if look is None:
            return False
        unit = self._store.unit()
        look.count(unit)
        who = staff_actor(staff.id)
        unit.note(who, Action.EXPORT, now, code=code, subject=subject, detail=WHY)
        return await self._store.commit(unit) is Outcome.KEPT


def _rows(answers: Answers) -> tuple[tuple[Told, str], ...]:
    """Return label and answer in the order of the registry's form, then what else was said."""
    typed = [(field, told) for field, told in answers if field.kind not in UNTYPED and told]
    ranked = sorted(typed, key=lambda pair: _rank(pair[0].kind))
    return tuple((field.label, told) for field, told in ranked)


def _rank(kind: FieldKind) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)
