"""What is said of who saw somebody's data, and that no word of it prints."""

from datetime import UTC, datetime

import pytest

from conversations.personal.rights_done import Gathering, Wish
from conversations.records.own import EraseMe, TakeConsentBack
from conversations.records.sightings import SHOWN, AboutMeFound, Sighting, seen_told
from conversations.turn import AboutMe
from tests.conversations.town import VOICES

NIK = "9901014107800001"
AT = datetime(2026, 9, 3, 3, tzinfo=UTC)
SEEN = Sighting(who="inspektorat", action="find", code="482109379", times=1, last=AT)


@pytest.mark.parametrize("language", VOICES)
def test_a_long_list_says_how_many_more(language: str) -> None:
    """Ten lines are told at once, and the number of those that are left."""
    say = VOICES[language]
    whole = seen_told([SEEN] * SHOWN, say)
    longer = seen_told([SEEN] * (SHOWN + 2), say)
    assert longer == f"{whole}\n{say('seen.more', count=2)}"


def test_neither_question_nor_answer_prints_what_it_holds() -> None:
    """Who asked and what is kept of them stand in no log."""
    assert NIK not in repr(AboutMe(nik=NIK, language="id"))
    proof = NIK[-4:]
    for holding in (Gathering(Wish.SEE, proof=proof), EraseMe(proof), TakeConsentBack(proof)):
        assert proof not in repr(holding)
    assert "482109379" not in repr(AboutMeFound(going=("482109379",), seen=(SEEN,)))
