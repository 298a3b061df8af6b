"""Identity numbers, names and texts are read out of whatever surrounds them."""

import pytest

from conversations.forms.fields.asked import Leads, Unclear
from conversations.forms.fields.numbers import AskWhichNumber
from conversations.say import Say
from conversations.turn import Answered
from referrals.district.directory import FieldKind
from tests.conversations.forms.questions import CARD, CHILD, SITI, asked, read


@pytest.mark.parametrize(
    "text", [SITI, "9901 0141 0780 0001", "nik sy 9901014107800001 ya pak", "99O1O141O78OOOO1"]
)
def test_nik_is_found_in_what_surrounds_it(say: Say, text: str) -> None:
    """A NIK is read with spaces, letters O, and inside a sentence; only its end is shown."""
    answered = read(asked(say, FieldKind.NIK), text)
    assert (answered.value, answered.shown) == (SITI, "...0001")


@pytest.mark.parametrize(
    "text",
    [
        f"{SITI} 0001",
        f"0001 {SITI}",
        f"nik {SITI} kk 0001",
        "9901 0141 0780 0001 0007",
        "990101410780 0001 0001",
        f"{SITI} {CARD}",
        f"{CARD} {SITI}",
    ],
)
def test_nik_is_found_beside_the_end_of_a_kk_number(say: Say, text: str) -> None:
    """Whoever types both numbers, as CEK asks for them, has answered with the whole one."""
    assert read(asked(say, FieldKind.NIK), text).value == SITI


@pytest.mark.parametrize("text", [f"{SITI} 2", "990101410780 0001 00012"])
def test_digit_too_many_is_no_end_of_a_kk_number(say: Say, text: str) -> None:
    """Where it is not sure which digits are the NIK, it is asked for again."""
    assert isinstance(read(asked(say, FieldKind.NIK), text), Unclear)


@pytest.mark.parametrize(
    ("text", "key", "number"),
    [("32010", "form.nik_count", 5), ("99010141078000012", "form.nik_count", 17)],
)
def test_short_nik_is_told_how_many_digits_were_read(
    say: Say, text: str, key: str, number: int
) -> None:
    """Whoever leaves a digit out is told how many we read."""
    assert read(asked(say, FieldKind.NIK), text) == Unclear(key, {"number": number})


def test_nik_without_digits(say: Say) -> None:
    """Words instead of a NIK are not counted."""
    assert read(asked(say, FieldKind.NIK), "tidak hafal") == Unclear("form.nik_none")


def test_number_like_a_kk_is_asked_about(say: Say) -> None:
    """Sixteen digits of a small child may be a KK number, so we ask, and take the word for it."""
    question = asked(say, FieldKind.NIK)
    doubt = read(question, CHILD)
    assert isinstance(doubt, Leads)
    assert CHILD not in repr(doubt)
    assert "0001" in doubt.asking.question(question).text
    assert read(question, "ini nik", doubt.asking).value == CHILD


def test_daughters_nik_is_no_kk(say: Say) -> None:
    """A girl's day of birth counts from 41, which no day of issue does."""
    assert read(asked(say, FieldKind.NIK), "9901014101150001").value == "9901014101150001"


def test_kk_number_instead_of_a_nik_is_kept_as_such(say: Say) -> None:
    """A KK number typed too early answers the KK question, and the NIK is asked again."""
    question = asked(say, FieldKind.NIK)
    leads = read(question, "ini nomor kk", AskWhichNumber(CARD))
    assert [(a.key, a.value, a.shown) for a in leads.noted] == [("kk", CARD, "...0001")]
    assert "NIK" in leads.before


def test_which_number_again(say: Say) -> None:
    """A mistyped number is asked again; another number is read; noise is not."""
    question = asked(say, FieldKind.NIK)
    assert isinstance(read(question, "salah ketik, ulangi", AskWhichNumber(CARD)), Leads)
    assert read(question, SITI, AskWhichNumber(CARD)).value == SITI
    assert read(question, "apa?", AskWhichNumber(CARD)) == Unclear("form.choice_unclear")


def test_kk_answered_before_stays(say: Say) -> None:
    """A KK number given before is not overwritten by a second one."""
    question = asked(say, FieldKind.NIK, Answered("kk", "1", "1"))
    assert read(question, "ini nomor kk", AskWhichNumber(CARD)).noted == ()


