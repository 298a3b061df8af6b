"""SMS through Kannel: what a real one told us, read; what it answers, understood."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.messages import Address, Channel, Inbound
from handlers.arrival import LONGEST, Arrived, NotUnderstood, Receipt, Skipped
from handlers.delivery import Blocked, DeliveryError, Refused, TryLater, Unauthorised
from handlers.sms_kannel import Kannel, Smsbox, read, read_receipt
from handlers.sms_sender import Text
from tests.fakes.scripted_http import ScriptedHttp

FOLDER = Path(__file__).parent / "sms_kannel"
CITIZEN = "+6281200000001"
NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
BARE = b"id=7&from=6281200000001&text=halo&time=1795354946"
ROOF = "Atap rumah saya bocor sejak hujan kemarin. "
JAVANESE = "\ua9b2"

SAID: dict[str, dict[str, Any]] = {
    "message__text": {"text": "CEK STATUS"},
    "message__international": {"text": "menu"},
    "message__national": {"text": "menu"},
    "message__from_abroad": {"text": "menu", "sender": "+60123456789"},
    "message__lines_and_signs": {"text": "baris satu\nbaris dua {\u20ac} #1&2=3%4+5"},
    "message__empty": {},
    "message__half_a_letter": {},
    "message__emoji": {"text": "Terima kasih \U0001f64f"},
    "message__accent": {"text": "\u00ea"},
    "message__long": {"text": ROOF * 9},
    "message__long_ucs2": {"text": "Halo \U0001f600 " + JAVANESE * 90},
    "message__part_alone": {"text": (ROOF * 9)[:153]},
    "message__part_alone_ucs2": {"text": JAVANESE * 67},
    "message__ucs2_not_recoded": {"text": "terima kasih \U0001f64f \u00ea"},
    "message__long_ucs2_not_recoded": {"text": JAVANESE * 80},
    "message__text_not_recoded": {"text": "harga \u20ac5 {a}"},
    "message__latin_called_utf8": {"text": "h\u00e9lo"},
    "message__eight_bit_letters": {"text": "halo"},
    "message__binary": {"unreadable": "binary"},
    "message__binary_to_a_port": {"unreadable": "binary"},
}
SKIPPED = ("message__from_a_bank", "message__from_a_short_code")
REPORTED: dict[str, tuple[str, Arrived, type | None]] = {
    "receipt__with_the_operator": ("501.0", Arrived.SENT, None),
    "receipt__delivered": ("502.0", Arrived.DELIVERED, None),
    "receipt__no_such_number": ("503.0", Arrived.FAILED, Blocked),
    "receipt__expired": ("504.0", Arrived.FAILED, TryLater),
    "receipt__rejected_later": ("505.0", Arrived.FAILED, Refused),
    "receipt__kept_by_the_operator": ("506.0", Arrived.SENT, None),
    "receipt__accepted": ("507.0", Arrived.SENT, None),
    "receipt__unknown_state": ("508.0", Arrived.FAILED, Refused),
    "receipt__deleted": ("509.0", Arrived.FAILED, Blocked),
    "receipt__refused_at_once": ("510.0", Arrived.FAILED, Blocked),
}


def payload(name: str) -> bytes:
    """Return a captured query."""
    return (FOLDER / f"{name}.txt").read_bytes().rstrip(b"\n")


def stamp(name: str) -> datetime:
    """Return when a captured query says that it happened."""
    return datetime.fromtimestamp(int(payload(name).partition(b"time=")[2].split(b"&")[0]), UTC)


def test_every_payload_has_its_expectation() -> None:
    """No captured query lies about without a word on what it should become."""
    expected = SAID.keys() | set(SKIPPED) | REPORTED.keys()
    assert {file.stem for file in FOLDER.glob("*.txt")} == expected


@pytest.mark.parametrize("name", SAID)
def test_a_message_is_read(name: str) -> None:
    """Whatever the alphabet and however the number is written: the words, and who wrote them."""
    heard = read(payload(name), NOW)
    assert isinstance(heard, Inbound)
    fields = {"sender": CITIZEN, "text": "", "unreadable": None} | SAID[name]
    assert heard.sender == Address(Channel.SMS, fields["sender"])
    assert (heard.text, heard.unreadable) == (fields["text"], fields["unreadable"])
    assert heard.received_at == stamp(name)
    assert f"&id={heard.message_id}&".encode() in payload(name)


@pytest.mark.parametrize("name", SKIPPED)
def test_what_cannot_be_answered_is_skipped(name: str) -> None:
    """Banks and operators write from names and short codes, which nobody can answer."""
    heard = read(payload(name), NOW)
    assert isinstance(heard, Skipped)
    assert heard.reason == "no telephone number"


@pytest.mark.parametrize("name", REPORTED)
def test_a_report_is_read(name: str) -> None:
    """The type says how far a text came, the operator's word why no further."""
    reference, state, kind = REPORTED[name]
    heard = read_receipt(payload(name), NOW)
    assert isinstance(heard, Receipt)
    assert (heard.channel, heard.reference, heard.state) == (Channel.SMS, reference, state)
    assert (type(heard.error) if heard.error else None) is kind
    assert heard.at == stamp(name)


