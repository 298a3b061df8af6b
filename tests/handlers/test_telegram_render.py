"""Rendering replies as Telegram messages."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.messages import Choice, Reply
from handlers.long_text import split, utf16_units
from handlers.telegram import render
from tests import telegram_spec

YES_NO = (Choice("sure:ya", "Ya"), Choice("sure:tidak", "Tidak"))
LONG_LABELS = (Choice("menu:cek", "Cek status bantuan"), Choice("menu:usul", "Usul"))


def rendered(reply: Reply) -> list[dict[str, Any]]:
    """Return the parameters of each message, judged by the API's description if it is here."""
    bodies = [json.loads(body) for body in render(reply, "700001")]
    if telegram_spec.present():
        for body in bodies:
            assert telegram_spec.faults_of_call("sendMessage", body) == []
    return bodies


def test_a_text_is_sent_as_it_is() -> None:
    """No markup is read into words, no link previewed, and an old keyboard goes away."""
    assert rendered(Reply('<b>2*3_4</b> "kutip" \\ \n baris')) == [
        {
            "chat_id": 700001,
            "text": '<b>2*3_4</b> "kutip" \\ \n baris',
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"remove_keyboard": True},
        }
    ]


def test_short_choices_share_a_row() -> None:
    """Two short buttons stand side by side."""
    markup = rendered(Reply("Betul?", YES_NO))[0]["reply_markup"]
    assert markup == {
        "inline_keyboard": [
            [
                {"text": "Ya", "callback_data": "sure:ya"},
                {"text": "Tidak", "callback_data": "sure:tidak"},
            ]
        ]
    }


def test_long_choices_have_a_row_each() -> None:
    """One long label gives every button the telephone's whole width."""
    rows = rendered(Reply("Apa?", LONG_LABELS))[0]["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["Cek status bantuan"],
        ["Usul"],
    ]


def test_asking_for_a_place_offers_the_telephones_own_way() -> None:
    """The keyboard sends the place at one tap; choices are sent as their labels."""
    markup = rendered(Reply("Di mana?", YES_NO, ask_place=True))[0]["reply_markup"]
    first, *others = markup["keyboard"]
    assert first[0]["request_location"] is True
    assert others == [[{"text": "Ya"}], [{"text": "Tidak"}]]
    assert markup["one_time_keyboard"] is True


def test_asking_for_a_number_offers_the_telephones_own_way() -> None:
    """The keyboard shares the citizen's own number at one tap."""
    markup = rendered(Reply("Nomor Anda?", ask_phone=True))[0]["reply_markup"]
    assert markup["keyboard"][0][0]["request_contact"] is True


def test_a_button_that_shares_says_so_in_the_citizens_language() -> None:
    """Where the reply has words for its buttons, these stand on them."""
    reply = Reply("Di mana?", ask_place=True, place_label="Kirim lokasi")
    assert rendered(reply)[0]["reply_markup"]["keyboard"][0][0]["text"] == "Kirim lokasi"
    reply = Reply("Nomor Anda?", ask_phone=True, phone_label="Kirim nomor saya")
    assert rendered(reply)[0]["reply_markup"]["keyboard"][0][0]["text"] == "Kirim nomor saya"


def test_a_long_text_carries_its_keyboard_last() -> None:
    """The buttons stand under the end of what they belong to."""
    first, last = rendered(Reply("Kalimat pendek. " * 300, YES_NO))
    assert "reply_markup" not in first
    assert "inline_keyboard" in last["reply_markup"]


def test_four_thousand_emoji_are_split_by_telegrams_own_count() -> None:
    """Telegram counts UTF-16 units, of which an emoji has two."""
    parts = [body["text"] for body in rendered(Reply("\U0001f64f" * 4000))]
    assert "".join(parts) == "\U0001f64f" * 4000
    assert [utf16_units(part) for part in parts] == [4096, 3904]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("pendek", ("pendek",)),
        ("", ("",)),
        ("satu dua.\n\ntiga empat lima", ("satu dua.", "tiga empat lima")),
        ("satu dua tiga\nempat lima", ("satu dua tiga", "empat lima")),
        ("satu. dua tiga empat", ("satu.", "dua tiga empat")),
        ("satu dua tiga empat lima", ("satu dua tiga", "empat lima")),
        ("a. bcdefghijklmnopqrstuvw", ("a. bcdefghijklmn", "opqrstuvw")),
        ("x" * 20, ("x" * 16, "x" * 4)),
    ],
)
def test_a_text_is_cut_where_a_reader_would_pause(text: str, parts: tuple[str, ...]) -> None:
    """Paragraph before line before sentence before word, unless hardly anything would be left."""
    assert split(text, 16) == parts


@settings(deadline=None)
@given(st.text(max_size=300), st.integers(4, 60))
def test_no_text_is_too_long_or_loses_a_word(text: str, limit: int) -> None:
    """Whatever the text, every part fits, and only space is lost."""
    parts = split(text, limit)
    assert all(utf16_units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
