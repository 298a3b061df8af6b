"""Single values of a registry file, as districts really write them."""

import re
from datetime import date, timedelta
from functools import lru_cache

from msgspec import Struct

LENGTH = 16  # digits of a NIK or KK number
EXACT = 2**53  # above it a spreadsheet's number is no longer exact
SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
DECIMALS = re.compile(r"(\d{10,})[.,]0*")
NOISE = str.maketrans("", "", " .-_\u00a0")
UNRANKED = frozenset({"", "-", "0", "belum ada desil", "belum ada", "null", "none", "n/a"})
DESIL = re.compile(r"(?:desil\s*)?0?([1-9]|10)(?:[.,]0+)?")
VILLAGE = re.compile(r"(\d\d)\.?(\d\d)\.?(\d\d)\.?(\d{4})")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?")
SERIAL = re.compile(r"\d{5}")  # a date as a spreadsheet counts it
FIRST_DAY = date(1899, 12, 30)  # day 0 of spreadsheets


class Unfit(Struct, frozen=True):
    """A value that cannot be taken, and why; never the value itself."""

    reason: str


def sixteen(text: str) -> str | Unfit:
    """Return the sixteen digits that *text* surely means, or why they are lost.

    Apostrophes, ="…", spaces, dots and a trailing .0 are repaired where no digit was lost.
    """
    if len(text) == LENGTH and text.isdigit() and text.isascii():
        return text
    bare = text.strip().removeprefix("=").strip("\"'`\u2018\u2019 ")
    if SCIENTIFIC.fullmatch(bare):
        return Unfit("in scientific notation: the last digits are lost")
    if found := DECIMALS.fullmatch(bare):
        bare = found.group(1)
        if int(bare) > EXACT:
            return Unfit("saved as a number: the last digit may be rounded")
    return _counted(bare.translate(NOISE))


def _counted(bare: str) -> str | Unfit:
    if not bare:
        return Unfit("empty")
    if not (bare.isdigit() and bare.isascii()):
        return Unfit("not all digits")
    return bare if len(bare) == LENGTH else Unfit(f"{len(bare)} digits, not {LENGTH}")


@lru_cache(maxsize=256)
def desil_of(text: str) -> int | Unfit | None:
    """Return the desil, 1 to 10; None where there is none yet."""
    bare = text.strip().casefold()
    if bare in UNRANKED:
        return None
    found = DESIL.fullmatch(bare)
    return int(found.group(1)) if found else Unfit("not from 1 to 10")


def born_on(text: str) -> date | None:
    """Return the date of birth in any of the usual spellings; None where it cannot be read."""
    bare = text.strip()
    if found := ISO.fullmatch(bare):
        year, month, day = map(int, found.groups())
    elif found := LOCAL.fullmatch(bare):
        day, month, year = map(int, found.groups())
    elif SERIAL.fullmatch(bare):
        return FIRST_DAY + timedelta(days=int(bare))
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def village(text: str) -> str:
    """Return the village's code as 99.01.01.2001, empty where there is none."""
    found = VILLAGE.fullmatch(text.strip().strip("'"))
    return ".".join(found.groups()) if found else ""
