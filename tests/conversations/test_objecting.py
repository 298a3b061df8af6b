"""Objections to what is done with one's data, in plain words."""

import pytest

from conversations.personal.rights import wanted
from conversations.personal.rights_done import Wish

LONG = "kades bilang jangan lapor, padahal data bansos kami dipakai untuk orang lain"


@pytest.mark.parametrize(
    "text",
    [
        "saya tidak setuju data saya dipakai",
        "ga mau data saya disimpan",
        "saya keberatan data saya digunakan",
        "Jangan pakai data saya!",
        "do not use my data",
    ],
)
def test_objects(text: str) -> None:
    """Whoever objects to the use of their data is asked whether to take the consent back."""
    assert wanted(text) == Wish.DISAGREE


@pytest.mark.parametrize(
    "text",
    [
        "keberatan dengan data desil saya",
        "tidak setuju",
        "data saya salah",
        "data dipakai orang",
        LONG,
    ],
)
def test_other_words(text: str) -> None:
    """Whoever objects to what the data say, or to something else, does not take consent back."""
    assert wanted(text) is None
