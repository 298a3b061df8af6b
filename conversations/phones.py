"""Telephone numbers: read as networks tell them and as people write them, kept in E.164.

Nothing else of ours knows how countries number their telephones.
"""

import re
from collections.abc import Collection
from typing import Final

import phonenumbers
from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    REGION_CODE_FOR_NON_GEO_ENTITY,
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

HOME: Final = "ID"  # ISO 3166; whose numbers are written without a country code
HOME_CODE: Final = 62
MOBILES: Final = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
SIGNS: Final = re.compile(r"[0-9\s+().-]*")
MOST: Final = 64  # signs that are read; of these E.164 has 15 digits at most


def number_told(written: str, region: str = HOME) -> str | None:
    """Return *written* as "+62812…"; None for short codes and names such as a bank's.

    A network tells it, so it exists: its length has to be right, a prefix may be newer than our
    table. A number with a leading zero is of *region* (ISO 3166). One with neither zero nor plus
    is international, as SMPP gives it, unless it can only be a telephone of *region*.
    """
    signs = _plus_for_zeros(written)
    if len(signs) > MOST or not SIGNS.fullmatch(signs):  # a name is dialled by letters on the keys
        return None
    if signs.startswith(("+", "0")):
        found = _parsed(signs, region)
        return _kept(found) if found and _is_possible(found) else None
    abroad, home = _parsed(f"+{signs}", region), _parsed(signs, region)
    for judge in (_is_mobile, phonenumbers.is_valid_number):
        for reading in (abroad, home):
            if reading and judge(reading):
                return _kept(reading)
    of_region = abroad and abroad.country_code == phonenumbers.country_code_for_region(region)
    return _kept(abroad) if abroad and of_region and _is_possible(abroad) else None


def number_typed(text: str) -> str | None:
    """Return the number that a citizen typed, alone or in a sentence, in E.164; else None.

    It must be in our table: a slip of the finger is likelier than a prefix that is new. Without
    a zero or a plus it must be a mobile one, else many a date were a telephone.
    """
    alone = number_told(text)
    if alone and is_mobile(alone):
        return alone
    matches = phonenumbers.PhoneNumberMatcher(_plus_for_zeros(text), HOME)
    return next((_kept(match.number) for match in matches), None)


def number_copied(text: str) -> str | None:
    """Return the number that somebody of the console copied, in E.164; else None.

    From a display, which has it from a network, or from somebody's letter. So whatever number a
    ticket was filed under can be typed as it stands there.
    """
    return number_told(text) or number_typed(text)


def is_mobile(number: str) -> bool:
    """Say whether *number*, in E.164, is of a kind that SMS come from, and go to."""
    found = _parsed(number)
    return found is not None and _is_mobile(found)


def is_texted(number: str, countries: Collection[str] = ()) -> bool:
    """Say whether *number*, in E.164, is one that anybody can have us text.

    It is a mobile one of Indonesia, or of *countries*, by their calling codes. Texts to others,
    of satellites or of services cost many times as much, and some earn by having them sent.
    """
    found = _parsed(number)
    if found is None:
        return False
    ours = found.country_code == HOME_CODE or str(found.country_code) in countries
    return ours and _is_mobile(found)


def is_calling_code(code: str) -> bool:
    """Say whether *code* is a country's: not a satellite's, nor one that nobody has."""
    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ()) if code.isdecimal() else ()
    return bool(regions) and REGION_CODE_FOR_NON_GEO_ENTITY not in regions


def shown(number: str) -> str:
    """Return *number*, in E.164, as people here write it: "0812-3456-7890", "+60 12-345 6789"."""
    found = _parsed(number)
    if found is None:
        return number
    if found.country_code != HOME_CODE:
        return phonenumbers.format_number(found, PhoneNumberFormat.INTERNATIONAL)
    if not phonenumbers.is_valid_number(found):
        return dialled(number)
    return phonenumbers.format_number(found, PhoneNumberFormat.NATIONAL)


def dialled(number: str) -> str:
    """Return the digits by which *number*, in E.164, is called here: "0812…", "60123…"."""
    code = f"+{HOME_CODE}"
    return f"0{number.removeprefix(code)}" if number.startswith(code) else number[1:]


def _plus_for_zeros(written: str) -> str:
    """Return *written* with a plus for the "00" that is dialled before a country's code."""
    signs = written.strip()
    return f"+{signs[2:]}" if signs.startswith("00") else signs


def _parsed(written: str, region: str | None = None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(written, region)
    except NumberParseException:
        return None


def _kept(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _is_mobile(number: PhoneNumber) -> bool:
    return phonenumbers.number_type(number) in MOBILES


def _is_possible(number: PhoneNumber) -> bool:
    """Say whether *number* is as long as its country's are, whether in our table yet or not."""
    return phonenumbers.is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE
