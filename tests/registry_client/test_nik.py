"""The NIK and the KK number: read as people write them, printed masked."""

from datetime import date

import pytest

from registry_client.nik import KkNumber, Nik, sixteen_digits

TODAY = date(2026, 11, 22)
SITI = "9901014107800001"


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
    assert sixteen_digits(text) is None
    assert Nik.read(text) is None


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
