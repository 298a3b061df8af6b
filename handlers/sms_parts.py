"""Lay a long SMS out so that no word, number or code is torn where one part of it ends.

Gateways and telephones cut by counting. So every part but the last is filled up with spaces to
its very end, and the next one begins with a word; where a part was filled up, its line ends too.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, takewhile

from msgspec import Struct

from conversations.messages import Reply
from handlers.long_text import pause
from handlers.sms_text import (
    ASTRAL,
    EXTENSION,
    GSM7_PART,
    GSM7_SINGLE,
    UCS2_PART,
    UCS2_SINGLE,
    is_gsm7,
    render,
    segments,
)

MOST_PARTS = 6  # of one message; Kannel drops without a word what goes beyond its max-messages
# Where a word begins; "0274 123456", "Rp 600.000" and "1. Cek status" are one each.
WORD = re.compile(
    r"(?<=\s)(?!(?<=\d )\d)(?!(?<=[Rr]p )\d)(?<!^\d\. )(?<!^\d\d\. )(?=\S)", re.MULTILINE
)
LINE = re.compile(r"(?<=\n)(?=\S)")


class Alphabet(Struct, frozen=True):
    """What a message has room for, alone and in each part of several, by each one's *size*."""

    single: int
    part: int
    size: Callable[[str], int]  # of one character


GSM7 = Alphabet(GSM7_SINGLE, GSM7_PART, lambda c: 2 if c in EXTENSION else 1)
UCS2 = Alphabet(UCS2_SINGLE, UCS2_PART, lambda c: 2 if ord(c) > ASTRAL else 1)


def messages(reply: Reply) -> tuple[str, ...]:
    """Return the texts that *reply* is sent as, in order; nearly always one."""
    return lay_out(render(reply))


def cost(texts: Iterable[str]) -> int:
    """Return how many segments *texts* are charged as."""
    return sum(segments(text).count for text in texts)


def lay_out(text: str) -> tuple[str, ...]:
    """Return *text* as messages of at most MOST_PARTS parts each, cut where a reader pauses."""
    text, found = text.strip(), []
    while len(head := _head(text)) < len(text):
        cut = pause(head)
        found.append(_laid_out(head[:cut].rstrip()))
        text = text[cut:].lstrip()
    return (*found, _laid_out(text))


def _laid_out(text: str) -> str:
    """Return *text*, one message, with each part but its last filled up to its end."""
    alphabet = _alphabet(text)
    if _room(text, alphabet) <= alphabet.single:
        return text
    done, left = "", len(_pieces(text, alphabet))
    while left > 1:
        cut = _kindest(text, alphabet, left)
        done += _filled(text[:cut], alphabet)
        text, left = text[cut:], left - 1
    return done + text


def _alphabet(text: str) -> Alphabet:
    return GSM7 if is_gsm7(text) else UCS2


def _room(text: str, alphabet: Alphabet) -> int:
    return sum(map(alphabet.size, text))


def _head(text: str) -> str:
    """Return the longest beginning of *text* that goes as one message."""
    most = text[: GSM7.part * MOST_PARTS]
    if not is_gsm7(most):
        most = text[: UCS2.part * MOST_PARTS]
    return "".join(_pieces(most, _alphabet(most))[:MOST_PARTS])


def _pieces(text: str, alphabet: Alphabet) -> list[str]:
    """Return *text* in as few parts as its words allow, none of them filled up."""
    found = []
    while _room(text, alphabet) > alphabet.part:
        cut = _latest(text, alphabet)
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def _fitting(text: str, alphabet: Alphabet) -> int:
    """Return how many characters of *text* one part takes."""
    sizes = accumulate(map(alphabet.size, text))
    return sum(1 for _ in takewhile(alphabet.part.__ge__, sizes))


def _latest(text: str, alphabet: Alphabet) -> int:
    """Return the last place in the first part where *text* may be cut.

    A word that is longer than a part, and nothing else, is torn at its end.
    """
    fits = _fitting(text, alphabet)
    word = len(text) - len(text[fits:].lstrip())
    if word > fits and (word == len(text) or WORD.match(text, word)):
        return fits
    return max(_starts(WORD, text, fits), default=fits)


def _kindest(text: str, alphabet: Alphabet, left: int) -> int:
    """Return where to end the first of *left* parts: with a line, where that costs no part."""
    line = max(_starts(LINE, text, _fitting(text, alphabet)), default=0)
    if line and len(_pieces(text[line:], alphabet)) < left:
        return line
    return _latest(text, alphabet)


def _starts(what: re.Pattern[str], text: str, fits: int) -> Iterator[int]:
    """Yield the places up to *fits* where *what* begins, but none with only space before it."""
    first = len(text) - len(text.lstrip()) + 1
    return (found.start() for found in what.finditer(text, first, fits + 1))


def _filled(part: str, alphabet: Alphabet) -> str:
    """Return *part* with spaces up to its end, where nobody sees them: before its line ends."""
    missing = alphabet.part - _room(part, alphabet)
    said = part.rstrip()
    if not missing or said == part:
        return part + " " * missing
    ends = max(part.count("\n", len(said)), 1)
    return said + " " * (missing + len(part) - len(said) - ends) + "\n" * ends
