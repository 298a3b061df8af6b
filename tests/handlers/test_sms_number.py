"""Telephone numbers as gateways write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.sms_number import e164

CITIZEN = "+6281200000001"


@pytest.mark.parametrize(
    "written",
    ["+6281200000001", "6281200000001", "081200000001", "81200000001", "006281200000001",
     " 6281200000001", "+62 812-0000-0001", "0812 0000 0001"],
)  # fmt: skip
def test_every_spelling_is_the_same_citizen(written: str) -> None:
    """With plus, without it as SMPP has it, national, with or without the zero, spaced."""
    assert e164(written) == CITIZEN


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
    assert e164(written) == number


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
    assert e164(written) == number


@pytest.mark.parametrize(
    "written",
    ["", " ", "+", "0", "00", "1708", "3636", "96666", "98108", "123456", "1234567", "6281",
     "081", "+96666", "TELKOMSEL", "BankABC", "3PAY", "MyIM3",
     "0812CALLNOW", "0812ABCDEFG", "\u0661\u0667\u0660\u0668"],
)  # fmt: skip
def test_short_codes_and_names_are_nobody(written: str) -> None:
    """Nobody can answer a bank, an operator or an advertisement."""
    assert e164(written) is None


@given(st.text())
def test_whatever_a_gateway_writes_is_read(written: str) -> None:
    """No sender, however odd, breaks anything; what is found is a number."""
    found = e164(written)
    assert found is None or (found.startswith("+") and found[1:].isdecimal())
    assert found is None or e164(found) == found
