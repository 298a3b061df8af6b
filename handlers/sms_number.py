"""Telephone numbers as gateways write them, in the one form that is a key."""

import re
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

TEXTING: Final = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
SIGNS: Final = re.compile(r"[0-9\s+().-]*")
MOST: Final = 24  # signs that are read; E.164 has 15 digits at most


def e164(number: str, region: str = "ID") -> str | None:
    """Return *number* as "+62812…"; None for short codes and names such as a bank's.

    A number with a leading zero is of *region* (ISO 3166). One with neither zero nor plus is
    international, as SMPP gives it, unless it can only be a telephone of *region*.
    """
    written = number.strip()[:MOST]
    if not SIGNS.fullmatch(written):  # a name that would be dialled by the letters on the keys
        return None
    if written.startswith("00"):
        written = f"+{written[2:]}"
    if written.startswith(("+", "0")):
        found = _parsed(written, region)
        return _written(found) if found and _is_possible(found) else None
    abroad, home = _parsed(f"+{written}", region), _parsed(written, region)
    for judge in (_texts, phonenumbers.is_valid_number):
        for reading in (abroad, home):
            if reading and judge(reading):
                return _written(reading)
    of_region = abroad and abroad.country_code == phonenumbers.country_code_for_region(region)
    return _written(abroad) if abroad and of_region and _is_possible(abroad) else None


def _parsed(written: str, region: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None


def _written(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _texts(number: PhoneNumber) -> bool:
    """Say whether *number* is one that SMS come from."""
    return phonenumbers.number_type(number) in TEXTING


def _is_possible(number: PhoneNumber) -> bool:
    """Say whether *number* is as long as its country's are, whether in our table yet or not."""
    return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
