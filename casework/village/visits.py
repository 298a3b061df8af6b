"""A look in the field: the answers are a note for colleagues, the photos lie with the case.

No citizen is told, and nobody but the village's own office and the desk reads it.
"""

from collections.abc import Sequence
from datetime import datetime

from casework.access.links import Claim
from casework.access.scope import claim_for
from casework.board import notes
from casework.files.cleaning import Unfit
from casework.staff.person import Staff
from casework.ticket.views import Opened
from casework.trail.actions import Action, staff_actor
from casework.village.photos import Photos
from referrals.district.directory import District
from referrals.district.staffing import Power
from referrals.ticket import Ticket
from storage.store import Store
from storage.unit import Outcome

ONCE = "village"  # the inbox's name for what villages enter


class FieldVisits:
    """Keeps and shows what was seen. Raises StoreUnavailable and FilesUnavailable."""

    def __init__(self, store: Store, district: District, photos: Photos) -> None:
        self._store = store
        self._district = district
        self._photos = photos

    async def keep(  # noqa: PLR0913 - who saw what, where, with which photos, when, and once
        self,
        staff: Staff,
        code: str,
        text: str,
        photos: Sequence[bytes],
        now: datetime,
        *,
        once: str,
    ) -> str:
        """Keep *text* and *photos* about case *code* once; return what is wrong, or nothing.

        "gone": there is no such case of *staff*'s; "photos": one is unfit; "text": its length.
        """
        own = await self._own(staff, code)
        if own is None:
            return "gone"
        claim, ticket = own
        note, cleans = notes.fit(claim, ticket, text, now), await self._photos.clean(photos)
        if note is None or isinstance(cleans, Unfit):
            return "text" if note is None else "photos"
        unit = self._store.unit()
        unit.first_time(ONCE, f"{staff.id}/{code}/{once}", now)
        unit.note(staff_actor(staff.id), Action.STEP, now, code=code)
        unit.write_note(ticket, note)
        files = await self._photos.shelve(unit, code, cleans, now)
        if await self._store.commit(unit) is not Outcome.KEPT:
            await self._photos.discard(files)
        return ""

    async def photos(self, staff: Staff, code: str) -> tuple[str, ...]:
        """Return the ids of the photos of case *code*, none where *staff* may see none."""
        return await self._photos.of(code) if await self._reads(staff, code) else ()

    async def photo(self, staff: Staff, code: str, number: str, now: datetime) -> Opened | None:
        """Return photo *number* of case *code*, which the audit notes; None for others'."""
        if not await self._reads(staff, code):
            return None
        found = await self._photos.opened(code, number)
        if found is not None:
            unit = self._store.unit()
            unit.note(staff_actor(staff.id), Action.FILE, now, code=code)
            await self._store.commit(unit)
        return found

    async def _reads(self, staff: Staff, code: str) -> bool:
        """Tell whether *staff* may see what visits of case *code* show: as village, or as desk."""
        own = await self._own(staff, code)
        return own is not None and (staff.may(Power.VILLAGE) or own[0].desk)

    async def _own(self, staff: Staff, code: str) -> tuple[Claim, Ticket] | None:
        ticket = await self._store.bare_ticket(code)
        claim = claim_for(staff, ticket, self._district) if ticket else None
        return (claim, ticket) if claim and ticket else None
