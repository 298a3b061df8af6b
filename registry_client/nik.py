"""The NIK and the KK number, Indonesia's sixteen-digit numbers of persons and families."""

import re
from datetime import date
from typing import Self

from msgspec import Struct

NIK_LENGTH = 16
WOMEN = 40  # added to a woman's day of birth
ADULT = 17  # the age at which a person gets a KTP
LOOKALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "|": "1"})
NOISE = re.compile(r"[\s.\-_/]+")
SIGNS = re.compile(r"[0-9OoIl|]+")  # that may be read as digits
RUN = re.compile(r"(?<![0-9A-Za-z])[0-9OoIl|](?:[\s.\-_/]?[0-9OoIl|]){15}(?![\s.\-_/]?[0-9])")


class Nik(Struct, frozen=True):
    """A sixteen-digit NIK. Printing one shows only its last four digits."""

    digits: str

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the NIK written in *text*, also inside a sentence, or None."""
        digits = sixteen_digits(text)
        return cls(digits) if digits else None

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


def sixteen_digits(text: str) -> str | None:
    """Return the sixteen digits in *text*, spaces, dots and O for 0 forgiven, or None."""
    if signs_in(text) < NIK_LENGTH:
        return None
    whole = NOISE.sub("", text).translate(LOOKALIKES)
    if len(whole) == NIK_LENGTH and whole.isascii() and whole.isdigit():
        return whole
    if found := RUN.search(text):
        return NOISE.sub("", found.group()).translate(LOOKALIKES)
    return None


def signs_in(text: str) -> int:
    """Return how many signs of *text* may be read as digits: with too few, it holds no number."""
    return sum(map(len, SIGNS.findall(text)))
