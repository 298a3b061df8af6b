"""A death in the family is told apart from a card, a lamp or a cow that is dead."""

import pytest

from conversations.hearing.grief import bereaved
from conversations.hearing.spelling import words_of


@pytest.mark.parametrize(
    "text",
    [
        "suami saya mati kemarin",
        "kemarin anak mati",
        "ibu meninggal tadi pagi",
        "bapak kulo sedo",
        "pak, mertua sy wafat",
    ],
)
def test_a_death_is_heard(text: str) -> None:
    """Whoever lost somebody is understood, in short forms and in Javanese."""
    assert bereaved(words_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "kis ibu saya mati",
        "sapi bapak mati",
        "kambing saya mati semua",
        "mati lampu",
        "bapak masih hidup tapi dicatat meninggal",
        "orang meninggal masih dapat bansos",
        "mau urus akta kematian bapak yang meninggal",
    ],
)
def test_what_is_no_grief(text: str) -> None:
    """A dead card, an animal, a mistake in the data and papers are met with no condolence."""
    assert not bereaved(words_of(text))