def test_kk_is_read_and_masked(say: Say) -> None:
    """A KK number is taken whole and shown by its end."""
    answered = read(asked(say, FieldKind.KK), CARD)
    assert (answered.value, answered.shown) == (CARD, "...0001")


@pytest.mark.parametrize("text", [f"{SITI} {CARD}", f"{CARD} {SITI}", f"{CARD} 0001"])
def test_kk_is_found_beside_the_nik(say: Say, text: str) -> None:
    """Of both numbers of a family the one that can be no person's is the KK number."""
    assert read(asked(say, FieldKind.KK), text).value == CARD


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("", Unclear("form.kk_none")),
        ("1234", Unclear("form.kk_count", {"number": 4})),
        (SITI, Unclear("form.kk_is_nik")),
        (CHILD, Unclear("form.kk_is_nik")),
    ],
)
def test_kk_that_is_none(say: Say, text: str, unclear: Unclear) -> None:
    """A woman's NIK, the NIK given before, and half a number are no KK number."""
    assert read(asked(say, FieldKind.KK, Answered("nik", CHILD, "")), text) == unclear


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("nama saya siti aminah", "siti aminah"),
        ("Nama anak saya: Ahmad", "Ahmad"),
        ("Namira", "Namira"),
        ("  Budi  Santoso. ", "Budi Santoso"),
    ],
)
def test_name_alone_is_kept(say: Say, text: str, value: str) -> None:
    """A name is freed of what leads up to it."""
    assert read(asked(say, FieldKind.NAME), text).value == value


@pytest.mark.parametrize("text", ["", "7", "B", SITI, "nama saya", "x" * 81])
def test_no_name(say: Say, text: str) -> None:
    """Digits, single letters and whole stories are no names."""
    assert read(asked(say, FieldKind.NAME), text) == Unclear("form.name_unclear")


def test_words_are_kept_and_numbers_in_them_masked(say: Say) -> None:
    """A NIK among other words is kept for the officer and not shown on the screen."""
    answered = read(asked(say, FieldKind.WORDS), f"kartu {SITI} punya\nibu")
    assert answered.value == f"kartu {SITI} punya ibu"
    assert answered.shown == "kartu ...0001 punya ibu"


def test_no_spelling_shows_a_number_on_the_screen(say: Say) -> None:
    """Glued to a word and spaced oddly, a number is masked as well."""
    answered = read(asked(say, FieldKind.WORDS), "NIK9901 - 0141 - 0780 - 0001")
    assert answered.shown == "NIK...0001"


def test_words_must_say_something_short(say: Say) -> None:
    """Emoji say too little for a few words, an essay too much."""
    assert read(asked(say, FieldKind.WORDS), "\U0001f62d") == Unclear("form.words_unclear")
    assert read(asked(say, FieldKind.WORDS), "a" * 301) == Unclear(
        "form.words_long", {"most": 300}
    )


def test_story_is_kept_long(say: Say) -> None:
    """Four thousand letters of a story are kept, and what comes after them is not."""
    assert len(read(asked(say, FieldKind.STORY), "cerita " * 900).value) == 4000


@pytest.mark.parametrize("text", ["", "tolong", "\U0001f62d" * 4000, "1234567890123"])
def test_story_needs_words(say: Say, text: str) -> None:
    """A single word or four thousand emoji tell no story."""
    assert read(asked(say, FieldKind.STORY), text) == Unclear("form.story_short")


@pytest.mark.parametrize("text", ["0001 2345 67", "nomor 0001-2345-67 ya"])
def test_digits_are_kept_as_printed(say: Say, text: str) -> None:
    """A number on a card keeps its zeros and loses its spaces."""
    assert read(asked(say, FieldKind.DIGITS, minimum=10), text).value == "0001234567"


@pytest.mark.parametrize(
    ("text", "unclear"),
    [
        ("kartu kuning", Unclear("form.digits_none")),
        ("12", Unclear("form.digits_count", {"number": 2})),
        ("123456789", Unclear("form.digits_count", {"number": 9})),
    ],
)
def test_what_is_no_such_number_is_asked_again(say: Say, text: str, unclear: Unclear) -> None:
    """Words are no number, nor are too few digits or too many."""
    assert read(asked(say, FieldKind.DIGITS, minimum=4, maximum=8), text) == unclear
