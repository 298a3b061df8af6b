"""Letters on paper: what is printed for an office that has nothing else, and who brought it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import opens
from casework.desk.agency_desk import AgencyDesk
from casework.desk.doing import Office
from casework.post.carried import Carried, Item
from casework.post.couriers import BY_HAND
from casework.telling.letters import Written
from casework.ticket.again import again
from casework.ticket.views import LegView
from casework.trail.actions import Action, office_actor
from referrals.guards import is_vault
from storage.cases.tickets import StoredTicket
from storage.replies.deliveries import Delivery, DeliveryState
from storage.replies.letters import KeptLetter
from storage.replies.outbox import OutboxItem
from storage.unit import Outcome

LONGEST_TAKER = 80  # characters of who took it


class Handed(Enum):
    """What became of the word that letters were handed over."""

    KEPT = "kept"
    NOTHING = "nothing"  # the link opens nothing, or nothing waited
    BUSY = "busy"  # others kept changing the ticket: say it once more


class PaperLetter(Struct, frozen=True, kw_only=True):
    """One letter to print. *waits* until somebody brought it."""

    at: datetime  # aware, UTC
    subject: str
    text: str  # empty of one that led to a page: paper shows what stands there
    waits: bool


class Printed(Struct, frozen=True):
    """The letters about one leg that go on paper, and what its office may know."""

    view: LegView
    sheets: tuple[PaperLetter, ...]

    @property
    def waits(self) -> bool:
        """Whether any of them still has to be brought."""
        return any(sheet.waits for sheet in self.sheets)


class Handing:
    """Shows what is to be printed, and hears that it was handed over."""

    def __init__(
        self,
        office: Office,
        desk: AgencyDesk,
        carried: Carried,
        hand_over: Callable[[Iterable[OutboxItem]], None],
    ) -> None:
        self._office = office
        self._store = office.store
        self._desk = desk
        self._carried = carried
        self._hand_over = hand_over

    async def sheets(self, token: str, now: datetime) -> Printed | None:
        """Return what the holder of *token* prints, or None for a link that opens nothing.

        The look is noted as any look at the leg's page is. The desk prints by the leg's own link,
        which its letter brings: what its own link shows is not all meant for that office.
        """
        claim = self._office.links.read(token, now)
        if claim is None or claim.desk:
            return None
        view = await self._desk.see(token, now)
        if view is None or view.vault:
            return None
        found = await self._by_hand(view.code, view.leg)
        return Printed(view, tuple(_sheet(letter, news) for letter, news in found))

    async def handed(self, token: str, taken_by: str, now: datetime) -> Handed:
        """Keep that the letters of *token*'s leg were handed over to *taken_by*."""
        return await again(lambda: self._try(token, taken_by, now)) or Handed.BUSY

    async def _try(self, token: str, taken_by: str, now: datetime) -> Handed | None:
        """Return None when the ticket changed meanwhile."""
        claim = self._office.links.read(token, now)
        stored = await self._store.ticket(claim.code) if claim else None
        district = self._office.seeing.district
        if claim is None or stored is None or not opens(claim, stored.ticket, district):
            return Handed.NOTHING
        if claim.desk or is_vault(stored.ticket):
            return Handed.NOTHING
        waiting = [
            (letter, news)
            for letter, news in await self._by_hand(claim.code, claim.leg)
            if _waits(news)
        ]
        if not waiting:
            return Handed.NOTHING
        return await self._keep(claim, stored, waiting, taken_by, now)

    async def _keep(
        self,
        claim: Claim,
        stored: StoredTicket,
        waiting: list[tuple[KeptLetter, Delivery]],
        taken_by: str,
        now: datetime,
    ) -> Handed | None:
        unit = self._store.unit()
        unit.note(office_actor(district_desk(self._office)), Action.LETTER, now, code=claim.code)
        items: list[OutboxItem] = []
        for letter, news in waiting:
            told = replace(
                news,
                state=DeliveryState.DELIVERED,
                reason="",
                reference=taken_by[:LONGEST_TAKER],
                at=now,
            )
            unit.keep_delivery(told)
            item = Item(letter, msgspec.json.decode(letter.body, type=Written), stored)
            items = items or self._carried.arrived(unit, item, told, now)
        if await self._store.commit(unit) is not Outcome.KEPT:
            return None
        self._hand_over(items)
        return Handed.KEPT

    async def _by_hand(self, code: str, leg: int) -> list[tuple[KeptLetter, Delivery]]:
        """Return the letters about a leg that went on paper, the newest first."""
        found = []
        for news in await self._store.deliveries_of(code, leg):
            letter = await self._store.letter(news.letter) if news.way == "letter" else None
            if letter is not None:
                found.append((letter, news))
        return found[::-1]


def district_desk(office: Office) -> str:
    """Return the code of the desk, which prints and brings letters."""
    return office.seeing.district.desk


def _waits(news: Delivery) -> bool:
    return news.state is DeliveryState.WAITING and news.reason == BY_HAND


def _sheet(letter: KeptLetter, news: Delivery) -> PaperLetter:
    written = msgspec.json.decode(letter.body, type=Written)
    return PaperLetter(
        at=letter.at,
        subject=written.subject,
        text="" if written.link else written.text,
        waits=_waits(news),
    )
