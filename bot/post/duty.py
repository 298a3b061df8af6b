"""Officers on duty tap a button under a letter: their office's row says who they are."""

import re

import msgspec
import structlog

from bot.clock import Clock
from bot.sending.outbox import Outbox
from bot.taking.turns import Taken, inbox_key
from casework.desk.agency_desk import AgencyDesk
from casework.desk.deeds import Brought
from casework.desk.doing import REPEATED
from casework.telling.letters import Written
from casework.telling.reach import ways_to
from casework.ticket.views import Done
from casework.trail.actions import Action
from conversations.messages import Channel, Choice, Inbound, Reply
from conversations.say import Say
from handlers.agencies.duty import DUTY_PREFIX
from referrals import commands
from referrals.choosing import Refusal
from referrals.codes import shown
from referrals.district.directory import District
from referrals.district.ways import TelegramWay, WhatsappWay
from storage.replies.letters import KeptLetter
from storage.store import Store
from storage.unit import Outcome

BUTTON = re.compile(DUTY_PREFIX + r"accept:([0-9]{1,18})")  # a row's number fits in 18 digits
STRANGER = "stranger"  # the audit's name for a chat that is on no roster
ALREADY = "already"
LATER = frozenset({"busy"})

log = structlog.get_logger()


def is_tap(inbound: Inbound) -> bool:
    """Tell whether *inbound* is an officer's button: no conversation of a citizen has such."""
    return bool(inbound.picked) and str(inbound.picked).startswith(DUTY_PREFIX)


class Duty:
    """Hears officers' taps, and does what they say as their office."""

    def __init__(
        self, store: Store, desk: AgencyDesk, outbox: Outbox, say: Say, clock: Clock
    ) -> None:
        self._store = store
        self._desk = desk
        self._outbox = outbox
        self._say = say
        self._clock = clock

    async def take(self, inbound: Inbound) -> Taken:
        """Accept the leg whose button was tapped, once, and tell the officer what became of it."""
        letter = await self._letter(str(inbound.picked))
        written = msgspec.json.decode(letter.body, type=Written) if letter else None
        if letter is None or written is None or not self._knows(inbound, letter, written):
            return await self._reply(inbound, "letter.duty_stranger", letter, None)
        outcome = await self._desk.act(
            written.link.rpartition("/")[2],
            commands.Accept(leg=letter.leg),
            Brought(once="/".join(inbox_key(inbound))),
            self._clock.now(),
        )
        return await self._reply(inbound, key_of(outcome), letter, written)

    async def _letter(self, value: str) -> KeptLetter | None:
        button = BUTTON.fullmatch(value)
        return await self._store.letter(int(button[1])) if button else None

    def _knows(self, inbound: Inbound, letter: KeptLetter, written: Written) -> bool:
        """Tell whether *letter* went to whoever tapped, and still would."""
        agency = self._district.agencies.get(letter.agency)
        ways = ways_to(self._district, agency, written.whom) if agency else ()
        match inbound.sender.channel:
            case Channel.TELEGRAM:
                chats = (way.chats for way in ways if isinstance(way, TelegramWay))
                return inbound.sender.id in {str(chat) for some in chats for chat in some}
            case Channel.WHATSAPP:
                numbers = (way.numbers for way in ways if isinstance(way, WhatsappWay))
                return inbound.own_number in {number for some in numbers for number in some}
            case Channel.SMS | Channel.WEB:
                return False  # no such buttons are there

    async def _reply(
        self, inbound: Inbound, key: str, letter: KeptLetter | None, written: Written | None
    ) -> Taken:
        """Answer the tap; that a stranger tried is noted."""
        now, unit = self._clock.now(), self._store.unit()
        unit.first_time(*inbox_key(inbound), now)
        if written is None:
            unit.note(STRANGER, Action.REFUSED, now, code=letter.code if letter else "")
        reply = self._words(inbound.sender.channel, key, letter, written)
        items = [unit.send(inbound.sender, reply, now)]
        outcome = await self._store.commit(unit)
        if outcome is Outcome.KEPT:
            self._outbox.hand_over(items)
        return Taken.ANSWERED if outcome is Outcome.KEPT else Taken.KNOWN

    def _words(
        self, channel: Channel, key: str, letter: KeptLetter | None, written: Written | None
    ) -> Reply:
        if letter is None or written is None:
            return Reply(self._say(key))
        agency = self._district.agencies[letter.agency].name.id
        text = self._say(key, code=shown(letter.code), agency=agency)
        if not channel.traits.opens_pages:
            return Reply(f"{text}\n{written.link}")
        if not written.link.startswith("https://"):
            return Reply(text)
        page = Choice(
            f"{DUTY_PREFIX}open:{letter.id}", self._say("letter.duty_open"), written.link
        )
        return Reply(text, (page,))

    @property
    def _district(self) -> District:
        return self._say.district


def key_of(outcome: Done | Refusal) -> str:
    """Return what the officer reads about *outcome*."""
    if isinstance(outcome, Done) or outcome == REPEATED:
        return "letter.duty_accepted"
    if outcome.reason in LATER:
        return "letter.duty_later"
    return "letter.duty_already" if outcome.reason == ALREADY else "letter.duty_over"
