"""A reply as people see it in WhatsApp."""

from conversations.messages import Choice, Reply
from handlers.whatsapp_shown import messages

FOUR = tuple(Choice(f"menu:{n}", f"Pilihan {n}") for n in range(4))


def test_buttons_stand_beneath() -> None:
    """Up to three are shown at once."""
    assert list(messages(Reply("Betul?", FOUR[:2]))) == ["Betul?\n  [Pilihan 0]\n  [Pilihan 1]"]


def test_a_list_opens_from_one_button() -> None:
    """Its rows are what one sees after a tap."""
    (shown,) = messages(Reply("Apa?", FOUR), "Pilih")
    assert shown.split("\n")[:3] == ["Apa?", "  [Pilih]", "    ( ) Pilihan 0"]


def test_a_place_and_a_text_are_shown() -> None:
    """A pin that can be tapped, and words alone."""
    assert list(messages(Reply("Di mana?", ask_place=True))) == ["Di mana?\n  [\U0001f4cd]"]
    assert list(messages(Reply("Halo"))) == ["Halo"]
