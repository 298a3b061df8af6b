"""Texts handed to a telephone through SMSGate, and its account."""

import json
from collections.abc import AsyncIterator

import pytest

from conversations.messages import Address, Channel, Reply
from handlers.delivery import DeliveryError, Refused, TryLater, Unauthorised
from handlers.pace import Pace
from handlers.sms_android import EVENTS
from handlers.sms_android_account import Account, Hook, missing
from handlers.sms_android_gateway import AndroidGateway, Login, Phone
from handlers.sms_name import name
from handlers.sms_sender import SmsSender, Text
from tests.fakes.sms_gate import DEVICE, PASSWORD, USER, SmsGate, Trouble

TEXT = Text("+6281200000001", "Halo Ibu", "12.0")
OURS = "https://pintu.example.go.id/sms/android"


@pytest.fixture
async def gate() -> AsyncIterator[SmsGate]:
    """Return a gateway; at the end everything it was sent must be as its description says."""
    fake = SmsGate()
    await fake.start()
    yield fake
    await fake.close()
    assert fake.violations == []


def login(gate: SmsGate, password: str = PASSWORD) -> Login:
    """Return who we are there."""
    return Login(gate.url, USER, password)


async def take(
    gate: SmsGate, phone: Phone | None = None, password: str = PASSWORD, patience: float = 5
) -> str:
    """Hand the usual text over and return what receipts will call it."""
    gateway = AndroidGateway(login(gate, password), phone or Phone(), "salt", patience)
    try:
        return await gateway.take(TEXT)
    finally:
        await gateway.close()


async def test_a_text_is_handed_over_by_our_name(gate: SmsGate) -> None:
    """With a wish for a receipt, and no older than two days when it goes."""
    assert await take(gate) == name(TEXT, "salt")
    assert gate.sent == [
        {
            "id": name(TEXT, "salt"),
            "phoneNumbers": [TEXT.to],
            "textMessage": {"text": "Halo Ibu"},
            "withDeliveryReport": True,
            "ttl": 172800,
        }
    ]


async def test_one_telephone_and_one_sim_can_be_named(gate: SmsGate) -> None:
    """Where the account has several."""
    await take(gate, Phone(DEVICE, 2))
    assert (gate.sent[0]["deviceId"], gate.sent[0]["simNumber"]) == (DEVICE, 2)


async def test_what_was_taken_before_an_outage_is_not_sent_twice(gate: SmsGate) -> None:
    """Its yes was lost on the way: the second try is known by its name, and is a yes."""
    gate.troubles += [Trouble(lost=True)]
    with pytest.raises(TryLater):
        await take(gate)
    assert await take(gate) == name(TEXT, "salt")
    assert (gate.tried, len(gate.sent)) == (2, 1)


@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble(500), TryLater),
        (Trouble(503), TryLater),  # the telephone is away, and its queue is full
        (Trouble(429), TryLater),
        (Trouble(302), TryLater),
        (Trouble(400), Refused),
        (Trouble(403), Unauthorised),
        (Trouble(hang=True), TryLater),
    ],
)
async def test_a_failure_says_what_to_do(
    gate: SmsGate, trouble: Trouble, kind: type[DeliveryError]
) -> None:
    """Again, never, or after the operator has set the password."""
    gate.troubles.append(trouble)
    with pytest.raises(kind):
        await take(gate, patience=0.3)


async def test_a_wrong_password_is_the_operators(gate: SmsGate) -> None:
    """Nothing is lost until it is right."""
    with pytest.raises(Unauthorised):
        await take(gate, password="salah")


async def test_each_part_of_a_long_reply_has_a_name(gate: SmsGate) -> None:
    """And the same words a second time have another."""
    channel = SmsSender(AndroidGateway(login(gate), Phone()), Pace(0, 0))
    citizen = Address(Channel.SMS, TEXT.to)
    long = await channel.send(citizen, Reply("Tiket Bapak/Ibu sedang diperiksa. " * 40), 5)
    first, second = (
        await channel.send(citizen, Reply("ya"), 6),
        await channel.send(citizen, Reply("ya"), 7),
    )
    await channel.close()
    assert long.references == tuple(one["id"] for one in gate.sent[:2])
    assert first.references != second.references
    assert gate.to(TEXT.to)[-2:] == ["ya", "ya"]


async def test_the_telephone_is_told_whom_to_tell(gate: SmsGate) -> None:
    """Each event once, and a second time changes nothing."""
    account = Account(login(gate))
    for _ in range(2):
        await account.tell(OURS, DEVICE)
    assert missing(await account.hooks(), OURS) == ()
    assert missing(await account.hooks(), "https://lain.example") == EVENTS
    await account.close()
    assert sorted(hook["event"] for hook in gate.hooks.values()) == sorted(EVENTS)
    assert {hook["deviceId"] for hook in gate.hooks.values()} == {DEVICE}


async def test_what_is_told_elsewhere_stays(gate: SmsGate) -> None:
    """Another program's webhooks are its own."""
    gate.hooks["x"] = {"id": "x", "url": "https://lain.example", "event": "sms:received"}
    account = Account(login(gate))
    await account.tell(OURS)
    await account.close()
    assert gate.hooks["x"]["url"] == "https://lain.example"
    assert len(gate.hooks) == 1 + len(EVENTS)


async def test_telephones_and_their_signs_of_life_are_known(gate: SmsGate) -> None:
    """A telephone that was never seen has no time."""
    gate.devices = [{"id": DEVICE, "lastSeen": "2026-11-22T03:00:00Z"}, {"id": "2"}]
    account = Account(login(gate))
    first, second = await account.devices()
    await account.close()
    assert first.last_seen
    assert (first.id, first.last_seen.hour, second.last_seen) == (DEVICE, 3, None)


async def test_whatever_is_no_api_is_no_answer(gate: SmsGate) -> None:
    """A page of somebody's proxy, and nobody at all."""
    gate.devices = [{"id": 7}]
    for url in (gate.url, "http://127.0.0.1:1"):
        account = Account(Login(url, USER, PASSWORD))
        with pytest.raises(TryLater):
            await account.devices()
        await account.close()
    await Account(login(gate)).close()


def test_a_login_prints_without_its_password() -> None:
    """No log shows it."""
    assert repr(Login("https://x", USER, PASSWORD)) == f"Login({USER})"
    assert json.dumps(missing([Hook(OURS, "sms:sent")], OURS)).count("sms:sent") == 0
