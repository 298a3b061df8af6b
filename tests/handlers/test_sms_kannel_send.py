"""Handing texts to smsbox, and understanding what it answers."""

import re
from collections.abc import AsyncIterator

import pytest

from handlers.delivery import Blocked, DeliveryError, Refused, TryLater, Unauthorised
from handlers.sms_kannel import Kannel, Smsbox
from handlers.sms_sender import Text
from tests.fakes.scripted_http import ScriptedHttp

CITIZEN = "+6281200000001"


@pytest.fixture
async def server() -> AsyncIterator[ScriptedHttp]:
    """Give a smsbox that answers as told."""
    fake = ScriptedHttp()
    await fake.start()
    yield fake
    await fake.close()


def smsbox(server: ScriptedHttp, **changes: str) -> Smsbox:
    """Return how *server* is reached."""
    known = {"url": f"{server.url}/cgi-bin/sendsms", "username": "satupintu", "password": "sandi"}
    return Smsbox(**(known | changes))


async def take(server: ScriptedHttp, text: Text, **changes: str) -> str:
    """Hand *text* to *server* and return what reports will call it."""
    gateway = Kannel(smsbox(server, **changes))
    try:
        return await gateway.take(text)
    finally:
        await gateway.close()


def answer(status: str, body: str = "", headers: str = "") -> tuple[bytes]:
    """Return an answer of smsbox's."""
    length = len(body.encode())
    return (f"HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}".encode(),)


REPORT = "http://127.0.0.1:8080/sms/kannel/receipt?id={name}&type=%d&time=%T&why=%A&secret=abc"
TAKEN = answer("202 Accepted", "0: Accepted for delivery")


async def test_a_text_goes_with_nothing_of_it_in_the_address(server: ScriptedHttp) -> None:
    """Words and number stand in the body and the headers, which nobody logs."""
    server.answers.append(TAKEN)
    callback = {"callback": "http://127.0.0.1:8080", "secret": "abc", "sender": "1708"}
    name = await take(server, Text(CITIZEN, "Halo {\u20ac}", "12.0"), **callback)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert re.fullmatch("[0-9a-f]{32}", name)
    assert lines[0] == "POST /cgi-bin/sendsms HTTP/1.1"
    assert body == "Halo {\u20ac}".encode()
    assert {
        "Content-Type: text/plain; charset=UTF-8",
        "X-Kannel-Username: satupintu",
        "X-Kannel-Password: sandi",
        "X-Kannel-To: +6281200000001",
        "X-Kannel-From: 1708",
        "X-Kannel-Coding: 0",
        "X-Kannel-DLR-Mask: 31",
        f"X-Kannel-DLR-Url: {REPORT.format(name=name)}",
    } <= set(lines)


async def test_nobody_else_can_make_up_a_name(server: ScriptedHttp) -> None:
    """The same text has the same name in each try; another one, or another house, another."""
    box = smsbox(server, callback="http://127.0.0.1:8080")
    texts = [
        Text(CITIZEN, "Halo", "12.0"),
        Text(CITIZEN, "Halo", "12.1"),
        Text("+6281200000009", "Halo", "12.0"),
    ]
    names = []
    for salt in ("garam", "lain"):
        gateway = Kannel(box, salt)
        for text in (*texts, texts[0]):
            server.answers.append(TAKEN)
            names.append(await gateway.take(text))
        await gateway.close()
    assert len(set(names)) == 6
    assert names[0] == names[3]


async def test_letters_beyond_the_alphabet_say_so(server: ScriptedHttp) -> None:
    """Kannel would send question marks for them, and says nothing."""
    server.answers.append(TAKEN)
    await take(server, Text(CITIZEN, "\ua9b2"))
    assert b"X-Kannel-Coding: 2\r\n" in server.requests[0]


@pytest.mark.parametrize(
    ("name", "changes"), [("", {"callback": "http://127.0.0.1:8080"}), ("12.0", {})]
)
async def test_who_cannot_be_told_asks_for_no_reports(
    server: ScriptedHttp, name: str, changes: dict[str, str]
) -> None:
    """Without a name, or without an address of ours, nobody waits for news."""
    server.answers.append(TAKEN)
    assert await take(server, Text(CITIZEN, "Halo", name), **changes) == ""
    assert b"DLR" not in server.requests[0]
    assert b"X-Kannel-From" not in server.requests[0]


@pytest.mark.parametrize(
    ("given", "kind", "after"),
    [
        (answer("503 Service Unavailable"), TryLater, None),
        (answer("503 Service Unavailable", "", "Retry-After: 9\r\n"), TryLater, 9),
        (answer("500 Internal Server Error"), TryLater, None),
        (answer("408 Request Timeout"), TryLater, None),
        (answer("403 Forbidden", "Authorization failed for sendsms"), Unauthorised, 300),
        (answer("404 Not Found", "Unknown request."), Unauthorised, 300),
        (
            answer(
                "400 Bad Request", "Number(s) has/have been denied by white- and/or black-lists."
            ),
            Blocked,
            None,
        ),
        (answer("400 Bad Request", "Missing receiver number, rejected"), Refused, None),
        (answer("413 Too Large"), Refused, None),
    ],
)
async def test_a_failure_says_what_to_do(
    server: ScriptedHttp, given: tuple[bytes], kind: type, after: float | None
) -> None:
    """Who can mend it, and when to try again."""
    server.answers.append(given)
    with pytest.raises(DeliveryError) as caught:
        await take(server, Text(CITIZEN, "Halo"))
    assert type(caught.value) is kind
    assert caught.value.after == after


@pytest.mark.parametrize("body", ["0: Accepted for delivery", "3: Queued for later delivery"])
async def test_what_is_queued_is_taken(server: ScriptedHttp, body: str) -> None:
    """While the operator's line is down, bearerbox keeps it."""
    server.answers.append(answer("202 Accepted", body))
    await take(server, Text(CITIZEN, "Halo"))


async def test_a_refusal_tells_nobodys_number(server: ScriptedHttp) -> None:
    """Kannel's own word is kept for the operator, without digits that may be somebody's."""
    server.answers.append(answer("400 Bad Request", "Cannot send to +6281200000001"))
    with pytest.raises(Refused) as caught:
        await take(server, Text(CITIZEN, "Halo"))
    assert caught.value.reason == "Cannot send to \u2026"


def test_a_smsbox_prints_without_its_secrets() -> None:
    """Whoever logs it by mistake logs where it is, and no more."""
    known = Smsbox(url="http://u:sandi@h:1/x", username="u", password="sandi", secret="rahasia")
    assert repr(known) == "Smsbox(h:1)"
