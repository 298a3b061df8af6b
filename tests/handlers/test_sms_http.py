"""SMS through a plain JSON gateway."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from conversations.messages import Address, Channel, Choice, Inbound, Reply
from handlers.arrival import LONGEST_MESSAGE, NotUnderstood, Skipped
from handlers.delivery import DeliveryError, Refused, TryLater, Unauthorised
from handlers.pace import Pace
from handlers.sms_http import plain, read
from handlers.sms_http_gateway import HttpGateway
from handlers.sms_sender import SmsSender
from tests.fakes.scripted_http import ScriptedHttp

FOLDER = Path(__file__).parent / "sms_http"
CITIZEN = Address(Channel.SMS, "+6281200000001")
SENT = datetime(2025, 11, 22, 6, 0, tzinfo=UTC)
NOW = datetime(2025, 11, 22, 6, 30, tzinfo=UTC)

SAID: dict[str, dict[str, Any]] = {
    "message__empty": {"message_id": "sms-5"},
    "message__national_number": {
        "message_id": "sms-2",
        "text": "menu",
        "received_at": SENT.replace(microsecond=500_000),
    },
    "message__text": {"message_id": "sms-1", "text": "CEK STATUS"},
    "message__unicode": {"message_id": "sms-4", "text": "Terima kasih \U0001f64f"},
    "message__without_time": {"message_id": "sms-3", "text": "menu", "received_at": NOW},
}
SKIPPED = {
    "message__from_a_bank": "sms-6",
    "message__from_a_short_code": "sms-7",
    "message__without_id": "",
}


def payload(name: str) -> bytes:
    """Return a captured message."""
    return (FOLDER / f"{name}.json").read_bytes()


def test_every_payload_has_its_expectation() -> None:
    """No captured message lies about without a word on what it should become."""
    assert {file.stem for file in FOLDER.glob("message__*.json")} == SAID.keys() | SKIPPED.keys()


@pytest.mark.parametrize("name", SAID)
def test_a_message_is_read(name: str) -> None:
    """However the gateway writes the number, the sender is the same citizen."""
    fields: dict[str, Any] = {"received_at": SENT} | SAID[name]
    assert read(payload(name), NOW) == Inbound(sender=CITIZEN, **fields)


@pytest.mark.parametrize("ts", [1, 4102444800])
def test_a_clock_that_is_wrong_costs_no_message(ts: float) -> None:
    """What cannot be true is now: nobody wrote in 1970, and nobody in a hundred years."""
    body = {"id": "7", "from": "081200000001", "text": "menu", "ts": ts}
    heard = read(json.dumps(body).encode(), NOW)
    assert isinstance(heard, Inbound)
    assert heard.received_at == NOW


def test_half_a_letter_costs_no_message() -> None:
    """A gateway that cuts an emoji in two still brings what was written."""
    heard = read(b'{"id": "7", "from": "081200000001", "text": "halo \\ud83d"}', NOW)
    assert isinstance(heard, Inbound)
    assert heard.text == "halo \ufffd"


def test_a_text_without_end_is_cut() -> None:
    """More letters than Telegram would take are no message's: what follows is not read."""
    body = json.dumps({"id": "1", "from": CITIZEN.id, "text": "ya " * 300_000}).encode()
    heard = read(body, NOW)
    assert isinstance(heard, Inbound)
    assert heard.text == ("ya " * 300_000)[:LONGEST_MESSAGE]


@pytest.mark.parametrize("name", SKIPPED)
def test_what_cannot_be_answered_is_skipped(name: str) -> None:
    """Banks and operators write from names and short codes, which nobody can answer."""
    assert read(payload(name), NOW) == Skipped("no telephone number", SKIPPED[name])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b'{"id":1,"from":"+6281200000001","text":"x"}',
        b'{"id":"1","from":"+6281200000001"}',
        b'{"id":"1","from":"+6281200000001","text":"x","ts":1e300}',
        b'{"id":"1","from":"+6281200000001","text":"\xff"}',
        b'{"x":' + b"[" * 100_000,
    ],
)
def test_what_is_no_message_is_not_understood(body: bytes) -> None:
    """Broken and foreign JSON is refused."""
    with pytest.raises(NotUnderstood):
        read(body, NOW)


@pytest.fixture
async def server() -> AsyncIterator[ScriptedHttp]:
    """Return a gateway."""
    fake = ScriptedHttp()
    await fake.start()
    yield fake
    await fake.close()


def sender(url: str, secret: str = "", pace: Pace | None = None) -> SmsSender:
    """Return who sends through the plain gateway at *url*."""
    row = plain(url, "SECRET" if secret else "")
    return SmsSender(HttpGateway(row, {"SECRET": secret}), pace or Pace(0, 0))


def answer(status: str, headers: str = "") -> tuple[bytes]:
    """Return an empty answer of *status*."""
    return (f"HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\n\r\n".encode(),)


async def test_a_reply_is_sent_with_its_choices_as_numbers(server: ScriptedHttp) -> None:
    """The gateway gets number and text, at its own path, with the secret."""
    server.answers.append(answer("202 Accepted"))
    channel = sender(f"{server.url}/send?line=2", "rahasia")
    await channel.send(CITIZEN, Reply("Apa?", (Choice("a", "Cek status"), Choice("b", "Usul"))))
    await channel.close()
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /send?line=2 HTTP/1.1\r\n")
    assert b"\r\nAuthorization: Bearer rahasia\r\n" in head
    assert json.loads(body) == {"to": "+6281200000001", "text": "Apa?\n1. Cek status\n2. Usul"}


async def test_without_a_secret_none_is_sent(server: ScriptedHttp) -> None:
    """A gateway on this very machine may do without."""
    server.answers.append(answer("200 OK"))
    channel = sender(server.url)
    await channel.send(CITIZEN, Reply("Halo"))
    await channel.close()
    assert server.requests[0].startswith(b"POST / HTTP/1.1\r\n")
    assert b"Authorization" not in server.requests[0]


@pytest.mark.parametrize(
    ("given", "kind", "after"),
    [
        (answer("400 Bad Request"), Refused, None),
        (answer("401 Unauthorized"), Unauthorised, 300),
        (answer("403 Forbidden"), Unauthorised, 300),
        (answer("408 Request Timeout"), TryLater, None),
        (answer("429 Too Many Requests", "Retry-After: 9\r\n"), TryLater, 9),
        (answer("503 Service Unavailable"), TryLater, None),
    ],
)
async def test_a_failure_says_what_to_do(
    server: ScriptedHttp, given: tuple[bytes], kind: type, after: float | None
) -> None:
    """The gateway's status decides whether to try again, and when."""
    server.answers.append(given)
    channel = sender(server.url, "", pace := Pace(0, 0))
    with pytest.raises(DeliveryError) as caught:
        await channel.send(CITIZEN, Reply("Halo"))
    await channel.close()
    assert type(caught.value) is kind
    assert caught.value.after == after
    assert ("+6281200000001" in pace._chats) == (after == 9)
