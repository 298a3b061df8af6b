"""SAMBUNG and PUTUS are heard as commands, and never out of a sentence that tells something."""

import pytest

from conversations.messages import Channel
from conversations.personal.linking import PARTING, Seeking, wanted
from conversations.records.linked import FindLink, LinkFound, LinkNumber, OfferLink, UseLink
from tests.conversations.town import SAY


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("SAMBUNG", ""),
        ("sambungkan", ""),
        ("Sambung 48291377", "48291377"),
        ("sambung#4829 1377", "48291377"),
        ("connect 4829-1377.", "48291377"),
        ("putus", PARTING),
        ("PUTUSKAN!", PARTING),
        ("listrik putus", None),
        ("sambung 4829", None),
        ("sambung" + " " * 4000 + "x", None),
        ("sambungan air belum ada", None),
        ("tolong sambungkan listrik rumah saya", None),
    ],
)
def test_what_is_a_wish_to_link(text: str, wish: str | None) -> None:
    """Only the word itself, with six digits or without."""
    assert wanted(text) == wish


@pytest.mark.parametrize(
    "each", [FindLink("482913"), OfferLink("482913"), UseLink("482913"), LinkNumber("+628110001")]
)
def test_codes_and_numbers_print_masked(each: object) -> None:
    """Whoever reads a log cannot link a telephone with what stands there."""
    assert "48" not in repr(each)
    assert "62" not in repr(each)


def test_a_number_is_told_by_its_end() -> None:
    """The question names the other telephone as its owner knows it."""
    turn = Seeking("000001").answered(LinkFound(Channel.SMS, "001"), SAY)
    assert "001" in turn.replies[0].text