def test_the_operators_word_is_kept_and_nothing_else() -> None:
    """A receipt may quote the text or the number: neither gets into a reason."""
    heard = read_receipt(payload("receipt__rejected_later"), NOW)
    assert isinstance(heard, Receipt)
    assert isinstance(heard.error, Refused)
    assert heard.error.reason == "REJECTD"
    told = b"id=1&type=16&why=NACK%2F0x00000001%2FInvalid+6281200000001"
    heard = read_receipt(told, NOW)
    assert isinstance(heard, Receipt)
    assert isinstance(heard.error, Refused)
    assert "81200000001" not in heard.error.reason


@pytest.mark.parametrize(
    "query",
    [b"", b"x", b"from=6281200000001&text=halo", b"id=7&text=halo", b"id=&from=6281200000001",
     b"id=7&from=6281200000001" + b"&a=b" * 64],
)  # fmt: skip
def test_a_get_url_without_its_fields_is_not_understood(query: bytes) -> None:
    """An operator who forgot one finds 400 in Kannel's log, and no message is lost by it."""
    with pytest.raises(NotUnderstood):
        read(query, NOW)


@pytest.mark.parametrize("query", [b"", b"id=1", b"type=1", b"id=&type=1", b"id=1&type=x"])
def test_a_report_without_name_or_type_is_not_understood(query: bytes) -> None:
    """Nothing can be noted by it."""
    with pytest.raises(NotUnderstood):
        read_receipt(query, NOW)


def test_a_report_of_another_type_is_left_alone() -> None:
    """What a later Kannel invents changes nothing."""
    assert read_receipt(b"id=1.0&type=32", NOW) == Skipped("a report of another type", "1.0")


@pytest.mark.parametrize("when", [b"", b"x", b"9" * 30, b"-9" + b"9" * 17])
def test_a_time_of_no_calendar_costs_no_message(when: bytes) -> None:
    """Our own clock stands in."""
    heard = read(b"id=7&from=6281200000001&time=" + when, NOW)
    assert isinstance(heard, Inbound)
    assert heard.received_at == NOW


def test_the_first_field_of_a_name_counts_and_a_text_without_end_is_cut() -> None:
    """Nobody speaks for somebody else by a second field; nobody fills our memory."""
    heard = read(BARE + b"&from=6281200000009", NOW)
    assert isinstance(heard, Inbound)
    assert heard.sender.id == CITIZEN
    heard = read(b"id=7&from=6281200000001&text=" + b"ya+" * 30_000, NOW)
    assert isinstance(heard, Inbound)
    assert heard.text == ("ya " * 30_000)[:LONGEST]


@given(st.binary(max_size=200))
def test_whatever_bytes_come_are_read_or_refused(query: bytes) -> None:
    """Nothing that anybody puts into an address breaks a reader."""
    for reader in (read, read_receipt):
        for asked in (query, BARE + b"&coding=1&text=" + query, b"type=2&why=" + query + BARE):
            try:
                heard = reader(asked, NOW)
            except NotUnderstood:
                continue
            assert "8120000" not in repr(heard)


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


REPORT = "http://127.0.0.1:8080/sms/kannel/receipt?id=12.0&type=%d&time=%T&why=%A&secret=abc"
TAKEN = answer("202 Accepted", "0: Accepted for delivery")


async def test_a_text_goes_with_nothing_of_it_in_the_address(server: ScriptedHttp) -> None:
    """Words and number stand in the body and the headers, which nobody logs."""
    server.answers.append(TAKEN)
    callback = {"callback": "http://127.0.0.1:8080", "secret": "abc", "sender": "1708"}
    name = await take(server, Text(CITIZEN, "Halo {\u20ac}", "12.0"), **callback)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert name == "12.0"
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
        f"X-Kannel-DLR-Url: {REPORT}",
    } <= set(lines)


async def test_letters_beyond_the_alphabet_say_so(server: ScriptedHttp) -> None:
    """Kannel would send question marks for them, and says nothing."""
    server.answers.append(TAKEN)
    await take(server, Text(CITIZEN, JAVANESE))
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
    known = Smsbox(url="http://h:1/x", username="u", password="sandi", secret="rahasia")
    assert repr(known) == "Smsbox(h:1)"
