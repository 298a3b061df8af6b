"""Who does not have the number at hand is known by a few words."""

import pytest

from conversations.hearing.unknown import not_known


@pytest.mark.parametrize(
    "text",
    [
        "tidak tahu",
        "gak punya",
        "lupa pak",
        "kartunya hilang",
        "belum ada nomornya",
        "I don't know",
    ],
)
def test_the_number_is_not_at_hand(text: str) -> None:
    """In short forms, in either language, with polite words beside."""
    assert not_known(text)


@pytest.mark.parametrize("text", ["", "tahu", "kartu saya", "no nik saya", "belum cair"])
def test_something_else_is_told(text: str) -> None:
    """A complaint is none, and neither is a word that denies nothing."""
    assert not not_known(text)
