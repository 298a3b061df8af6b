"""Rendering replies as WhatsApp messages."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.messages import Address, Channel, Choice, Reply
from handlers.long_text import utf16_units
from handlers.whatsapp_render import addressed, render
from tests import whatsapp_spec

NUMBER = Address(Channel.WHATSAPP, "6281200000001")
PERSON = Address(Channel.WHATSAPP, "ID.13491208655302741918")
YES_NO = (Choice("sure:ya", "Ya"), Choice("sure:tidak", "Tidak"))
FOUR = tuple(Choice(f"menu:{n}", f"Pilihan {n}") for n in range(4))
ELEVEN = tuple(Choice(f"menu:{n}", f"Pilihan {n}") for n in range(11))


def rendered(reply: Reply, address: Address = NUMBER) -> list[dict[str, Any]]:
    """Return the requests, judged by Meta's description if it is here."""
    messages = [json.loads(addressed(address, "7.0") + body) for body in render(reply, "Pilih")]
    if whatsapp_spec.present():
        for message in messages:
            assert whatsapp_spec.faults_of_message(message) == []
    return messages


def test_a_text_goes_to_a_number() -> None:
    """No link is previewed, and the receipt will know which message it was."""
    assert rendered(Reply('*2_4* "kutip" \\ \n baris')) == [
        {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "6281200000001",
            "biz_opaque_callback_data": "7.0",
            "type": "text",
            "text": {"body": '*2_4* "kutip" \\ \n baris', "preview_url": False},
        }
    ]


def test_who_has_no_number_is_written_to_by_their_id() -> None:
    """An id of Meta's goes in "recipient", and nothing in "to"."""
    (message,) = rendered(Reply("halo"), PERSON)
    assert message["recipient"] == "ID.13491208655302741918"
    assert "to" not in message


def test_few_short_choices_are_buttons() -> None:
    """Up to three answers of at most twenty characters can be tapped at once."""
    (message,) = rendered(Reply("Betul?", YES_NO))
    assert message["interactive"]["type"] == "button"
    assert [b["reply"] for b in message["interactive"]["action"]["buttons"]] == [
        {"id": "sure:ya", "title": "Ya"},
        {"id": "sure:tidak", "title": "Tidak"},
    ]


@pytest.mark.parametrize("choices", [FOUR, (Choice("a", "x" * 21), Choice("b", "y"))])
def test_more_or_longer_choices_are_a_list(choices: tuple[Choice, ...]) -> None:
    """Up to ten answers of at most 24 characters open from one button."""
    (message,) = rendered(Reply("Apa?", choices))
    action = message["interactive"]["action"]
    assert action["button"] == "Pilih"
    assert [row["title"] for row in action["sections"][0]["rows"]] == [c.label for c in choices]


@pytest.mark.parametrize(
    "choices",
    [ELEVEN, (Choice("a", "sama"), Choice("b", "sama")), (Choice("a", "x" * 25),)],
    ids=["too many", "alike", "too long"],
)
def test_what_fits_no_list_is_a_numbered_menu(choices: tuple[Choice, ...]) -> None:
    """A number answers them, as on a telephone that knows only SMS."""
    (message,) = rendered(Reply("Apa?", choices))
    lines = message["text"]["body"].split("\n")
    assert lines == ["Apa?", *(f"{n}. {c.label}" for n, c in enumerate(choices, 1))]


def test_an_unasked_menu_has_no_numbers() -> None:
    """A number would answer the question under way, so none is offered."""
    (message,) = rendered(Reply("Kabar", ELEVEN, unasked=True))
    assert "- Pilihan 3" in message["text"]["body"]


def test_a_page_is_told_as_its_address() -> None:
    """WhatsApp has no button that opens a page beside others: the address is written out."""
    (message,) = rendered(Reply("Tugas", (Choice("x", "Buka", "https://example.org/a"),)))
    assert message["text"]["body"] == "Tugas\nBuka: https://example.org/a"


def test_a_place_is_asked_for_with_a_button() -> None:
    """One tap sends it; what else can be answered stands numbered above."""
    (message,) = rendered(Reply("Di mana?", (Choice("skip", "Lewati"),), ask_place=True))
    assert message["interactive"] == {
        "type": "location_request_message",
        "body": {"text": "Di mana?\n1. Lewati"},
        "action": {"name": "send_location"},
    }


def test_a_number_is_asked_for_in_words() -> None:
    """There is no button for it; how to give this very number is said."""
    (message,) = rendered(Reply("Nomor?", ask_phone=True, phone_same="Balas SAMA."))
    assert message["text"]["body"] == "Nomor?\nBalas SAMA."


def test_a_long_question_goes_after_its_text() -> None:
    """What passes the limit of buttons is said first, and the question keeps its answers."""
    text = "\n\n".join(f"Bagian {n}. " + "kata " * 60 for n in range(6)) + "\n\nBetul?"
    *before, last = rendered(Reply(text, YES_NO))
    assert [message["type"] for message in before] == ["text"]
    assert last["interactive"]["body"]["text"].endswith("Betul?")
    whole = " ".join([*(m["text"]["body"] for m in before), last["interactive"]["body"]["text"]])
    assert whole.split() == text.split()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6000).filter(
    str.strip
)
LABELS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=24)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(LABELS, max_size=12), st.booleans(), st.booleans())
def test_no_reply_passes_a_limit(
    text: str,
    labels: list[str],
    ask_place: bool,  # noqa: FBT001 - drawn by hypothesis
    unasked: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    """Whatever is said, with whatever choices, Meta would take it, and no word is lost."""
    choices = tuple(Choice(f"c:{n}", label) for n, label in enumerate(labels))
    for message in rendered(Reply(text, choices, ask_place=ask_place, unasked=unasked)):
        body = message.get("text", message.get("interactive", {}).get("body", {}))
        assert "text" in message or utf16_units(body["text"]) <= 1024
        assert "interactive" in message or utf16_units(body["body"]) <= 4096
