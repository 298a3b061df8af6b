"""Cut a text that is too long for one message where a reader would pause."""

import re
from itertools import accumulate, takewhile

# The later a kind of cut stands here, the less a reader likes it.
PAUSES = tuple(re.compile(p, re.DOTALL) for p in (r".*\n\n", r".*\n", r".*[.!?] ", r".*\s"))
WORTH = 3  # a cut in the first third would leave too short a part
ASTRAL = 0xFFFF  # beyond it a character takes two UTF-16 units


def utf16_units(text: str) -> int:
    """Return the length as Telegram and SMS count it."""
    return len(text) + sum(ord(c) > ASTRAL for c in text)


def split(text: str, limit: int) -> tuple[str, ...]:
    """Return *text* in parts of at most *limit* UTF-16 units, without the space at the cuts."""
    if len(text) * 2 <= limit:  # as nearly all are
        return (text,)
    parts = []
    while utf16_units(text) > limit:
        cut = pause(_fitting(text, limit))
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return tuple(part for part in (*parts, text) if part) or (text,)


def _fitting(text: str, limit: int) -> str:
    """Return the longest beginning of *text* that fits."""
    sizes = accumulate(2 if ord(character) > ASTRAL else 1 for character in text)
    return text[: sum(1 for _ in takewhile(limit.__ge__, sizes))]


def pause(text: str) -> int:
    """Return where to cut *text*: at the kindest pause of its last two thirds, else its end."""
    for kind in PAUSES:
        found = kind.match(text)
        if found and found.end() * WORTH > len(text):
            return found.end()
    return len(text)
