"""What gateways of any shape bring is read by their rows."""

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from conversations.messages import Address, Channel, Inbound
from handlers.arrival import LONGEST_MESSAGE, Arrived, NotUnderstood, Receipt, Skipped
from handlers.delivery import Blocked, Refused, TryLater
from handlers.sms_http import plain, read_by, receipts_by
from handlers.sms_http_row import Calls
from handlers.sms_http_values import when
from tests.handlers.gateway_rows import ROWS

FOLDER = Path(__file__).parent / "sms_http"
CITIZEN = Address(Channel.SMS, "+6281200000001")
SENT = datetime(2025, 11, 22, 6, 0, tzinfo=UTC)
NOW = datetime(2025, 11, 22, 6, 30, 10, tzinfo=UTC)
PLAIN = "message__"


def inbound(**changes: Any) -> Inbound:  # noqa: ANN401 - an Inbound's fields by name
    """Return the usual message, but for *changes*."""
    usual = {"sender": CITIZEN, "received_at": SENT, "text": "CEK STATUS"}
    return Inbound(**(usual | changes))


def receipt(reference: str, state: Arrived, at: datetime = SENT) -> Receipt:
    """Return word of a message of ours."""
    return Receipt(Channel.SMS, reference, state, at)


SAID: dict[str, tuple[Inbound | Skipped, ...]] = {
    "lontar__message.form": (inbound(message_id="lontar:7c8e90b4a7a5ebf5f5d0bbbd10dff1d4"),),
    "sawala__message.json": (inbound(message_id="sawala:5f0e2c1a-11aa-4b7c-9d3f-0a1b2c3d4e5f"),),
    "sawala__of_another_kind.json": (Skipped("of another kind", "9"),),
    "kentong__message.form": (
        inbound(message_id="kentong:SM7a1f0c22e4b54f0f9c2d1e0f3a4b5c6d", received_at=NOW),
    ),
    "kentong__from_a_bank.form": (Skipped("no telephone number", "SM1"),),
    "merapi__two_messages.json": (
        inbound(message_id="merapi:817790313235066447"),
        inbound(
            message_id="merapi:817790313235066448",
            sender=Address(Channel.SMS, "+60123456789"),
            text="menu",
            received_at=NOW,  # not in 2031
        ),
    ),
    "merapi__one_odd.json": (
        Skipped("no telephone number", ""),
        inbound(message_id="merapi:817790313235066449", text="menu"),
    ),
    "tiang__message.form": (
        inbound(message_id="tiang:", received_at=NOW, text="Terima kasih \U0001f64f"),
    ),
    "tiang__missed_call.form": (inbound(message_id="tiang:", received_at=NOW, text=""),),
}
TOLD: dict[str, tuple[Receipt | Skipped, ...]] = {
    "lontar__receipt_delivered.form": (receipt("lontar:81723", Arrived.DELIVERED, NOW),),
    "lontar__receipt_not_active.form": (receipt("lontar:81723", Arrived.FAILED, NOW),),
    "lontar__receipt_unknown.form": (Skipped("Menunggu", "81723"),),
    "sawala__receipt_delivered.json": (
        receipt("sawala:b1946ac92492d2347c6235b4d2611184", Arrived.DELIVERED),
    ),
    "sawala__receipt_expired.json": (
        receipt("sawala:b1946ac92492d2347c6235b4d2611184", Arrived.FAILED, NOW),
    ),
    "kentong__receipt_undelivered.form": (receipt("kentong:SM9", Arrived.FAILED, NOW),),
    "kentong__receipt_sent.form": (receipt("kentong:SM9", Arrived.SENT, NOW),),
    "merapi__receipts.json": (
        receipt("merapi:m-1", Arrived.DELIVERED),
        receipt("merapi:m-2", Arrived.FAILED),
    ),
}
WHY = {
    "lontar__receipt_not_active.form": Blocked,
    "sawala__receipt_expired.json": TryLater,
    "kentong__receipt_undelivered.form": Blocked,
    "merapi__receipts.json": Refused,
}


def payload(name: str) -> bytes:
    """Return what was captured."""
    return (FOLDER / name).read_bytes()


def test_every_payload_has_its_expectation() -> None:
    """Nothing captured lies about without a word on what it should become."""
    found = {file.name for file in FOLDER.iterdir() if not file.name.startswith(PLAIN)}
    assert found == SAID.keys() | TOLD.keys()


@pytest.mark.parametrize("name", SAID)
def test_what_a_gateway_brings_is_read(name: str) -> None:
    """Query, form and JSON, one or several, all become the same messages."""
    heard = read_by(ROWS[name.partition("__")[0]], payload(name), NOW)
    assert tuple(map(shortened, heard)) == tuple(map(shortened, SAID[name]))


def shortened(heard: Inbound | Skipped) -> Inbound | Skipped:
    """Return *heard* without an id that we derived."""
    derived = isinstance(heard, Inbound) and heard.message_id.startswith(("tiang:", "lontar:"))
    return replace(heard, message_id="") if derived else heard


@pytest.mark.parametrize("name", TOLD)
def test_what_a_gateway_tells_of_ours_is_read(name: str) -> None:
    """Each gateway's words have one meaning, and a failure its reason."""
    heard = receipts_by(ROWS[name.partition("__")[0]], payload(name), NOW)
    assert tuple(map(without_reason, heard)) == TOLD[name]
    reasons = {type(one.error) for one in heard if isinstance(one, Receipt) and one.error}
    assert reasons == ({WHY[name]} if name in WHY else set())


