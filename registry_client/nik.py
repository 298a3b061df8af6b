"""The NIK and the KK number, Indonesia's sixteen-digit numbers of persons and families."""

import re
from datetime import date
from typing import Self

from msgspec import Struct

NIK_LENGTH = 16
PROOF = 4  # digits of the KK number that prove somebody belongs to the family
WOMEN = 40  # added to a woman's day of birth
ADULT = 17  # the age at which a person gets a KTP
_ALIKE = {"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"}
LOOKALIKES = str.maketrans(_ALIKE)
_LETTER = "".join(_ALIKE)
SIGN = f"[0-9{_LETTER}]"  # the pattern of one that may be read as a digit
NOISE = re.compile(r"[\s.\-_/]+")
SIGNS = re.compile(f"{SIGN}+")
DIGIT = re.compile(r"[0-9]")

_START, _END = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_NO_MORE = r"(?![\s.\-_/]?[0-9])"
RUN = re.compile(rf"{_START}{SIGN}(?:[\s.\-_/]?{SIGN}){{15}}{_NO_MORE}")
_GAP = r"(?:[\s.\-_/]|\s{2}|\s[\-_/]\s)?"
_WHOLE = rf"{SIGN}(?:{_GAP}{SIGN}){{15}}"
_FOUR = rf"(?=[{_LETTER}]*[0-9]){SIGN}{{4}}{_END}|[0-9](?:{_GAP}[0-9]){{3}}"
_BOTH = rf"(?![0Oo])({_WHOLE}){_GAP}({_FOUR}|{SIGN}{{16}}{_END})"  # no NIK begins with 0
_APART = r"(?![0-9]|[\s.\-_/][0-9](?![0-9]{7}))"  # a telephone number may follow
_TYPED = re.compile(rf"{_START}(?:{_BOTH}|({_WHOLE})){_APART}")


class Nik(Struct, frozen=True):
    """A sixteen-digit NIK. Printing one shows only its region, the first four digits."""

    digits: str

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the NIK written in *text*, also inside a sentence, or None."""
        found = typed(text)
        return cls(found[0]) if found else None

    @property
    def last_four(self) -> str:
        """The end that may be shown to its owner."""
        return self.digits[-4:]

    def born(self, today: date) -> date | None:
        """Return the date of birth written in the number, the latest past one, or None.

        Digits 7 to 12 are DDMMYY, a woman's day counts from 41 (rule of the civil registry).
        """
        day, month, year = int(self.digits[6:8]), int(self.digits[8:10]), int(self.digits[10:12])
        century = today.year // 100 * 100
        for start in (century, century - 100):
            try:
                born = date(start + year, month, day - WOMEN if day > WOMEN else day)
            except ValueError:
                return None
            if born <= today:
                return born
        return None

    def could_be_kk(self, today: date) -> bool:
        """Say whether this may be a family's KK number: it would belong to a child.

        A KK number is region, date of issue and serial; read as a NIK it gives a small "man". A
        day above 40 is a woman's, and of no KK.
        """
        if int(self.digits[6:8]) > WOMEN:
            return False
        born = self.born(today)
        if born is None:
            return True
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return age < ADULT

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.digits[:4]}…)"  # the last four are a proof

    __str__ = __repr__


class KkNumber(Nik, frozen=True):
    """A family's sixteen-digit KK number. Prints masked as a NIK does."""


def typed(text: str) -> tuple[str, ...]:
    """Return the sixteen digits in *text*, and what is typed of the KK number right behind them.

    That is its last four digits, or all of it. Gaps anywhere, O for 0 and l for 1 are forgiven;
    empty where *text* has fewer digits, or others beside them.
    """
    if DIGIT.search(text) is None or signs_in(text) < NIK_LENGTH:
        return ()
    if (only := _digits(text)).isascii() and only.isdigit() and len(only) == NIK_LENGTH:
        return (only,)
    found = _TYPED.search(text)
    return tuple(map(_digits, filter(None, found.groups()))) if found else ()


def apart(text: str) -> tuple[list[str], list[str]]:
    """Return what stands around the numbers of families in *text*, and the numbers themselves.

    The words begin and end the text, and are empty where a number does.
    """
    if not typed(text):
        return [text], []
    found = list(_TYPED.finditer(text))
    starts, ends = [each.start() for each in found], [each.end() for each in found]
    words = [text[end:start] for end, start in zip([0, *ends], [*starts, len(text)], strict=True)]
    numbers = [_digits(number) for each in found for number in each.groups() if number]
    return words, numbers


def _digits(text: str) -> str:
    """Return *text* without gaps, its lookalikes read as digits."""
    return NOISE.sub("", text).translate(LOOKALIKES)


def signs_in(text: str) -> int:
    """Return how many signs of *text* may be read as digits: with too few, it holds no number."""
    return sum(map(len, SIGNS.findall(text)))
