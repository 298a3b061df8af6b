"""A question about the price, the papers or the days is no answer to a form's question."""

import pytest
from msgspec.structs import replace

from conversations.forms.fields.table import FIRST
from conversations.forms.terms import terms_asked
from conversations.say import Say
from referrals.district.directory import FieldKind, Priority
from tests.conversations.forms.questions import asked, both, message

PRICE = "berapa biayanya?"
TOLD = "Coba: mengajukannya gratis, tidak dipungut biaya. Ditanggapi paling lambat 1 hari kerja;"
WITHOUT_STORY = [kind for kind in FieldKind if kind is not FieldKind.STORY]


@pytest.mark.parametrize("kind", WITHOUT_STORY)
@pytest.mark.parametrize("text", [PRICE, "syaratnya apa saja", "gratis gak ini?"])
def test_question_is_told_the_terms_in_one_line(say: Say, kind: FieldKind, text: str) -> None:
    """Whatever a form asks, a question about its service is answered from the service's row."""
    told = terms_asked(asked(say, kind), FIRST[kind], message(text))
    assert told.startswith(TOLD)
    assert "\n" not in told


def test_papers_are_named_where_the_row_names_some(say: Say) -> None:
    """The papers stand between the price and the days."""
    question = asked(say, FieldKind.NAME)
    question = replace(question, service=replace(question.service, documents=(both("KTP"),)))
    assert "Siapkan: KTP. " in terms_asked(question, FIRST[FieldKind.NAME], message(PRICE))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FieldKind.STORY, PRICE),
        (FieldKind.NIK, "9901014107800001, berapa biayanya?"),
        (FieldKind.WORDS, "berkas kelurahan"),
        (FieldKind.NAME, "Siti Aminah"),
        (FieldKind.NAME, "Gratisia"),
    ],
)
def test_answer_stays_an_answer(say: Say, kind: FieldKind, text: str) -> None:
    """A story, a number, words without a question and a name are read as answers."""
    assert not terms_asked(asked(say, kind), FIRST[kind], message(text))


def test_tap_is_an_answer(say: Say) -> None:
    """Whoever taps asks nothing, whatever the button says."""
    tapped = message(PRICE, picked="fill.it:biaya")
    assert not terms_asked(asked(say, FieldKind.CHOICE), FIRST[FieldKind.CHOICE], tapped)


@pytest.mark.parametrize(
    "row", [{"safe_path": True}, {"emergency": True}, {"priority": Priority.P1}]
)
def test_nothing_is_told_where_lives_are_at_stake(say: Say, row: dict[str, object]) -> None:
    """No service of danger or of the safe path names itself, its price or its days in between."""
    question = asked(say, FieldKind.NAME)
    question = replace(question, service=replace(question.service, **row))
    assert not terms_asked(question, FIRST[FieldKind.NAME], message(PRICE))
