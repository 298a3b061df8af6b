"""What a village's papers say of a case: no more than each needs, and each look is noted."""

from collections.abc import Iterable
from datetime import datetime

from casework.access.links import Claim
from casework.access.scope import claim_for
from casework.citizen.filing import nik_of
from casework.desk.folder import Folder
from casework.desk.seeing import Seeing
from casework.staff.person import Staff
from casework.ticket.spoken import unpacked
from casework.trail.actions import Action, staff_actor
from conversations.turn import Draft
from referrals.district.directory import Field
from referrals.ticket import Ticket
from storage.store import Store
from storage.unit import Unit

Answers = tuple[tuple[Field, str], ...]


class Papers:
    """Reads what somebody may know of cases. Raises StoreUnavailable."""

    def __init__(self, store: Store, seeing: Seeing) -> None:
        self._store = store
        self._seeing = seeing

    def claim(self, staff: Staff, ticket: Ticket) -> Claim | None:
        """Return what *staff* may do with *ticket*."""
        return claim_for(staff, ticket, self._seeing.district)

    async def answers(self, claim: Claim, ticket: Ticket) -> tuple[Answers, str | None]:
        """Return field and answer of what *claim*'s holder may read, and the NIK it is about."""
        folder = await self.folder(ticket)
        return self.read(claim, ticket, folder)

    async def folder(self, ticket: Ticket) -> Folder:
        """Return what was said about *ticket*."""
        words = await self._store.ticket_words(ticket.code)
        return Folder(words=words, entries=await self._store.entries(ticket.code))

    def read(self, claim: Claim, ticket: Ticket, folder: Folder) -> tuple[Answers, str | None]:
        """Return of *folder* what `answers` does."""
        told = tuple(self._seeing.told(claim, ticket, folder))
        first = folder.words.get(1)
        if first is None:
            return told, None
        draft = Draft(ticket.service, unpacked(first).answers)
        return told, nik_of(draft, self._seeing.district.services[ticket.service])

    async def note(
        self, staff: Staff, why: bytes, now: datetime, of: Iterable[tuple[str, str | None]]
    ) -> None:
        """Have the audit keep that *staff* took a list of *of*: codes and whom each is about."""
        unit: Unit = self._store.unit()
        for code, subject in of:
            unit.note(
                staff_actor(staff.id), Action.EXPORT, now, code=code, subject=subject, detail=why
            )
        await self._store.commit(unit)
