"""WhatsApp, judged by others: pywa as client and reader, Meta's description as a fuzzer."""

import hashlib
import hmac
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pywa import WhatsApp, errors, types

from conversations.messages import Inbound
from handlers.arrival import NotUnderstood
from handlers.delivery import Blocked, DeliveryError, Refused, TryLater, WindowClosed
from handlers.whatsapp import read, signature_ok
from handlers.whatsapp_faults import meaning
from tests import whatsapp_spec
from tests.handlers.whatsapp_expected import EXPECTED, NOW, PHONE_ID

FOLDER = Path(__file__).parent / "whatsapp"
SECRET = "rahasia"
# One message each, with an id for us alone: without it pywa drops the whole delivery.
THEIRS = (
    "text__plain", "text__several_lines", "text__emoji", "text__reply_to_ours", "tap__button",
    "tap__row", "tap__template", "image__with_caption", "image__bare", "document__pdf",
    "location__point", "location__venue", "reaction__thumb", "audio__voice", "sticker__animated",
    "contacts__own", "unsupported__poll",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _quiet() -> Iterator[None]:
    """Keep the other library's log out of ours."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def judge() -> WhatsApp:
    """Return somebody else's client, which calls nobody."""
    return WhatsApp(
        phone_id=PHONE_ID,
        token="EAAFAKE",
        server=None,
        verify_token="kata",
        app_secret=SECRET,
        validate_updates=True,
        filter_updates=False,
    )


def signed(body: bytes) -> str:
    """Return Meta's signature of *body*."""
    return "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("name", EXPECTED)
def test_pywa_trusts_the_same_signatures(judge: WhatsApp, name: str) -> None:
    """What we let in it lets in, and what we turn away it turns away."""
    body = (FOLDER / f"{name}.json").read_bytes()
    for given_one in (signed(body), signed(body + b"x"), "sha256=" + "0" * 64, ""):
        theirs = judge.webhook_update_validator(body, given_one or None) is None
        assert signature_ok(given_one, body, SECRET) is theirs


@pytest.mark.parametrize("name", THEIRS)
def test_pywa_reads_the_same(judge: WhatsApp, name: str) -> None:
    """An independent reader finds the same person, words, choice, files, place and time."""
    body = (FOLDER / f"{name}.json").read_bytes()
    (heard,) = read(body, NOW, PHONE_ID)
    assert isinstance(heard, Inbound)
    found = told(judge, json.loads(body))
    assert found["id"] == heard.message_id
    assert found["user"] == heard.sender.id
    assert found["number"] == (heard.also.id if heard.also else None)
    assert found["at"] == heard.received_at
    assert found["text"] == heard.text
    assert found["picked"] == heard.picked
    assert found["files"] == [attachment.ref for attachment in heard.attachments]
    assert found["place"] == bool(heard.place)


def told(judge: WhatsApp, delivery: dict[str, Any]) -> dict[str, Any]:
    """Return what pywa says of a delivery of one message."""
    kind = delivery["entry"][0]["changes"][0]["value"]["messages"][0]["type"]
    reader: Any = types.Message
    if kind == "button":
        reader = types.CallbackButton
    if kind == "interactive":
        reply = delivery["entry"][0]["changes"][0]["value"]["messages"][0]["interactive"]["type"]
        reader = types.CallbackButton if reply == "button_reply" else types.CallbackSelection
    update = reader.from_update(judge, delivery)
    media = getattr(update, "image", None) or getattr(update, "document", None)
    tapped = reader is not types.Message
    return {
        "id": update.id,
        "user": update.from_user.bsuid,
        "number": update.from_user.wa_id,
        "at": update.timestamp,
        "text": "" if tapped else (update.text or update.caption or ""),
        "picked": update.data if tapped else None,
        "files": [media.id] if media else [],
        "place": bool(getattr(update, "location", None)),
    }


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        (errors.RateLimitHit, TryLater),
        (errors.TooManyMessages, TryLater),
        (errors.ReEngagementMessage, WindowClosed),
        (errors.MessageUndeliverable, Blocked),
        (errors.TemplateParamCountMismatch, Refused),
        (errors.TemplateNotExists, Refused),
    ],
)
def test_pywa_names_the_errors_alike(
    kind: type[errors.WhatsAppError], ours: type[DeliveryError]
) -> None:
    """The numbers of each error are those that an independent library knows it by."""
    codes = kind.__error_codes__
    assert codes
    assert {type(meaning(code)) for code in codes} == {ours}


@pytest.mark.skipif(not whatsapp_spec.present(), reason="Meta's description is not here")
def test_whatever_the_description_allows_is_read() -> None:
    """A delivery made by Meta's description never fails: it is read, left alone or refused."""
    kinds: set[str] = set()

    @settings(
        max_examples=150,
        deadline=None,
        derandomize=True,  # so that the kinds below are met in every run
        suppress_health_check=list(HealthCheck),
    )
    @given(whatsapp_spec.deliveries())
    def check(delivery: dict[str, Any]) -> None:
        delivery["object"] = "whatsapp_business_account"
        kinds.update(type(heard).__name__ for heard in read(json.dumps(delivery).encode(), NOW))

    check()
    assert {"Inbound", "Skipped"} <= kinds


KEYS = st.sampled_from((
    "object", "entry", "changes", "field", "value", "messages", "statuses", "contacts", "from",
    "from_user_id", "id", "timestamp", "type", "text", "body", "interactive", "system", "errors",
    "code", "status", "image", "location", "latitude", "wa_id", "user_id", "metadata",
))  # fmt: skip
PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)


@settings(max_examples=150, deadline=None)
@given(PARTS)
def test_any_shape_at_all_is_answered(part: object) -> None:
    """Right keys in wrong places are refused or left alone, and never an error of ours."""
    change = {"field": "messages", "value": part}
    body = {"object": "whatsapp_business_account", "entry": [{"changes": [change, part]}]}
    for one in (body, part):
        try:
            read(json.dumps(one).encode(), NOW)
        except NotUnderstood:
            continue
