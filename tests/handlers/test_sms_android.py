"""What an Android telephone tells us by its webhooks."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.messages import Address, Channel, Inbound
from handlers.arrival import LONGEST_MESSAGE, Arrived, NotUnderstood, Receipt, Skipped
from handlers.delivery import Refused, TryLater
from handlers.sms_android import EVENTS, read
from tests import smsgate_spec
from tests.fakes.sms_gate import SmsGate

FOLDER = Path(__file__).parent / "sms_android"
EVENT = "Ey6ECgOkVVFjz3CL48B8C"
OURS = "b1946ac92492d2347c6235b4d2611184"
CITIZEN = Address(Channel.SMS, "+6281200000001")
SENT = datetime(2025, 11, 22, 6, 0, tzinfo=UTC)
NOW = datetime(2025, 11, 22, 6, 30, tzinfo=UTC)

SAID: dict[str, dict[str, Any]] = {
    "received__text": {"text": "CEK STATUS"},
    "received__national_number": {"text": "menu"},
    "received__older_app": {"text": "menu"},
    "received__abroad": {"text": "menu", "sender": Address(Channel.SMS, "+60123456789")},
    "received__empty": {},
    "received__unicode": {"text": "Terima kasih \U0001f64f"},
    "received__clock_never_set": {"text": "menu", "received_at": NOW},
    "mms__received": {"unreadable": "picture"},
}
TOLD = {
    "sent__two_parts": Arrived.SENT,
    "delivered__a_part": Arrived.DELIVERED,
    "failed__no_service": Arrived.FAILED,
    "failed__generic": Arrived.FAILED,
    "cancelled__by_hand": Arrived.FAILED,
}
SKIPPED = {
    "received__from_an_operator": "no telephone number",
    "received__from_a_short_code": "no telephone number",
    "sent__of_nothing": "no message",
    "ping__health": "system:ping",
    "data__received": "sms:data-received",
    "event__of_tomorrow": "sms:dreamt",
}


def payload(name: str) -> bytes:
    """Return a captured event."""
    return (FOLDER / f"{name}.json").read_bytes()


def test_every_payload_has_its_expectation() -> None:
    """No captured event lies about without a word on what it should become."""
    assert {file.stem for file in FOLDER.iterdir()} == {*SAID, *TOLD, *SKIPPED}


@pytest.mark.parametrize("name", SAID)
def test_a_message_is_read(name: str) -> None:
    """Its id is the event's: a message's own is made of its words and comes again with them."""
    usual = {"sender": CITIZEN, "message_id": f"android:{EVENT}", "received_at": SENT}
    assert read(payload(name), NOW) == Inbound(**(usual | SAID[name]))


@pytest.mark.parametrize("name", TOLD)
def test_a_receipt_names_the_message_as_we_did(name: str) -> None:
    """Sent, delivered, failed and taken out of the queue by hand."""
    heard = read(payload(name), NOW)
    assert isinstance(heard, Receipt)
    assert (heard.channel, heard.reference, heard.state) == (Channel.SMS, OURS, TOLD[name])
    assert heard.at == (NOW if name == "cancelled__by_hand" else SENT)
    assert (heard.error is None) is (heard.state is not Arrived.FAILED)


def test_a_failure_says_whether_it_passes() -> None:
    """Without a network it may go later; other reasons stay."""
    passing, lasting = (
        read(payload("failed__no_service"), NOW),
        read(payload("failed__generic"), NOW),
    )
    assert isinstance(passing, Receipt)
    assert isinstance(lasting, Receipt)
    assert isinstance(passing.error, TryLater)
    assert isinstance(lasting.error, Refused)
    assert lasting.error.reason.startswith("Send result: RESULT_ERROR_GENERIC_FAILURE")


@pytest.mark.parametrize("name", SKIPPED)
def test_what_is_not_for_us_is_left_alone(name: str) -> None:
    """Operators and banks, signs of life, and whatever the app learns to tell."""
    assert read(payload(name), NOW) == Skipped(SKIPPED[name], EVENT)


def test_a_text_without_end_is_cut() -> None:
    """More letters than any message has are not read."""
    heard = read(SmsGate().event("sms:received", sender=CITIZEN.id, message="ya " * 9999), NOW)
    assert isinstance(heard, Inbound)
    assert len(heard.text) == LONGEST_MESSAGE


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"id": 1, "event": "sms:received"}',
        b'{"id": "1", "event": "sms:received", "payload": []}',
        b'{"id": "1", "event": "sms:received", "payload": {"message": 7}}',
        b'{"x":' + b"[" * 100_000,
    ],
)
def test_what_is_no_event_is_not_understood(body: bytes) -> None:
    """Broken and foreign JSON is refused."""
    with pytest.raises(NotUnderstood):
        read(body, NOW)


def test_an_event_without_id_cannot_be_known_again() -> None:
    """So it is not answered: it would be answered each time."""
    body = b'{"id": "", "event": "sms:received", "payload": {"sender": "081200000001"}}'
    assert isinstance(read(body, NOW), Skipped)


@given(st.text(), st.text(), st.text(), st.sampled_from(EVENTS))
def test_whatever_a_telephone_says_is_read(sender: str, words: str, at: str, event: str) -> None:
    """Odd senders, words and times break nothing."""
    body = SmsGate().event(event, sender=sender, message=words, receivedAt=at, messageId=words)
    assert isinstance(read(body, NOW), Inbound | Skipped | Receipt)


@pytest.mark.skipif(not smsgate_spec.present(), reason="SMSGate's description is not here")
def test_the_events_are_those_of_the_gateway() -> None:
    """We ask for none that it does not have."""
    assert set(EVENTS) <= smsgate_spec.events()
