"""What gateways of any shape are sent, and what their answers mean."""

import base64
from collections.abc import AsyncIterator

import pytest

from conversations.messages import Address, Channel, Reply
from handlers.delivery import Blocked, DeliveryError, Refused, TryLater, Unauthorised
from handlers.pace import Pace
from handlers.sms_http import plain
from handlers.sms_http_filled import filled, secrets, written
from handlers.sms_http_gateway import HttpGateway
from handlers.sms_http_row import Numbers
from handlers.sms_name import name
from handlers.sms_sender import SmsSender, Text
from tests.fakes.sms_aggregator import Asked, Reaction, SmsAggregator
from tests.handlers.gateway_rows import ROWS, SECRETS, at

TEXT = Text("+6281200000001", 'Apa? "1" & {to}\n{LONTAR_KEY} 50%', "12.0")
TAKEN = {
    "lontar": Reaction({"messageId": 81723, "status": "1", "text": "Success"}),
    "sawala": Reaction({"umid": "1", "status": {"code": "QUEUED"}}),
    "kentong": Reaction({"sid": "SM9", "status": "queued"}, 201),
    "merapi": Reaction({"messages": [{"messageId": "m-1", "status": {"groupName": "PENDING"}}]}),
    "tiang": Reaction("OK 4711 queued"),
}


@pytest.fixture
async def server() -> AsyncIterator[SmsAggregator]:
    """Return an aggregator."""
    fake = SmsAggregator()
    await fake.start()
    yield fake
    await fake.close()


async def take(server: SmsAggregator, row: str, text: Text = TEXT, patience: float = 5) -> str:
    """Hand *text* to the gateway of *row* and return what receipts will call it."""
    gateway = HttpGateway(at(ROWS[row], server.url), SECRETS, "salt", patience)
    try:
        return await gateway.take(text)
    finally:
        await gateway.close()


async def sent(server: SmsAggregator, row: str) -> Asked:
    """Return the request that *row* makes of the usual text."""
    server.usual = TAKEN[row]
    await take(server, row)
    return server.asked[-1]


async def test_a_form_with_national_numbers(server: SmsAggregator) -> None:
    """User and key come from the environment; nothing in a text is taken for a blank."""
    asked = await sent(server, "lontar")
    assert (asked.method, asked.path) == ("POST", "/api/sendsms")
    assert asked.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert asked.form == {
        "userkey": "pengguna",
        "passkey": "kunci lontar",
        "to": "081200000001",
        "message": TEXT.words,
    }


async def test_flat_json_with_a_bearer_token(server: SmsAggregator) -> None:
    """A blank in the address is escaped; our own name goes along."""
    asked = await sent(server, "sawala")
    assert asked.path == "/sms/v1/kab%2Fcontoh/single"
    assert asked.headers["Authorization"] == "Bearer kunci-sawala"
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.json == {
        "source": "PINTU",
        "destination": TEXT.to,
        "text": TEXT.words,
        "clientMessageId": name(TEXT, "salt"),
        "encoding": "AUTO",
    }


async def test_a_form_with_http_basic(server: SmsAggregator) -> None:
    """User and password are the row's."""
    asked = await sent(server, "kentong")
    assert asked.path == "/2010/Accounts/AC1/Messages.json"
    shown = base64.b64decode(asked.headers["Authorization"].removeprefix("Basic "))
    assert shown == b"AC1:rahasia-kentong"
    assert asked.form == {"From": "+6281100001708", "To": TEXT.to, "Body": TEXT.words}


async def test_nested_json(server: SmsAggregator) -> None:
    """Blanks are filled wherever they stand; what is no text stays as it is."""
    asked = await sent(server, "merapi")
    assert asked.headers["Authorization"] == "App kunci-merapi"
    (message,) = asked.json["messages"]
    assert message["text"] == TEXT.words
    to = {"to": "6281200000001", "messageId": name(TEXT, "salt")}
    assert message["destinations"] == [to]
    assert asked.json["tracking"] == {"off": True, "parts": 6}


async def test_everything_in_the_address(server: SmsAggregator) -> None:
    """A GET keeps what its address said before."""
    asked = await sent(server, "tiang")
    assert (asked.method, asked.body) == ("GET", b"")
    assert asked.path.startswith("/cgi/kirim?line=2&nomor=%2B62812")
    assert asked.query == {"line": "2", "nomor": TEXT.to, "isi": TEXT.words}


@pytest.mark.parametrize(
    ("row", "reference"),
    [
        ("lontar", "lontar:81723"),
        ("sawala", f"sawala:{name(TEXT, 'salt')}"),  # it tells by the name that we gave
        ("kentong", "kentong:SM9"),
        ("merapi", "merapi:m-1"),
        ("tiang", "tiang:4711"),
    ],
)
async def test_receipts_will_name_it(server: SmsAggregator, row: str, reference: str) -> None:
    """By the gateway's own id where the row says where it stands, else by ours."""
    server.usual = TAKEN[row]
    assert await take(server, row) == reference


