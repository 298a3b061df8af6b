"""Whom we answer by SMS, and how much in a day: what is sent there costs the kabupaten money.

Answers are counted in the commit that gives them, whichever process takes the turn. News of one's
own tickets is no answer: it neither counts nor is held back.
"""

from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from bot.clock import Clock
from conversations import spent
from conversations.messages import Address, Inbound, Reply
from conversations.phones import is_texted
from conversations.say import Voices, voice_on
from conversations.session import Session
from handlers.sms_parts import cost, messages
from referrals.district.days import day_in
from referrals.district.directory import District
from referrals.district.working_days import local
from storage.store import Store
from storage.unit import Unit

FOR_DANGER = 24  # segments of a day beyond `Texting.a_day`, for alarms and the safe path


class Left(Enum):
    """What is left of the day's answers to somebody."""

    ENOUGH = "enough"
    FOR_DANGER = "for danger"
    NOTHING = "nothing"


class Instead(Struct, frozen=True):
    """What is said instead of an answer; *once*, where there is one, is its key in the inbox."""

    replies: tuple[Reply, ...]
    once: tuple[str, str] | None = None


class Allowance:
    """Counts answers by SMS, and says what is left of them. Other channels cost nothing here."""

    def __init__(self, store: Store, district: District, voices: Voices, clock: Clock) -> None:
        self._store = store
        self._texting = district.sms
        self._calendar = district.calendar
        self._voices = voices
        self._clock = clock

    def serves(self, sender: Address) -> bool:
        """Say whether *sender* is answered at all."""
        metered = sender.channel.traits.is_metered
        return not metered or is_texted(sender.id, self._texting.countries)

    async def left(self, citizen: Address) -> Left:
        """Return what is left of today's answers to *citizen*. Raises StoreUnavailable."""
        if not citizen.channel.traits.is_metered:
            return Left.ENOUGH
        used = await self._store.spent(citizen, local(self._calendar, self._clock.now()))
        if used < self._texting.a_day:
            return Left.ENOUGH
        return Left.FOR_DANGER if used < self._texting.a_day + FOR_DANGER else Left.NOTHING

    def count(self, unit: Unit, citizen: Address, replies: Sequence[Reply]) -> None:
        """Count *replies*, which *unit* answers *citizen* with by SMS."""
        units = sum(cost(messages(reply)) for reply in replies)
        if units:
            unit.count_spent(citizen, units, local(self._calendar, self._clock.now()))

    def instead(self, session: Session, message: Inbound, left: Left) -> Instead | None:
        """Return what *message* gets where not enough is *left*; None where it is answered.

        The last word is said once a day.
        """
        say = voice_on(message.sender.channel, self._voices[session.language])
        if left is Left.FOR_DANGER:
            if spent.goes_on(session.state, message, say):
                return None
            if numbers := spent.numbers(message, say):
                return Instead((Reply(numbers),))
        today = day_in(self._calendar.zone, self._clock.now()).isoformat()
        return Instead((spent.last_word(say),), ("spent", f"{message.sender.id}/{today}"))
