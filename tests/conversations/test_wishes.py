"""What a free sentence brings to a form."""

from conversations.stories import told
from tests.conversations.examples import SARI
from tests.conversations.town import DISTRICT

SENTENCE = f"kis ibu saya mati, nik {SARI.digits}, sudah dua bulan"


def test_a_nik_in_a_story_is_not_shown() -> None:
    """A number in the sentence a form begins with is masked where others may read it."""
    service = next(s for s in DISTRICT.services.values() if told(s, SENTENCE))
    (answer,) = told(service, SENTENCE)
    assert answer.value == SENTENCE
    assert "...0001" in answer.shown
    assert SARI.digits not in answer.shown
