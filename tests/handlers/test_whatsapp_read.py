"""Reading WhatsApp's deliveries: payloads in, messages and receipts out."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from conversations.messages import Inbound
from handlers.arrival import LONGEST_MESSAGE, NotUnderstood, Receipt, Skipped
from handlers.whatsapp import Heard, challenge, read, signature_ok
from tests import whatsapp_spec
from tests.handlers.whatsapp_expected import EXPECTED, NOW, PHONE_ID

FOLDER = Path(__file__).parent / "whatsapp"
FILES = sorted(FOLDER.glob("*.json"))
LATER = (  # which the description of 2025 does not know yet, or which are wrong on purpose
    "message__of_tomorrow", "several__one_malformed", "text__id_only", "text__from_nobody",
    "text__person_in_contacts_alone", "contacts__requested", "status__played", "status__deleted",
    "field__template_approved", "field__contacts_of_another_shape",
    "field__value_of_another_shape",
    "tap__flow", "location__point", "location__without_point", "location__venue",
    "reaction__taken_away", "system__id_changed", "system__identity", "video__with_caption",
    "contacts__own", "order__cart", "group__text", "text__without_contacts",
    "text__reply_to_ours", "unsupported__poll",
)  # fmt: skip
SECRET = "rahasia"


def payload(name: str) -> bytes:
    """Return a captured delivery."""
    return (FOLDER / f"{name}.json").read_bytes()


def plain(heard: Heard) -> Heard:
    """Return *heard* with the kind of its error in the error's place: errors are not equal."""
    if isinstance(heard, Receipt) and heard.error is not None:
        return replace(heard, error=type(heard.error))
    return heard


def delivery(message: dict[str, object]) -> bytes:
    """Return a delivery of one message."""
    usual = {"from": "6281200000001", "id": "wamid.X", "timestamp": "1763791200", "type": "text"}
    change = {"field": "messages", "value": {"messages": [usual | message]}}
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
    return json.dumps(body).encode()


def test_every_payload_has_its_expectation() -> None:
    """No captured delivery lies about without a word on what it should become."""
    assert {file.stem for file in FILES} == EXPECTED.keys()
    assert len(FILES) >= 50


@pytest.mark.parametrize("name", EXPECTED)
def test_a_delivery_is_read(name: str) -> None:
    """Each delivery becomes the messages and receipts that it should, in their order."""
    assert tuple(map(plain, read(payload(name), NOW, PHONE_ID))) == EXPECTED[name]


@pytest.mark.skipif(not whatsapp_spec.present(), reason="Meta's description is not here")
@pytest.mark.parametrize("file", [f for f in FILES if f.stem not in LATER], ids=lambda f: f.stem)
def test_the_payloads_are_metas(file: Path) -> None:
    """The captured deliveries are valid by Meta's published description."""
    assert whatsapp_spec.faults_of_delivery(json.loads(file.read_bytes())) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"object":"page","entry":[]}',
        b'{"object":7,"entry":[]}',
        b'{"object":"whatsapp_business_account","entry":{}}',
        b'{"object":"whatsapp_business_account","entry":' + b"[" * 100_000,
        b'{"object":"whatsapp_business_account","entry":[{"changes":"\xff"}]}',
        b"\x00\xff",
    ],
)
def test_what_is_no_delivery_is_not_understood(body: bytes) -> None:
    """Broken JSON, another product's webhook and bodies of another shape are refused."""
    with pytest.raises(NotUnderstood):
        read(body, NOW, PHONE_ID)


@pytest.mark.parametrize("stamp", ["1" + "0" * 18, "-1" + "0" * 17, 10**20])
def test_a_date_of_no_calendar_is_left_alone(stamp: object) -> None:
    """A time that no calendar holds costs that message, and nothing else."""
    (heard,) = read(delivery({"timestamp": stamp, "text": {"body": "halo"}}), NOW)
    assert isinstance(heard, Skipped)


@pytest.mark.parametrize("stamp", ["1", "4102444800"])
def test_a_clock_that_is_wrong_counts_for_nothing(stamp: str) -> None:
    """A word from years ago, or to come, would open or shut the day in which we may write."""
    (heard,) = read(delivery({"timestamp": stamp, "text": {"body": "halo"}}), NOW)
    assert isinstance(heard, Inbound)
    assert heard.received_at == NOW


def test_an_old_system_message_moves_nobody() -> None:
    """Whoever has that number now may be somebody else."""
    moved = {"type": "user_changed_number", "wa_id": "6281200000002"}
    (heard,) = read(delivery({"timestamp": "1700000000", "system": moved}), NOW)
    assert heard == Skipped("an old system message", "wamid.X")


def test_half_a_letter_costs_none_of_the_others() -> None:
    """A text with half an emoji is read with a mark in its place, and the others as they are."""
    whole = json.loads(delivery({"text": {"body": "satu \ud83d"}}))
    value = whole["entry"][0]["changes"][0]["value"]
    value["messages"].append(
        value["messages"][0] | {"id": "wamid.Y", "text": {"body": "C:\\ud800"}}
    )
    heard = read(json.dumps(whole).encode(), NOW)
    assert [one.text for one in heard if isinstance(one, Inbound)] == ["satu \ufffd", "C:\\ud800"]


def test_a_text_without_end_is_cut() -> None:
    """What is longer than anybody writes is not read to its end."""
    (heard,) = read(delivery({"text": {"body": "a" * 900_000}}), NOW)
    assert isinstance(heard, Inbound)
    assert heard.text == "a" * LONGEST_MESSAGE


def test_an_empty_text_is_read() -> None:
    """Nothing but spaces is a message too: it opens the menu."""
    (heard,) = read(delivery({"text": {"body": ""}}), NOW)
    assert isinstance(heard, Inbound)
    assert heard.unreadable is None


def test_whose_message_it_is_stands_in_no_log() -> None:
    """Who prints what was heard by mistake prints neither the person nor their words."""
    shown = repr(read(payload("text__plain"), NOW, PHONE_ID))
    assert "6281200000001" not in shown
    assert "1349120865530274" not in shown
    assert "Cek" not in shown


def signed(body: bytes, secret: str = SECRET) -> str:
    """Return Meta's signature of *body*."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def test_only_metas_signature_of_the_very_bytes_counts() -> None:
    """Another secret, other bytes, another algorithm, none, and letters beyond ASCII: no."""
    body = payload("text__emoji")
    assert signature_ok(signed(body), body, SECRET)
    for wrong in (
        signed(body, "lain"),
        signed(body + b" "),
        signed(json.dumps(json.loads(body)).encode()),
        signed(body).removeprefix("sha256="),
        signed(body).upper(),
        "sha1=" + "0" * 40,
        "sha256=" + "\u00e9" * 64,
        "",
    ):
        assert not signature_ok(wrong, body, SECRET)
    assert not signature_ok(signed(body, ""), body, "")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({}, "1158201444"),
        ({"hub.verify_token": "salah"}, None),
        ({"hub.verify_token": ""}, None),
        ({"hub.mode": "unsubscribe"}, None),
        ({"hub.challenge": "<script>"}, None),
        ({"hub.challenge": ""}, None),
    ],
)
def test_the_challenge_is_answered_to_who_knows_our_word(
    asked: dict[str, str], answer: str | None
) -> None:
    """Meta hears its own number back; nothing else is ever echoed."""
    usual = {
        "hub.mode": "subscribe",
        "hub.verify_token": "kata",
        "hub.challenge": "1158201444",
    }
    assert challenge(usual | asked, "kata") == answer
    assert challenge(usual | asked, "") is None
