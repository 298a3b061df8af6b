"""What the doctor finds: each thing looked at, and whether anything must be done about it."""

from collections import Counter
from collections.abc import Iterable
from enum import Enum

from msgspec import Struct


class Standing(Enum):
    """How a thing stands; the value is what the doctor prints before it."""

    FINE = "ok"
    OFF = "off"  # not used, as the settings have it; nothing is wrong with that
    TO_DO = "to do"  # works, but not yet as citizens need it
    BROKEN = "BROKEN"  # something that was set up does not work


class Finding(Struct, frozen=True):
    """One thing looked at."""

    standing: Standing
    text: str  # what it is, and for what is to do or broken, what to do about it

    @property
    def line(self) -> str:
        """The finding as it is printed."""
        return f"{self.standing.value:<7}{self.text}"


def fine(text: str) -> Finding:
    """Return that this works."""
    return Finding(Standing.FINE, text)


def off(text: str) -> Finding:
    """Return that this is not used."""
    return Finding(Standing.OFF, text)


def to_do(text: str) -> Finding:
    """Return that this waits for somebody, as on a new server."""
    return Finding(Standing.TO_DO, text)


def broken(text: str) -> Finding:
    """Return that this was set up and does not work."""
    return Finding(Standing.BROKEN, text)


def summed_up(found: Iterable[Finding]) -> str:
    """Return how many things stand how, in one line."""
    counts = Counter(finding.standing for finding in found)
    told = (f"{counts[standing]} {standing.value}" for standing in Standing)
    return ", ".join(told)
