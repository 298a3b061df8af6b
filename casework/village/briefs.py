"""What whoever goes and looks takes along about a case: whose, where, and what was said."""

from datetime import datetime

from msgspec import Struct

from casework.board.personal import ROW, person, story
from casework.desk.seeing import Seeing
from casework.staff.person import Staff
from casework.ticket.views import Told
from casework.trail.actions import Action, staff_actor
from casework.village.reading import Papers
from conversations.messages import Place
from storage.store import Store


class Brief(Struct, frozen=True, kw_only=True):
    """A case in short, as its own page shows it: who it is stays masked. Prints as its code."""

    code: str
    service: Told
    area: str  # "Desa Sukamaju, Kecamatan Contoh"
    person: tuple[ROW, ...]
    story: tuple[ROW, ...]
    places: tuple[Place, ...]  # points on the map that stand in the story

    def __repr__(self) -> str:
        return f"Brief({self.code})"


class Briefs:
    """Reads them. Raises StoreUnavailable."""

    def __init__(self, store: Store, seeing: Seeing) -> None:
        self._store = store
        self._seeing = seeing
        self._papers = Papers(store, seeing)

    async def of(self, staff: Staff, code: str, now: datetime) -> Brief | None:
        """Return case *code* in short, None where it is not *staff*'s; each look is noted."""
        ticket = await self._store.bare_ticket(code)
        claim = self._papers.claim(staff, ticket) if ticket else None
        if ticket is None or claim is None:
            return None
        folder = await self._papers.folder(ticket)
        answers, subject = self._papers.read(claim, ticket, folder)
        unit = self._store.unit()
        unit.note(staff_actor(staff.id), Action.PAGE, now, code=code, subject=subject)
        await self._store.commit(unit)
        return Brief(
            code=code,
            service=self._seeing.district.services[ticket.service].label,
            area=self._seeing.area_path(ticket.area),
            person=tuple(person(answers, revealed=False)),
            story=tuple(story(answers)),
            places=self._seeing.places(claim, ticket, folder),
        )
