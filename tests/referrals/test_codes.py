"""Ticket codes: typed on any phone, checked by one digit."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from referrals.codes import code_from, is_code, misread_code, read_code, shown

CODES = st.text("0123456789abcdef", min_size=32, max_size=32).map(code_from)
CODE = code_from("ab" * 16)


def test_a_code_is_nine_digits() -> None:
    """A token gives one code, always the same, and another token another."""
    assert CODE == code_from("ab" * 16) == "280588334"
    assert code_from("ac" * 16) != CODE


@given(CODES)
def test_a_code_checks(code: str) -> None:
    """Every code has nine digits of which the last one fits."""
    assert is_code(code)
    assert read_code(code) == code


@given(CODES, st.integers(0, 8), st.integers(1, 9))
def test_every_wrong_digit_is_caught(code: str, place: int, more: int) -> None:
    """One digit mistyped is never another ticket's code."""
    digit = (int(code[place]) + more) % 10
    wrong = code[:place] + str(digit) + code[place + 1 :]
    assert not is_code(wrong)
    assert read_code(wrong) is None
    assert misread_code(wrong)


@given(CODES, st.integers(0, 7))
def test_every_swap_of_neighbours_is_caught(code: str, place: int) -> None:
    """Two neighbouring digits swapped are never another ticket's code."""
    assume(code[place] != code[place + 1])
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert not is_code(swapped)


@pytest.mark.parametrize(
    "text",
    [
        "2805 8833 4",
        "280588334",
        "kode saya 2805-8833-4, terima kasih",
        "2805.8833.4.",
        "LACAK 280 588 334",
        "nomor 280588334 tanggal 12",
        "280588334 0812 3456 7890",
        "2805 8833 4 12",
        "NIK 9901014107800001 kode 280588334",
    ],
)
def test_a_code_is_found_in_a_sentence(text: str) -> None:
    """People write their code with blanks, dots and dashes, and other things around it."""
    assert read_code(text) == CODE
    assert not misread_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halo",
        "9901 0147 8000 0001",
        "9901014780000001",
        "0812 3456 7890",
        "12 08 2026",
        "28058833",
        "rumah 2805 RT 8833 RW 4",
    ],
)
def test_other_numbers_are_no_codes(text: str) -> None:
    """A NIK, a telephone number or a date is not taken for a code, not even a wrong one."""
    assert read_code(text) is None
    assert not misread_code(text)


def test_a_wrong_code_is_told_from_none() -> None:
    """Nine digits that do not check deserve a word: please look at the number again."""
    assert misread_code("2805 8833 5")
    assert misread_code("kode 280588335")


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """Whatever is typed is read without a fault, and a code that is found is one."""
    found = read_code(text)
    assert found is None or is_code(found)


@pytest.mark.parametrize("digits", ["", "28058833", "2805883341", "28058833x", "٢٨٠٥٨٨٣٣٤"])
def test_what_is_no_code(digits: str) -> None:
    """A code is nine plain digits."""
    assert not is_code(digits)


def test_a_code_is_shown_in_groups() -> None:
    """People read four, four and one."""
    assert shown(CODE) == "2805 8833 4"
    assert read_code(shown(CODE)) == CODE
