"""Officers on duty: a message with buttons on Telegram or WhatsApp, or an SMS, without a name.

All go through the channels that citizens are written to; a tap comes back through the same door
and is heard by `bot.post.duty`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct

from conversations.messages import Address, Channel, Choice, Reply
from handlers.agencies.parcel import Parcel, Receipt
from handlers.delivery import DeliveryError
from referrals.district.ways import SmsWay, TelegramWay, WhatsappWay

Send = Callable[[Address, Reply], Awaitable[object]]  # a channel to citizens, seen from here

DUTY_PREFIX = "duty:"  # what a tap of an officer begins with; no citizen's choice does
TO_ACCEPT = frozenset({"new", "ring", "reminder"})  # occasions on which a leg can be accepted


class DutyWords(Struct, frozen=True):
    """What stands on the buttons."""

    accept: str
    open: str


class Duty:
    """Writes to chats. One officer who has it is enough: the others' telephones may be off."""

    pauses = (5.0, 30.0, 120.0, 600.0, 1800.0, 3600.0)

    def __init__(self, send: Send, words: DutyWords) -> None:
        self._send = send
        self._words = words

    async def send(self, parcel: Parcel, to: TelegramWay) -> Receipt:
        """Write to every chat at once. Raises DeliveryError when none of them has it."""
        reply = message(parcel, self._words)
        chats = (Address(Channel.TELEGRAM, str(chat)) for chat in to.chats)
        return await _any_of([self._send(chat, reply) for chat in chats])


class DutyOnWhatsapp:
    """Writes to WhatsApp: with a button, or by a template to who did not write for a day."""

    pauses = (5.0, 30.0, 120.0, 600.0, 1800.0, 3600.0)

    def __init__(self, send: Send, words: DutyWords) -> None:
        self._send = send
        self._words = words

    async def send(self, parcel: Parcel, to: WhatsappWay) -> Receipt:
        """Write to every number at once; Meta's yes does not say that it arrived."""
        reply = on_whatsapp(parcel, self._words)
        numbers = (Address.of_number(Channel.WHATSAPP, number) for number in to.numbers)
        await _any_of([self._send(number, reply) for number in numbers])
        return Receipt(delivered=False)


class Texts:
    """Sends SMS: the subject and the link, no more than two or three parts."""

    pauses = (30.0, 120.0, 600.0, 1800.0, 3600.0)

    def __init__(self, send: Send) -> None:
        self._send = send

    async def send(self, parcel: Parcel, to: SmsWay) -> Receipt:
        """Write to every number at once; a gateway's yes does not say that it arrived."""
        reply = Reply(f"{parcel.subject}\n{parcel.link}".strip())
        numbers = (Address.of_number(Channel.SMS, number) for number in to.numbers)
        await _any_of([self._send(number, reply) for number in numbers])
        return Receipt(delivered=False)


def message(parcel: Parcel, words: DutyWords) -> Reply:
    """Return what officers on duty read: its page is a button where Telegram takes the link."""
    safe = parcel.link.startswith("https://")
    lines = (parcel.subject, parcel.text, "" if safe else parcel.link)
    choices = []
    if parcel.occasion in TO_ACCEPT:
        choices.append(Choice(f"{DUTY_PREFIX}accept:{parcel.id}", words.accept))
    if safe:
        choices.append(Choice(f"{DUTY_PREFIX}open:{parcel.id}", words.open, parcel.link))
    return Reply("\n\n".join(filter(None, lines)), tuple(choices))


def on_whatsapp(parcel: Parcel, words: DutyWords) -> Reply:
    """Return what they read there: no button opens a page, so the text has the link."""
    text = "\n\n".join(filter(None, (parcel.subject, parcel.text, parcel.link)))
    accept = Choice(f"{DUTY_PREFIX}accept:{parcel.id}", words.accept)
    return Reply(text, (accept,) if parcel.occasion in TO_ACCEPT else ())


async def _any_of(sending: Sequence[Awaitable[object]]) -> Receipt:
    """Return a receipt when one of *sending* went well, else raise what can be tried again."""
    outcomes = await asyncio.gather(*sending, return_exceptions=True)
    failed = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    for error in failed:
        if not isinstance(error, DeliveryError):
            raise error
    if len(failed) < len(outcomes):
        return Receipt(delivered=True)
    raise next((e for e in failed if isinstance(e, DeliveryError) and e.retry), failed[0])
