"""Text as SMS carries it: the GSM 7-bit alphabet (3GPP TS 23.038) or UCS-2, in segments."""

import unicodedata
from typing import Literal

from msgspec import Struct

from conversations.messages import Reply

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")  # an escape and a second septet
ALPHABET = BASIC | EXTENSION
ASTRAL = 0xFFFF  # beyond it a character takes two UTF-16 units
GSM7_SINGLE, GSM7_PART = 160, 153  # septets; a part gives seven to the concatenation header
UCS2_SINGLE, UCS2_PART = 70, 67  # UTF-16 units

# What telephones and word processors put in the place of a plain character.
PLAIN = str.maketrans({
    "\N{LEFT SINGLE QUOTATION MARK}": "'", "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{SINGLE LOW-9 QUOTATION MARK}": "'", "\N{PRIME}": "'", "\N{GRAVE ACCENT}": "'",
    "\N{ACUTE ACCENT}": "'", "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"', "\N{DOUBLE LOW-9 QUOTATION MARK}": '"',
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"',
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": '"', "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-", "\N{FIGURE DASH}": "-", "\N{EN DASH}": "-",
    "\N{EM DASH}": "-", "\N{MINUS SIGN}": "-", "\N{BULLET}": "-", "\N{MIDDLE DOT}": ".",
    "\N{HORIZONTAL ELLIPSIS}": "...", "\N{NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " ",
    "\N{NARROW NO-BREAK SPACE}": " ", "\N{ZERO WIDTH SPACE}": "", "\N{SOFT HYPHEN}": "",
    "\N{ZERO WIDTH NO-BREAK SPACE}": "", "\t": " ",
    "\N{MULTIPLICATION SIGN}": "x", "\N{RIGHTWARDS ARROW}": "->", "\N{CHECK MARK}": "v",
})  # fmt: skip


class Segments(Struct, frozen=True):
    """How a text travels: its encoding and the length of each part in the encoding's units."""

    encoding: Literal["gsm7", "ucs2"]
    parts: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many messages it costs."""
        return len(self.parts)


def is_gsm7(text: str) -> bool:
    """Say whether *text* can be written in the GSM alphabet."""
    return ALPHABET.issuperset(text)


def segments(text: str) -> Segments:
    """Return how *text* travels; no character is torn between two parts."""
    if is_gsm7(text):
        sizes = [2 if c in EXTENSION else 1 for c in text]
        return Segments("gsm7", _parts(sizes, GSM7_SINGLE, GSM7_PART))
    sizes = [2 if ord(c) > ASTRAL else 1 for c in text]
    return Segments("ucs2", _parts(sizes, UCS2_SINGLE, UCS2_PART))


def transliterate(text: str) -> str:
    """Return *text* in the GSM alphabet as far as a plain look-alike exists; the rest stays."""
    if text.isascii() and not {"`", "\t"} & set(text):
        return text
    return "".join(map(_plain, text.translate(PLAIN)))


def render(reply: Reply) -> str:
    """Return *reply* as one text: the choices follow as a numbered list.

    Who writes from a telephone is told how to give just that number.
    Those of an unasked notice have no numbers, for a number answers the question under way.
    """
    if reply.unasked:
        return transliterate(reply.text)
    choices = (f"{n}. {choice.label}" if n else choice.label for n, choice in reply.numbered)
    lines = (reply.text, reply.phone_same, *choices)
    return transliterate("\n".join(line for line in lines if line))


def _parts(sizes: list[int], single: int, part: int) -> tuple[int, ...]:
    if sum(sizes) <= single:
        return (sum(sizes),)
    parts = [0]
    for size in sizes:
        if parts[-1] + size > part:
            parts.append(0)
        parts[-1] += size
    return tuple(parts)


def _plain(character: str) -> str:
    """Return *character* without its accents, where only they keep it out of the alphabet."""
    if character in ALPHABET:
        return character
    base = "".join(
        c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c)
    )
    return base if base and is_gsm7(base) else character