def without_reason(heard: Receipt | Skipped) -> Receipt | Skipped:
    """Return *heard* without its error, whose kind alone counts."""
    return replace(heard, error=None) if isinstance(heard, Receipt) else heard


def derived(body: bytes, now: datetime = NOW, row: str = "tiang") -> str:
    """Return the id of the message in *body*."""
    (heard,) = read_by(ROWS[row], body, now)
    assert isinstance(heard, Inbound)
    return heard.message_id


def test_a_gateway_without_ids_gets_one_from_what_it_brings() -> None:
    """Without a time too, the same words are one message for a minute; other words never are."""
    body = payload("tiang__message.form")
    assert derived(body) == derived(body, NOW + timedelta(seconds=40))
    assert derived(body) != derived(body, NOW + timedelta(minutes=1))
    assert derived(body) != derived(body + b"!")
    assert len(derived(body)) == len("tiang:") + 32


def test_with_a_time_a_delivery_is_known_for_ever() -> None:
    """The gateway's own time makes the id, however late it comes again."""
    body = payload("lontar__message.form")
    later = NOW + timedelta(days=1)
    assert derived(body, NOW, "lontar") == derived(body, later, "lontar")
    assert derived(body, NOW, "lontar") != derived(body + b"1", NOW, "lontar")


def test_a_text_without_end_is_cut() -> None:
    """More letters than any message has are not read."""
    (heard,) = read_by(ROWS["tiang"], b"nomor=081200000001&isi=" + b"ya+" * 100_000, NOW)
    assert isinstance(heard, Inbound)
    assert len(heard.text) == LONGEST_MESSAGE


@pytest.mark.parametrize(
    ("row", "body"),
    [
        ("sawala", b""),
        ("sawala", b"{"),
        ("sawala", b"[" * 100_000),
        ("merapi", b"{}"),
        ("merapi", b'{"results": {}}'),
        ("tiang", b"&".join(b"x%d=1" % n for n in range(101))),
    ],
)
def test_what_is_of_another_shape_is_not_understood(row: str, body: bytes) -> None:
    """The gateway's operator hears 400, and nothing happens."""
    with pytest.raises(NotUnderstood):
        read_by(ROWS[row], body, NOW)


def test_a_call_that_brings_very_many_loses_none() -> None:
    """After an outage one call may bring thousands; the body's own bound is the only one."""
    one = '{"messageId": "%d", "from": "6281200000001", "text": "menu"}'
    many = ",".join(one % number for number in range(2500))
    heard = read_by(ROWS["merapi"], f'{{"results": [{many}]}}'.encode(), NOW)
    ids = [each.message_id for each in heard if isinstance(each, Inbound)]
    assert ids == [f"merapi:{number}" for number in range(2500)]


def test_half_a_letter_costs_none_of_the_others() -> None:
    """A gateway that cuts an emoji in two still brings what else was written, and that as well."""
    one = '{"messageId": "%s", "from": "6281200000001", "text": "%s"}'
    both = one % ("1", "halo \\ud83d") + "," + one % ("2", "menu \\ud83d\\ude4f")
    heard = read_by(ROWS["merapi"], f'{{"results": [{both}]}}'.encode(), NOW)
    assert [each.text for each in heard if isinstance(each, Inbound)] == [
        "halo \ufffd",
        "menu \U0001f64f",
    ]


def test_a_row_without_receipts_understands_none() -> None:
    """What it never said is not guessed."""
    with pytest.raises(NotUnderstood):
        receipts_by(ROWS["tiang"], b"{}", NOW)


@given(st.binary(max_size=200), st.sampled_from(sorted(ROWS)))
def test_whatever_comes_is_read_or_refused(body: bytes, name: str) -> None:
    """No bytes break anything."""
    with contextlib.suppress(NotUnderstood):
        read_by(ROWS[name], body, NOW)


def test_the_plain_gateway_tells_of_ours_too() -> None:
    """By the id that it answered with, in our own words."""
    row = plain("http://127.0.0.1:1", "")
    body = b'{"id": "7", "state": "delivered", "ts": 1763791200}'
    assert receipts_by(row, body, NOW) == (receipt("7", Arrived.DELIVERED),)
    assert receipts_by(row, b'{"id": 7, "state": "read"}', NOW) == (
        receipt("7", Arrived.READ, NOW),
    )
    assert receipts_by(row, b'{"state": "sent"}', NOW) == (Skipped("sent", ""),)


@pytest.mark.parametrize(
    ("told", "kind", "at"),
    [
        ("2025-11-22T13:00:00+07:00", "iso", SENT),
        ("2025-11-22T13:00:00", "iso", SENT),
        ("1763791200", "unix", SENT),
        ("1763791200.5", "unix", SENT + timedelta(seconds=0.5)),
        ("1763791200000", "milliseconds", SENT),
        ("22/11/2025 13.00", "%d/%m/%Y %H.%M", SENT),
        ("", "iso", NOW),
        ("kemarin", "unix", NOW),
        ("nan", "unix", NOW),
        ("1e300", "unix", NOW),
        ("22/11", "%d/%m/%Y", NOW),
        ("0001-01-01T00:00:00", "iso", NOW),
        ("2025-11-22T13:31:00+07:00", "iso", NOW),  # in the future
        ("2019-01-01T00:00:00Z", "iso", NOW),  # a telephone whose clock was never set
    ],
)
def test_times_are_read_as_the_row_says(told: str, kind: str, at: datetime) -> None:
    """In the row's zone where none is told; what cannot be true is now."""
    assert when(told, Calls(time=kind, zone="Asia/Jakarta"), NOW) == at
