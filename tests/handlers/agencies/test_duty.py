"""Officers on duty: their telephones, through the channels that citizens use."""

import asyncio

import pytest
from msgspec.structs import replace

from conversations.messages import Address, Channel, Reply
from handlers.agencies.duty import DUTY_PREFIX, Duty, DutyWords, Texts, message
from handlers.agencies.parcel import Receipt
from handlers.delivery import Blocked, DeliveryError, Sent, TryLater
from handlers.pace import Pace
from handlers.sms_text import render, segments
from handlers.telegram import Telegram
from handlers.wire import Wire
from referrals.district.ways import SmsWay, TelegramWay
from tests.fakes.bot_api import TOKEN, BotApi, Trouble
from tests.handlers.agencies.letters import LINK, PARCEL

WORDS = DutyWords(accept="Terima", open="Buka")
CHATS = TelegramWay(chats=(700, 701))


class Phones:
    """Telephones that take everything, but for those with a fault."""

    vouches = True

    def __init__(self, **faults: DeliveryError) -> None:
        self.got: list[tuple[Address, Reply]] = []
        self.faults = faults

    async def send(self, address: Address, reply: Reply, _number: int = 0, /) -> Sent:
        await asyncio.sleep(0)
        if error := self.faults.get(f"t{address.id}"):
            raise error
        self.got.append((address, reply))
        return Sent()


async def test_every_officer_on_duty_gets_buttons() -> None:
    """Terima accepts, Buka opens the page; the text says neither who nor what exactly."""
    phones = Phones()
    receipt = await Duty(phones.send, WORDS).send(PARCEL, CHATS)
    assert receipt == Receipt(delivered=True)
    assert [address.id for address, _ in phones.got] == ["700", "701"]
    _, reply = phones.got[0]
    assert [(c.value, c.label, c.link) for c in reply.choices] == [
        (f"{DUTY_PREFIX}accept:{PARCEL.id}", "Terima", ""),
        (f"{DUTY_PREFIX}open:{PARCEL.id}", "Buka", LINK),
    ]
    for _, _, told in PARCEL.answers:
        assert told not in reply.text
    assert LINK not in reply.text


async def test_only_what_can_be_accepted_has_a_button_for_it() -> None:
    """A letter that a citizen has answered only opens the page."""
    reply = message(replace(PARCEL, occasion="answered"), WORDS)
    assert [choice.label for choice in reply.choices] == ["Buka"]
    ended = message(replace(PARCEL, occasion="withdrawn", link=""), WORDS)
    assert ended.choices == ()


async def test_a_page_without_tls_is_written_out() -> None:
    """Telegram refuses buttons to such pages."""
    here = "http://127.0.0.1:8080/agency/x"
    reply = message(replace(PARCEL, link=here), WORDS)
    assert here in reply.text
    assert [choice.label for choice in reply.choices] == ["Terima"]


async def test_one_officer_who_has_it_is_enough() -> None:
    """A colleague who blocked the bot holds nothing up."""
    phones = Phones(t700=Blocked())
    assert (await Duty(phones.send, WORDS).send(PARCEL, CHATS)).delivered


async def test_when_nobody_has_it_the_hopeful_fault_counts() -> None:
    """It is tried again as long as one of them may still be reached."""
    with pytest.raises(TryLater):
        await Duty(Phones(t700=Blocked(), t701=TryLater(7.0)).send, WORDS).send(PARCEL, CHATS)
    with pytest.raises(Blocked):
        await Duty(Phones(t700=Blocked(), t701=Blocked()).send, WORDS).send(PARCEL, CHATS)


async def test_telegram_takes_the_buttons_as_we_write_them() -> None:
    """The Bot API's own schema has nothing against a button that opens a page."""
    api = BotApi()
    await api.start()
    telegram = Telegram(Wire(api.url), TOKEN, Pace(0, 0))
    api.troubles.append(Trouble(403, "Forbidden: bot was blocked by the user"))
    assert (await Duty(telegram.send, WORDS).send(PARCEL, CHATS)).delivered
    (markup,) = {str(call["reply_markup"]) for call in api.sent()}
    assert LINK in markup
    assert not api.violations
    await telegram.close()
    await api.close()


async def test_a_text_message_is_short() -> None:
    """Subject and link, in at most two parts; that it arrived nobody knows."""
    phones = Phones()
    to = SmsWay(numbers=("+6281200000001",))
    receipt = await Texts(phones.send).send(PARCEL, to)
    ((address, reply),) = phones.got
    assert receipt == Receipt(delivered=False)
    assert address == Address(Channel.SMS, "+6281200000001")
    assert reply.text.endswith(LINK)
    assert len(segments(render(reply)).parts) <= 2
