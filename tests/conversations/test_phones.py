"""Telephone numbers as networks tell them, as people type them, and as they are shown."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.phones import (
    dialled,
    is_calling_code,
    is_mobile,
    is_texted,
    number_copied,
    number_told,
    number_typed,
    shown,
)

CITIZEN = "+6281200000001"


@pytest.mark.parametrize(
    "written",
    ["+6281200000001", "6281200000001", "081200000001", "81200000001", "006281200000001",
     " 6281200000001", "+62 812-0000-0001", "0812 0000 0001"],
)  # fmt: skip
def test_every_spelling_is_the_same_citizen(written: str) -> None:
    """With plus, without it as SMPP has it, national, with or without the zero, spaced."""
    assert number_told(written) == CITIZEN


@given(st.lists(st.sampled_from(["", " ", "  ", "-", " - ", "."]), min_size=12, max_size=12))
def test_no_digit_is_lost_between_signs(gaps: list[str]) -> None:
    """However wide apart the digits are written, all of them are read, or none."""
    written = "".join(map("".join, zip("081380123456", gaps, strict=True))) + "7"
    read = (number_told(written), number_typed(written), number_copied(written))
    assert set(read) <= {"+62813801234567", None}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("60123456789", "+60123456789"),  # Malaysia
        ("+60123456789", "+60123456789"),
        ("0060123456789", "+60123456789"),
        ("966501234567", "+966501234567"),  # Saudi Arabia
        ("886912345678", "+886912345678"),  # Taiwan; also the shape of a number at home
        ("85261234567", "+85261234567"),  # Hong Kong
        ("6591234567", "+6591234567"),  # Singapore
    ],
)
def test_families_abroad_keep_their_country(written: str, number: str) -> None:
    """A number of a migrant worker's country is not made one of Indonesia."""
    assert number_told(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("81234567890", "+6281234567890"),  # could be a landline in Japan, which sends no SMS
        ("8123456789", "+628123456789"),
        ("628001234567", "+628001234567"),  # a prefix that no table knows yet
        ("+628001234567", "+628001234567"),
        ("02745551234", "+622745551234"),
    ],
)
def test_numbers_at_home_are_found(written: str, number: str) -> None:
    """Where both readings are possible, the one that can send an SMS counts."""
    assert number_told(written) == number


@pytest.mark.parametrize(
    "written",
    ["", " ", "+", "0", "00", "1708", "3636", "96666", "98108", "123456", "1234567", "6281",
     "081", "+96666", "TELKOMSEL", "BankABC", "3PAY", "MyIM3",
     "0812CALLNOW", "0812ABCDEFG", "\u0661\u0667\u0660\u0668"],
)  # fmt: skip
def test_short_codes_and_names_are_nobody(written: str) -> None:
    """Nobody can answer a bank, an operator or an advertisement."""
    assert number_told(written) is None


@given(st.text())
def test_whatever_a_gateway_writes_is_read(written: str) -> None:
    """No sender, however odd, breaks anything; what is found is a number."""
    found = number_told(written)
    assert found is None or (found.startswith("+") and found[1:].isdecimal())
    assert found is None or number_told(found) == found


ALIKE = [  # written, the number that it is to everybody who reads it
    ("081234567890", "+6281234567890"),
    ("0812-3456-7890", "+6281234567890"),
    ("0812.3456.7890", "+6281234567890"),
    ("0812\u00a03456\u00a07890", "+6281234567890"),
    ("0062 812 3456 7890", "+6281234567890"),
    ("+62 (0) 812 3456 7890", "+6281234567890"),
    ("6281234567890", "+6281234567890"),
    ("81234567890", "+6281234567890"),
    ("60123456789", "+60123456789"),
    ("0060 12 345 6789", "+60123456789"),
    ("(0274) 555123", "+62274555123"),
    ("0062 274 555123", "+62274555123"),
    ("1708", None),
    ("081", None),
    ("3201010101010001", None),  # a NIK
    ("17081945", None),
    ("TELKOMSEL", None),
    ("", None),
]


