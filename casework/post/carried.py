"""What follows from news of a letter: its leg moves on, the citizen hears, the desk is called."""

from datetime import datetime

import msgspec
from msgspec import Struct

from casework.post.couriers import BY_HAND, Lost, Told, mark_of
from casework.programs.open311_news import watch
from casework.telling.letters import (
    LETTER_TIMER,
    NEW,
    OFFICE,
    Envelope,
    Letters,
    Written,
    post,
    timer_of,
)
from casework.telling.notices import Beside
from casework.telling.reach import BY_POST
from casework.ticket.changing import Deed, change
from casework.trail.actions import Action, office_actor
from conversations.say import Say
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.directory import District
from referrals.district.ways import Way, kind_of
from referrals.guards import is_vault
from storage.cases.tickets import StoredTicket
from storage.replies.deliveries import OUT, Delivery, DeliveryState
from storage.replies.letters import KeptLetter
from storage.replies.outbox import OutboxItem
from storage.unit import Unit

TELLS_ANSWERS = frozenset({"webhook", "open311"})  # no page shows them, so the letter does
PRINTED = "/letter"  # behind a leg's page: what is printed of it


class Item(Struct, frozen=True):
    """A letter, what stands in it, and the ticket it is about: None for one that names none."""

    letter: KeptLetter
    written: Written
    stored: StoredTicket | None

    @property
    def announces(self) -> bool:
        """Whether it is the letter that brings its leg to the agency."""
        return self.written.occasion == NEW and self.written.whom == OFFICE


class Carried:
    """Writes what became of a letter into a unit of work."""

    def __init__(self, district: District, letters: Letters, say: Say) -> None:
        self._district = district
        self._letters = letters
        self._say = say

    def tried(self, unit: Unit, item: Item, told: Told, now: datetime) -> list[OutboxItem]:
        """Keep what a try came to, and return the notices for the citizen."""
        unit.keep_delivery(told.delivery)
        if told.due is not None:
            self.goes_on(unit, item.letter, told.due)
        if told.delivery.way in TELLS_ANSWERS and told.delivery.state in OUT:
            unit.note(office_actor(item.letter.agency), Action.LETTER, now, code=item.letter.code)
        return self.arrived(unit, item, told.delivery, now)

    def arrived(self, unit: Unit, item: Item, news: Delivery, now: datetime) -> list[OutboxItem]:
        """Have the leg follow *news*, and return the notices for the citizen."""
        if news.state is DeliveryState.WAITING and news.reason == BY_HAND:
            self._ask_desk_to_carry(unit, item, now)
        if news.state is DeliveryState.DELIVERED and news.way == "open311" and news.reference:
            unit.wind(watch(news, now))
        match news.state:
            case DeliveryState.SENT if item.announces:
                return self._note(unit, item, commands.NoteSent(leg=item.letter.leg), now)
            case DeliveryState.DELIVERED if item.announces:
                return self._note(unit, item, commands.NoteDelivered(leg=item.letter.leg), now)
        return []

    def lost(self, unit: Unit, item: Item, lost: Lost, now: datetime) -> list[OutboxItem]:
        """Say that no way works: to the leg, to the citizen and to the desk."""
        if lost.delivery is not None:
            unit.keep_delivery(lost.delivery)
        if lost.due is not None:
            self.goes_on(unit, item.letter, lost.due)
        if not lost.first or item.letter.agency == self._district.desk:
            return []
        if not item.announces:
            self._call_desk(unit, item, now)
            return []
        note = commands.NoteUndeliverable(leg=item.letter.leg)
        notices = self._note(unit, item, note, now)
        self._call_desk(unit, item, now)
        return notices

    def closed(self, unit: Unit, item: Item, way: Way, now: datetime) -> None:
        """Remember that *way* is closed for good, and tell the desk."""
        unit.keep_note(closed_key(item.letter.agency, way), now.isoformat())
        self._tell_desk(unit, "way_gone", now, agency=self._name(item), way=kind_of(way))

    def goes_on(self, unit: Unit, letter: KeptLetter, due: datetime) -> None:
        """Have *letter* carried on when it is *due*."""
        unit.set_timer(timer_of(letter.id), LETTER_TIMER, due, b"")

    def _note(
        self, unit: Unit, item: Item, command: commands.Command, now: datetime
    ) -> list[OutboxItem]:
        """Move the leg where the lifecycle lets it; an answered one has moved on already."""
        if item.stored is None:
            return []
        changed = change(unit, item.stored, command, Deed(BY_POST, now), self._district)
        if isinstance(changed, Refusal):
            return []
        return self._letters.notices.tell(unit, item.stored, changed, Beside(), now)

    def _ask_desk_to_carry(self, unit: Unit, item: Item, now: datetime) -> None:
        """Have the desk print what its link shows; what has none, it tells the office itself."""
        if item.stored is None or item.letter.agency == self._district.desk:
            return
        letter = item.letter
        link = f"{item.written.link}{PRINTED}" if item.written.link else ""
        to = Envelope(letter.agency, letter.code, letter.leg)
        self._letters.ask_desk_to_carry(unit, item.stored.ticket, to, link, now)

    def _call_desk(self, unit: Unit, item: Item, now: datetime) -> None:
        """Tell the desk that an office cannot be reached; of a vault's letter nothing else."""
        ticket = item.stored.ticket if item.stored else None
        if ticket is None or is_vault(ticket):
            self._tell_desk(unit, "unreachable_vault", now, agency=self._name(item))
        else:
            self._letters.tell_desk(unit, ticket, "unreachable", now, item.letter.leg)

    def _tell_desk(self, unit: Unit, occasion: str, now: datetime, **filled: str) -> None:
        """Write a letter about an office, which names no ticket."""
        written = Written(
            subject=self._say(f"letter.{occasion}_subject", **filled),
            text=self._say(f"letter.{occasion}", **filled),
            link="",
            occasion=occasion,
        )
        to = Envelope(self._district.desk, "", 0)
        post(unit, to, msgspec.json.encode(written), now)

    def _name(self, item: Item) -> str:
        agency = self._district.agencies.get(item.letter.agency)
        return agency.name.id if agency else item.letter.agency


def closed_key(agency: str, way: Way) -> str:
    """Return under which key it is kept that *way* to *agency* is closed."""
    return f"way:{agency}:{mark_of(way)}"
