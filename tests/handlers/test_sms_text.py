"""Counting and plainly writing the text of an SMS."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.messages import Choice, Reply
from handlers.sms_text import BASIC, EXTENSION, Segments, render, segments, transliterate


@pytest.mark.parametrize(
    ("text", "encoding", "parts"),
    [
        ("", "gsm7", (0,)),
        ("a" * 160, "gsm7", (160,)),
        ("a" * 161, "gsm7", (153, 8)),
        ("a" * 307, "gsm7", (153, 153, 1)),
        ("€" * 80, "gsm7", (160,)),
        ("a" * 152 + "€" + "a" * 10, "gsm7", (152, 12)),
        ("ñ" * 160, "gsm7", (160,)),
        ("ê", "ucs2", (1,)),
        ("\N{RIGHT SINGLE QUOTATION MARK}" * 70, "ucs2", (70,)),
        ("\N{RIGHT SINGLE QUOTATION MARK}" * 71, "ucs2", (67, 4)),
        ("\U0001f64f" * 35, "ucs2", (70,)),
        ("\U0001f64f" * 36, "ucs2", (66, 6)),
    ],
)
def test_segments_are_counted_as_the_network_does(
    text: str, encoding: str, parts: tuple[int, ...]
) -> None:
    """The alphabet decides the size; escapes and surrogate pairs are not torn."""
    counted = segments(text)
    assert (counted.encoding, counted.parts) == (encoding, parts)
    assert counted.count == len(parts)


def test_the_alphabet_is_complete() -> None:
    """GSM 7-bit has 127 characters beside the escape, and ten in the extension."""
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_part_is_too_long_and_nothing_is_lost(text: str) -> None:
    """Whatever the text, each part fits and all parts together are the text."""
    counted = segments(text)
    single, part = (160, 153) if counted.encoding == "gsm7" else (70, 67)
    assert all(size <= (single if counted.count == 1 else part) for size in counted.parts)
    if counted.encoding == "ucs2":
        assert sum(counted.parts) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Bapak/Ibu, ketik 1.", "Bapak/Ibu, ketik 1."),
        ("\u201cPKH\u201d \u2018ya\u2019", "\"PKH\" 'ya'"),
        ("2024\u20132025 \u2014 selesai\u2026", "2024-2025 - selesai..."),
        ("a\u00a0b\tc\u200bd`", "a b cd'"),
        ("Br\u00ean\u0113 \u00fc \u00e9", "Brene \u00fc \u00e9"),
        ("\uff11\uff12\uff13 \ufb01", "123 fi"),
        ("\u2022 satu \u2192 dua", "- satu -> dua"),
        ("terima kasih \U0001f64f", "terima kasih \U0001f64f"),
        ("\ua9b2", "\ua9b2"),
    ],
)
def test_a_plain_look_alike_saves_half_the_cost(text: str, plain: str) -> None:
    """Typographic signs and accents become GSM characters; what has no look-alike stays."""
    assert transliterate(text) == plain


@settings(deadline=None)
@given(st.text())
def test_plain_text_stays_as_it_is(text: str) -> None:
    """Writing plainly twice changes nothing more."""
    once = transliterate(text)
    assert transliterate(once) == once


def test_choices_become_a_numbered_list() -> None:
    """A plain telephone answers with a number."""
    reply = Reply("Apa yang perlu?", (Choice("a", "Cek status"), Choice("b", "Petugas")))
    assert render(reply) == "Apa yang perlu?\n1. Cek status\n2. Petugas"
    assert segments(render(reply)) == Segments("gsm7", (40,))


def test_who_writes_from_a_telephone_may_give_its_number() -> None:
    """How to give the number one writes from is said where the channel knows it."""
    reply = Reply("Nomor?", (Choice("a", "Lewati"),), ask_phone=True, phone_same="Balas SAMA.")
    assert render(reply) == "Nomor?\nBalas SAMA.\n1. Lewati"


def test_a_reply_without_choices_is_its_text() -> None:
    """Nothing is added where nothing is asked; places and numbers cannot be asked for by SMS."""
    assert render(Reply("Terima kasih.", ask_place=True, ask_phone=True)) == "Terima kasih."