@pytest.mark.parametrize(("written", "number"), ALIKE)
@pytest.mark.parametrize("read", [number_told, number_typed, number_copied])
def test_a_notation_is_one_number_to_all(
    read: Callable[[str], str | None], written: str, number: str | None
) -> None:
    """Whatever a ticket is filed under is found by it, and whoever is asked for it may type it."""
    assert read(written) == number


SAID = [
    ("hubungi 0812-3456-7890 ya", "+6281234567890"),
    ("WA: 6281234567890", "+6281234567890"),
    ("0812/3456/7890", "+6281234567890"),
    ("081234567890, atau 081234567891", "+6281234567890"),
    ("\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff10", "+6281234567890"),
    ("nomor 8123", None),
]


@pytest.mark.parametrize(("text", "number"), SAID)
def test_people_write_sentences(text: str, number: str | None) -> None:
    """A number is found among words; a network's sender with words in it is a name."""
    assert number_typed(text) == number_copied(text) == number
    assert number_told(text) is None


DOUBTFUL = [
    ("0812 345 67", "+6281234567"),  # two digits too few
    ("08123456789012", "+628123456789012"),  # two too many
    ("628951", None),
    ("2745551234", "+622745551234"),  # a landline without its zero
    ("25-12-2024", "+6225122024"),  # a date
]


@pytest.mark.parametrize(("text", "number"), DOUBTFUL)
def test_a_slip_of_the_finger_is_asked_about(text: str, number: str | None) -> None:
    """What a network says is so; a citizen who types it is asked once more."""
    assert number_typed(text) is None
    assert number_told(text) == number_copied(text) == number


@pytest.mark.parametrize(
    ("number", "mobile"),
    [
        ("+6281234567890", True),
        ("+60123456789", True),
        ("+12025550123", True),  # nobody can tell in North America
        ("+62274555123", False),
        ("+628001234567", False),
        ("BANK", False),
        ("", False),
    ],
)
def test_mobile_numbers_are_told_from_others(number: str, *, mobile: bool) -> None:
    """Whether texts come from it is known by the number alone."""
    assert is_mobile(number) is mobile


@pytest.mark.parametrize(
    ("number", "also", "texted"),
    [
        ("+6281200000001", (), True),
        ("+62215550123", (), False),  # a landline
        ("+881612345679", (), False),  # a satellite's
        ("+88213300000002", (), False),  # a network of no country
        ("+60123456789", (), False),
        ("+60123456789", ("60",), True),
        ("+60312345678", ("60",), False),
        ("BANK", (), False),
    ],
)
def test_mobile_numbers_of_ours_are_texted(
    number: str, also: tuple[str, ...], *, texted: bool
) -> None:
    """Those of Indonesia, and of the countries that the district names."""
    assert is_texted(number, also) is texted


@pytest.mark.parametrize(
    ("number", "written", "digits"),
    [
        ("+6281234567890", "0812-3456-7890", "081234567890"),
        ("+62274555123", "(0274) 555123", "0274555123"),
        ("+62812345678901234", "0812345678901234", "0812345678901234"),  # in no table
        ("+60123456789", "+60 12-345 6789", "60123456789"),
        ("", "", ""),
    ],
)
def test_numbers_are_shown_as_people_here_write_them(
    number: str, written: str, digits: str
) -> None:
    """Those of Indonesia with a zero, in a table or not, those of other countries with a plus."""
    assert shown(number) == written
    assert dialled(number) == digits


@pytest.mark.parametrize(
    ("code", "whole"), [("62", True), ("1", True), ("881", False), ("999", False), ("x", False)]
)
def test_calling_codes_are_of_countries(code: str, *, whole: bool) -> None:
    """Satellites have no country, and letters no code."""
    assert is_calling_code(code) is whole
