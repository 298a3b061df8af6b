"""The four digits that prove something, in whatever sentence they come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.hearing.proof import read_proof

WORDS = st.text("abcdefghjkmnpqrstuvwxyz", min_size=1, max_size=8)
DIGITS = st.text("0123456789", min_size=1, max_size=3)


@pytest.mark.parametrize(
    "text",
    [
        *("0004", "ooo4", "0 0 0 4", "o,o,o,4", "00 04", "0O04", "kk0004", "4angka0004"),
        *("4 angka terakhirnya 0004", "4 angka terakhir KK: 0004", "no 4 digitnya 0004 ya"),
        *("empat angka: 0004", "last 4 digits are 0004", "rt 03 rw 02 kk 0004", "0004 I think"),
        *("rt 03 rw 02, 0004", "umur 45 0004", "rt 03/02 0004", "rt03 rw02 0004"),
        *("kk: 9901 0201 0110 0004", "lahir 12 12 1990 kk 0004"),
    ],
)
def test_a_proof_is_read(text: str) -> None:
    """Our own words said back, gaps and letters that look like digits do not hide a proof."""
    assert read_proof(text) == "0004"


@pytest.mark.parametrize(
    "text",
    [
        *("4", "4 angka", "004", "0004 0003", "03/02", "0812 34567", "12121990", ""),
        *("rt 03 rw 02", "rt 03/02", "rt 0302", "rt0302", "kk: 9901 0201 0110 000"),
        *("lahir 1975", "lahir 12 12 1990", "tgl 12-12"),
    ],
)
def test_what_is_no_proof_spends_no_try(text: str) -> None:
    """Digits of something else are no proof, however many they are together."""
    assert read_proof(text) is None


@given(st.lists(st.tuples(WORDS, DIGITS), min_size=2, max_size=4))
def test_digits_with_words_between_are_never_put_together(parts: list[tuple[str, str]]) -> None:
    """Whatever numbers of up to three digits stand between words, they make no proof."""
    assert read_proof(" ".join(f"{word} {digits}" for word, digits in parts)) is None


@given(st.text("0123456789", min_size=4, max_size=4), st.sampled_from(["", "ya pak ", "kk "]))
def test_any_four_digits_alone_are_a_proof(digits: str, before: str) -> None:
    """Four digits are a proof whichever they are, a word beside them or not."""
    assert read_proof(before + digits) == digits
