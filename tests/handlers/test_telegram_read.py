"""Reading Telegram's updates: payloads in, Inbound out."""

import json
from pathlib import Path
from typing import Any

import pytest
from telegram import Update

from conversations.messages import Inbound
from handlers.arrival import LONGEST_MESSAGE, NotUnderstood, Skipped
from handlers.telegram import Tap, Tapped, read
from tests import telegram_spec
from tests.handlers.telegram_expected import CITIZEN, NOW, SAID, SENT, SKIPPED

FOLDER = Path(__file__).parent / "telegram"
FILES = sorted(FOLDER.glob("*.json"))
OF_TOMORROW = ("message__of_tomorrow", "update__of_tomorrow")  # which no description knows yet


def payload(name: str) -> bytes:
    """Return a captured update."""
    return (FOLDER / f"{name}.json").read_bytes()


def number(name: str) -> str:
    """Return a captured update's update_id as text."""
    return str(json.loads(payload(name))["update_id"])


def plain(heard: Inbound | Skipped) -> dict[str, Any]:
    """Return the fields of *heard* that every Inbound has."""
    return {name: getattr(heard, name) for name in Inbound.__struct_fields__}


def test_every_payload_has_its_expectation() -> None:
    """No captured update lies about without a word on what it should become."""
    assert {file.stem for file in FILES} == SAID.keys() | SKIPPED.keys()
    assert len(FILES) >= 20


@pytest.mark.parametrize("name", SAID)
def test_a_message_is_read(name: str) -> None:
    """Each message becomes the Inbound that it should."""
    usual: dict[str, Any] = {"received_at": SENT, "language": "id"}
    expected = Inbound(sender=CITIZEN, message_id=number(name), **(usual | SAID[name]))
    assert plain(read(payload(name), NOW)) == plain(expected)


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_not_for_us_is_skipped_with_its_reason(name: str) -> None:
    """Groups, edits, bots and news about ourselves are understood and left unanswered."""
    reason, sender = SKIPPED[name]
    assert read(payload(name), NOW) == Skipped(reason, number(name), sender)


@pytest.mark.parametrize(
    ("name", "tap"),
    [
        ("tap__button", Tap("4382bfdwdsb323b2d9", 700001, 52)),
        ("tap__under_an_old_message", Tap("4382bfdwdsb323b2d9", 700001, 3)),
        ("tap__without_message", Tap("4382bfdwdsb323b2d9", 700001, 0)),
    ],
)
def test_a_tap_brings_what_acknowledging_it_takes(name: str, tap: Tap) -> None:
    """A tap knows its query and the message whose keyboard has served."""
    heard = read(payload(name), NOW)
    assert isinstance(heard, Tapped)
    assert heard.tap == tap


@pytest.mark.parametrize("name", SAID)
def test_python_telegram_bot_reads_the_same(name: str) -> None:
    """An independent reader finds the same person, words, files, place and time."""
    update = Update.de_json(json.loads(payload(name)), None)
    heard = read(payload(name), NOW)
    assert isinstance(heard, Inbound)
    message, query = update.message, update.callback_query
    assert str(update.update_id) == heard.message_id
    assert str(update.effective_user.id) == heard.sender.id
    assert (update.effective_user.language_code or "")[:2] == (heard.language or "")
    assert (query.data if query else None) == heard.picked
    if message:
        assert (message.text or message.caption or "") == heard.text
        assert message.date == heard.received_at
        assert [a.ref for a in heard.attachments] == their_files(update)
        assert bool(message.location) == bool(heard.place)


def their_files(update: Update) -> list[str]:
    """Return the files that we should find, as python-telegram-bot names them."""
    message = update.message
    if message.photo:
        return [max(message.photo, key=lambda size: size.width).file_id]
    return [message.document.file_id] if message.document and not message.animation else []


@pytest.mark.skipif(not telegram_spec.present(), reason="the API's description is not here")
@pytest.mark.parametrize("file", [f for f in FILES if f.stem not in OF_TOMORROW])
def test_the_payloads_are_telegrams(file: Path) -> None:
    """The captured updates are valid by the published description of the Bot API."""
    assert telegram_spec.faults_of_value("Update", json.loads(file.read_bytes())) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"{}",
        b'{"update_id":"7"}',
        b'{"update_id":1.5}',
        b'{"update_id":1,"message":' + b"[" * 100_000,
        b"\x00\xff",
    ],
)
def test_what_is_no_update_is_not_understood(body: bytes) -> None:
    """Broken JSON and bodies without an update_id are refused."""
    with pytest.raises(NotUnderstood):
        read(body, NOW)


def message(**parts: object) -> bytes:
    """Return an update with a citizen's message, and *parts* in it."""
    usual = {"message_id": 1, "date": 5, "chat": {"id": 7, "type": "private"}, "from": {"id": 7}}
    return json.dumps({"update_id": 7, "message": usual | parts}).encode()


@pytest.mark.parametrize(
    "body",
    [
        b'{"update_id":7,"message":{"text":"no chat"}}',
        b'{"update_id":7,"message":"hello"}',
        b'{"update_id":7,"message":"\xff"}',
        b'{"update_id":7,"callback_query":{"id":5}}',
        b'{"update_id":7,"edited_message":"\xff"}',
        b'{"update_id":7,"edited_message":"\\ud83d"}',
        message(text="\ud83d"),
        message(text="halo").replace(b"halo", b"\xed\xa0\xbd"),
        message(sticker={}).replace(b"sticker", b"\xff"),
    ],
)
def test_a_malformed_update_is_not_understood(body: bytes) -> None:
    """Parts of another shape, bad UTF-8 and half characters: one rule for all of them."""
    with pytest.raises(NotUnderstood):
        read(body, NOW)


@pytest.mark.parametrize("date", [10**18, 10**20, -(10**17), 10**13])
def test_a_date_of_no_calendar_is_not_understood(date: int) -> None:
    """A time that no calendar holds is a mistake of the sender's, not of ours."""
    with pytest.raises(NotUnderstood):
        read(message(text="halo", date=date), NOW)


@pytest.mark.parametrize("kind", ["text", "caption"])
def test_a_text_without_end_is_cut(kind: str) -> None:
    """What is longer than Telegram lets anybody write is not read to its end."""
    heard = read(message(**{"text": "", kind: "a" * 900_000}), NOW)
    assert isinstance(heard, Inbound)
    assert heard.text == "a" * LONGEST_MESSAGE


def test_an_update_with_nothing_in_it_is_skipped() -> None:
    """A bare number is an update of no kind."""
    assert read(b'{"update_id":7}', NOW) == Skipped("unknown", "7")


def test_a_tap_prints_without_its_contents() -> None:
    """Who logs a tap by mistake logs neither the person nor the choice."""
    shown = repr(read(payload("tap__button"), NOW))
    assert "700001" not in shown
    assert "usul" not in shown
