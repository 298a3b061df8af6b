"""Reading what a real Kannel told us: queries in, messages and reports out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.messages import Address, Channel, Inbound
from handlers.arrival import LONGEST_MESSAGE, Arrived, NotUnderstood, Receipt, Skipped
from handlers.delivery import Blocked, Refused, TryLater
from handlers.sms_kannel import read, read_receipt

FOLDER = Path(__file__).parent / "sms_kannel"
CITIZEN = "+6281200000001"
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
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


def test_long_ids_with_the_same_beginning_are_two_messages() -> None:
    """What only the end of a long id tells apart stays apart, in a report as well."""
    ids = [b"a" * 64 + end for end in (b"", b"1", b"2", b"\xff", b"\xfe")]
    heard = [read(b"from=6281200000001&text=halo&id=" + one, NOW) for one in ids]
    told = [read_receipt(b"type=1&id=" + one, NOW) for one in ids]
    names = [one.message_id for one in heard if isinstance(one, Inbound)]
    assert len(set(names)) == len(ids)
    assert len({one.reference for one in told if isinstance(one, Receipt)}) == len(ids)
    assert names[0] == "a" * 64
    assert all(len(name) <= 64 for name in names)


@pytest.mark.parametrize("when", [b"", b"x", b"9" * 30, b"-9" + b"9" * 17, b"1", b"4102444800"])
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
    assert heard.text == ("ya " * 30_000)[:LONGEST_MESSAGE]


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
