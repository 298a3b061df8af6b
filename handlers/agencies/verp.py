"""Addresses for bounces: one for each letter on each way (VERP), which nobody can guess."""

import hmac
import re
from collections.abc import Callable

from msgspec import Struct

TAG = re.compile(r"(?<![0-9a-z])s([0-9a-z]{1,13})-([0-9]{1,4})-([0-9a-f]{16})")  # bounded: linear
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

Sign = Callable[[str], str]  # a keyed hash of a text, in hexadecimal, at least 16 digits


class Sent(Struct, frozen=True):
    """One letter on one way: what a bounce is about."""

    letter: int
    turn: int


class Tags(Struct, frozen=True):
    """Makes and reads the part of an address that says which letter it was."""

    sign: Sign

    def of(self, sent: Sent) -> str:
        """Return the tag of *sent*: small letters, digits and hyphens, at most 40."""
        named = f"s{_short(sent.letter)}-{sent.turn}"
        return f"{named}-{self._mac(named)}"

    def read(self, text: str) -> Sent | None:
        """Return what the first genuine tag in *text* names, or None."""
        for found in TAG.finditer(text.lower()):
            letter, turn, mac = found.groups()
            if hmac.compare_digest(self._mac(f"s{letter}-{turn}"), mac):
                return Sent(int(letter, 36), int(turn))
        return None

    def _mac(self, named: str) -> str:
        return self.sign(named)[:16]


def tagged(address: str, tag: str) -> str:
    """Return *address* with *tag* behind a plus, as mail servers sort it into one mailbox."""
    box, _, domain = address.rpartition("@")
    return f"{box}+{tag}@{domain}"


def _short(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"
