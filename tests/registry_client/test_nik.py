"""The NIK and the KK number: read as people write them, printed masked."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_client.nik import KkNumber, Nik, typed

TODAY = date(2026, 11, 22)
SITI = "9901014107800001"
GAPS = ("", " ", ".", "-", "_", "/", "\n", "\t", "  ", " - ", "\r\n")
AHEAD = st.sampled_from(("", " ", "nik saya ", "NIK: ", "("))
BEHIND = st.sampled_from(("", " ", ", tolong dicek", " ya pak", ")", "\nlama"))
LIKE = [str.maketrans(*each) for each in (("", ""), ("0", "O"), ("01", "ol"), ("1", "I"))]


@pytest.mark.parametrize(
    "text",
    [
        SITI,
        "9901 0141 0780 0001",
        "9901.0141.0780.0001",
        "990101-410780-0001",
        "99O1O14107800OOl",
        "nik saya 9901014107800001 pak",
        "NIK: 9901 0141 0780 0001, tolong dicek",
        "Nik.9901 0141 0780 0001",
    ],
)
def test_a_nik_is_found_however_it_is_written(text: str) -> None:
    """Spaces, dots, dashes, O for 0 and l for 1 are forgiven, also within a sentence."""
    nik = Nik.read(text)
    assert nik is not None
    assert nik.digits == SITI


@pytest.mark.parametrize(
    "text", ["", "3201", "halo", "99010141078000011", "9901014107800001 2", "sixteen letters ok"]
)
def test_what_is_no_nik_is_none(text: str) -> None:
    """Too few digits, too many, or none at all make no NIK."""
    assert not typed(text)
    assert Nik.read(text) is None


def written(many: int) -> st.SearchStrategy[tuple[str, str]]:
    """Return *many* digits, the first of a NIK, and these as somebody typed them."""
    numbers = st.integers(10 ** (many - 1), 10**many - 1).map(str)
    gaps = st.lists(st.sampled_from(GAPS), min_size=many // 4, max_size=many // 4)
    like = st.sampled_from(LIKE)

    def line(digits: str, gaps: list[str], like: dict[int, int], *around: str) -> tuple[str, str]:
        groups = [digits[at : at + 4] for at in range(0, many, 4)]
        signs = [f"{each[:-1]}{each[-1].translate(like)}" for each in groups]
        whole = "".join(map("".join, zip(signs, [*gaps[1:], ""], strict=True)))
        return digits, whole.join(around)

    return st.builds(line, numbers, gaps, like, AHEAD, BEHIND)


@settings(max_examples=50)
@given(written(16))
def test_sixteen_digits_are_read_with_any_gaps(both: tuple[str, str]) -> None:
    """Groups of four with any gap between, letters for 0 and 1: the NIK is those sixteen."""
    digits, line = both
    assert typed(line) == (digits,)


@settings(max_examples=50)
@given(written(20))
def test_twenty_digits_are_a_nik_and_a_proof(both: tuple[str, str]) -> None:
    """Of twenty digits the first sixteen are the NIK, the following four the proof."""
    digits, line = both
    assert typed(line) == (digits[:16], digits[16:])
    assert Nik.read(line) == Nik(digits[:16])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("9901 0141 0780 0001 0007", (SITI, "0007")),
        ("9901.0141.0780.0001.0007", (SITI, "0007")),
        ("9901-0141-0780-0001-0007", (SITI, "0007")),
        ("9901\n0141\n0780\n0001\n0007", (SITI, "0007")),
        ("99O1 O141 O78O OOOl O0O7", (SITI, "0007")),
        ("99010141078000010007", (SITI, "0007")),
        ("nik saya 9901 - 0141 - 0780 - 0001 - 0007 ya", (SITI, "0007")),
        (f"{SITI} 9901011203190007", (SITI, "9901011203190007")),
        ("0007 9901 0141 0780 0001", (SITI,)),
        (f"12 {SITI}", (SITI,)),
        (f"{SITI} 081234567890", (SITI,)),
        (f"{SITI} lolo", (SITI,)),
    ],
)
def test_what_stands_behind_a_nik(text: str, numbers: tuple[str, ...]) -> None:
    """Four digits or all of a KK number are read behind a NIK; a telephone number is neither."""
    assert typed(text) == numbers


@pytest.mark.parametrize(
    ("digits", "born"),
    [
        (SITI, date(1980, 7, 1)),
        ("9901011708750002", date(1975, 8, 17)),
        ("9901025503550003", date(1955, 3, 15)),
        ("9901010112260001", date(1926, 12, 1)),
        ("9901012111260001", date(2026, 11, 21)),
        ("9901013113800001", None),
        ("9901010013800001", None),
    ],
)
def test_the_date_of_birth_is_read(digits: str, born: date | None) -> None:
    """A woman's day counts from 41; of two centuries the latest past one is taken."""
    assert Nik(digits).born(TODAY) == born


@pytest.mark.parametrize(
    ("digits", "child"),
    [
        ("9901010101100001", True),  # a KK number of 2010
        ("9901012211090001", False),  # seventeen today
        ("9901012311090001", True),  # seventeen tomorrow
        (SITI, False),
        ("9901013113800001", True),  # no date at all
    ],
)
def test_a_number_that_would_be_a_childs_may_be_a_kk(digits: str, *, child: bool) -> None:
    """A KK number read as a NIK gives a small "man": under seventeen we ask which it is."""
    assert Nik(digits).could_be_kk(TODAY) is child


@pytest.mark.parametrize("number", [Nik(SITI), KkNumber(SITI)])
def test_a_number_prints_masked(number: Nik) -> None:
    """However it is printed, only its region is seen: the last four digits are a proof."""
    for shown in (repr(number), str(number), f"{number}", f"{[number]}"):
        assert SITI[:5] not in shown
        assert "0001" not in shown
        assert SITI[:4] in shown