@pytest.mark.parametrize(
    ("row", "reaction", "kind"),
    [
        ("lontar", Reaction({"status": "5", "text": "userkey"}), Unauthorised),
        ("lontar", Reaction({"status": "89"}), TryLater),
        ("lontar", Reaction({"status": "4"}), Blocked),
        ("lontar", Reaction({"status": "7"}), Refused),  # no yes that the row knows
        ("lontar", Reaction("<html>"), Refused),
        ("sawala", Reaction({"status": {"code": "THROTTLED"}}), TryLater),
        ("sawala", Reaction("", 401), Unauthorised),
        ("kentong", Reaction({"code": 21610}, 400), Blocked),
        ("kentong", Reaction({"code": 20429}, 429), TryLater),
        ("kentong", Reaction({"code": 21606}, 400), Refused),
        ("kentong", Reaction({"code": 20003}, 401), Unauthorised),
        ("merapi", Reaction({"messages": [{"status": {"groupName": "REJECTED"}}]}), Refused),
        ("merapi", Reaction("", 500), TryLater),
        ("merapi", Reaction("", 302), TryLater),  # a proxy's page to log in at
        ("tiang", Reaction("LINE BUSY"), TryLater),
        ("tiang", Reaction("ERR"), Refused),
        ("tiang", Reaction("", 404), Refused),
    ],
)
async def test_an_answer_means_what_the_row_says(
    server: SmsAggregator, row: str, reaction: Reaction, kind: type[DeliveryError]
) -> None:
    """The first verdict that fits counts, then HTTP's own status."""
    server.usual = reaction
    with pytest.raises(DeliveryError) as caught:
        await take(server, row)
    assert type(caught.value) is kind


async def test_retry_after_is_obeyed(server: SmsAggregator) -> None:
    """The gateway's own patience counts, whoever said "later"."""
    server.usual = Reaction({"status": {"code": "THROTTLED"}}, 200, retry_after=9)
    with pytest.raises(TryLater) as caught:
        await take(server, "sawala")
    assert caught.value.after == 9


async def test_a_gateway_that_hangs_is_left(server: SmsAggregator) -> None:
    """Nobody waits for ever; the message is tried again."""
    server.usual = Reaction(hang=True)
    with pytest.raises(TryLater):
        await take(server, "sawala", patience=0.2)


async def test_a_message_has_the_same_name_in_every_try(server: SmsAggregator) -> None:
    """A gateway that knows names sends it once; others' messages are called differently."""
    server.usual = TAKEN["sawala"]
    server.reactions.append(Reaction("", 503))
    channel = SmsSender(HttpGateway(at(ROWS["sawala"], server.url), SECRETS, "a"), Pace(0, 0))
    citizen, reply = Address(Channel.SMS, TEXT.to), Reply("Halo")
    with pytest.raises(TryLater):
        await channel.send(citizen, reply, 3)
    await channel.send(citizen, reply, 3)
    await channel.send(citizen, reply, 4)
    await channel.send(citizen, reply)
    await channel.send(citizen, reply)
    await channel.close()
    first, again, *others = (asked.json["clientMessageId"] for asked in server.asked)
    assert first == again
    assert len({first, *others}) == 4
    assert len(first) == 32
    assert name(TEXT, "a") != name(TEXT, "b")


async def test_the_plain_gateway_may_answer_with_an_id(server: SmsAggregator) -> None:
    """Its receipts then name it; without one nobody waits for any."""
    gateway = HttpGateway(plain(server.url, ""), {})
    server.reactions += [Reaction({"id": "demo-1"}), Reaction("sudah")]
    assert await gateway.take(TEXT) == "demo-1"
    assert await gateway.take(TEXT) == ""
    await gateway.close()


@pytest.mark.parametrize(
    ("row", "reaction", "kind"),
    [
        ("lontar", Reaction({"balance": 7}), None),
        ("lontar", Reaction("", 401), Unauthorised),
        ("lontar", Reaction("", 500), TryLater),
        ("merapi", Reaction("", 500), None),  # nothing is asked: connecting was enough
    ],
)
async def test_a_look_sends_nothing(
    server: SmsAggregator, row: str, reaction: Reaction, kind: type[DeliveryError] | None
) -> None:
    """Whether it is there and knows us is seen without a message."""
    server.usual = reaction
    gateway = HttpGateway(at(ROWS[row], server.url), SECRETS)
    if kind is None:
        await gateway.look()
    else:
        with pytest.raises(kind):
            await gateway.look()
    await gateway.close()
    paths = [asked.path for asked in server.asked]
    wanted = ["/api/balance?userkey=pengguna&passkey=kunci%20lontar"] if row == "lontar" else []
    assert paths == wanted


async def test_a_look_at_nobody_fails(server: SmsAggregator) -> None:
    """Where nobody listens, that is said."""
    gateway = HttpGateway(ROWS["merapi"], SECRETS)
    with pytest.raises(TryLater):
        await gateway.look()
    await gateway.close()


@pytest.mark.parametrize(
    ("number", "numbers", "expected"),
    [
        ("+6281200000001", Numbers.E164, "+6281200000001"),
        ("+6281200000001", Numbers.DIGITS, "6281200000001"),
        ("+6281200000001", Numbers.NATIONAL, "081200000001"),
        ("+60123456789", Numbers.NATIONAL, "60123456789"),
        ("+60123456789", Numbers.E164, "+60123456789"),
    ],
)
def test_numbers_are_written_as_the_gateway_wants(
    number: str, numbers: Numbers, expected: str
) -> None:
    """Families abroad keep their country in every notation."""
    assert written(number, numbers) == expected


def test_blanks_are_filled_once() -> None:
    """What a citizen's words look like changes nothing, and unknown blanks stay empty."""
    assert filled("{a} {b}", {"a": "{b}", "b": "x"}) == "{b} x"
    assert filled("{nobody}!{ {}", {}) == "!{ {}"
    assert secrets(ROWS["lontar"].send) == ("LONTAR_KEY", "LONTAR_USER")
