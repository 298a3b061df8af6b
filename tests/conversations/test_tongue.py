"""Which language is spoken with somebody new."""

import pytest

from conversations.hearing.tongue import begun_in


@pytest.mark.parametrize(
    ("text", "menus", "spoken"),
    [
        ("pak kis ibu saya mati mau berobat", "en", "id"),
        ("Halo", "en", "id"),
        ("I need help with my house", "en", "en"),
        ("/start", "en", "en"),
        ("mau cek bansos", "nl", "id"),
        ("mau cek bansos", None, "id"),
        ("hello", "id", "id"),
    ],
)
def test_words_tell_sooner_than_menus(text: str, menus: str | None, spoken: str) -> None:
    """Many telephones here speak English to people who do not."""
    assert begun_in(text, menus) == spoken
