"""JSON with broken letters in it: one message's must not cost the others of its delivery."""

import re
from typing import Final

INSTEAD: Final = rb"\ufffd"  # what Unicode puts in the place of what nobody can read
HALF: Final = re.compile(rb"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
# A whole letter in two halves, a half alone, or any other escape: a backslash too may be escaped.
ESCAPE: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.",
    re.DOTALL,
)


def mended(body: bytes) -> bytes:
    """Return *body* with a mark for each half of a letter, and for bytes that are no UTF-8."""
    text = body if body.isascii() else body.decode(errors="replace").encode()
    return ESCAPE.sub(_whole, text)


def _whole(escape: re.Match[bytes]) -> bytes:
    return INSTEAD if HALF.fullmatch(escape[0]) else escape[0]
