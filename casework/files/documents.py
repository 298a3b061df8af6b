"""PDF documents: read as a viewer would, with pages and without anything that acts by itself.

Run it where time and memory are bounded: a hostile document can cost much of both.
"""

import struct
import zlib
from collections.abc import Iterator
from enum import Enum, auto
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
)

END = 1024  # bytes from a PDF's end in which its end mark must stand
MOST_OBJECTS = 50_000  # a scanned letter has dozens, a law with a thousand pages has less
ACTING = frozenset(
    {
        "/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia",
        "/XFA", "/SubmitForm", "/ImportData", "/Rendition", "/GoToE", "/GoToR",
    }
)  # fmt: skip
UNREADABLE = (  # what pypdf raises on documents made to break it
    PyPdfError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError,
    AssertionError, RecursionError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip
OPENING = "/OpenAction"  # what happens when it is opened
A_JUMP = frozenset({"/GoTo", None})  # to a place in the document: all that may happen then


class Flaw(Enum):
    """Why a document is not kept."""

    BROKEN = auto()  # no viewer could show a page of it, or only with a password
    ACTIVE = auto()  # it would do something: run a script, open a program, bring a file along


def flaw_of(sent: bytes) -> Flaw | None:
    """Return what is wrong with the document *sent*, or None; MemoryError where it unpacks far."""
    if b"%%EOF" not in sent[-END:]:
        return Flaw.BROKEN
    try:
        return _judged(PdfReader(BytesIO(sent)))
    except UNREADABLE:
        return Flaw.BROKEN


def _judged(reader: PdfReader) -> Flaw | None:
    if reader.is_encrypted or len(reader.pages) == 0 or not reader.pages[0].mediabox:
        return Flaw.BROKEN
    for count, thing in enumerate(_things(reader)):
        if count > MOST_OBJECTS:
            return Flaw.BROKEN
        if _acts(thing):
            return Flaw.ACTIVE
    return None


def _things(reader: PdfReader) -> Iterator[PdfObject]:
    """Yield everything that can be come to from the document's root, each once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[PdfObject] = [reader.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if (name := (thing.idnum, thing.generation)) not in seen:
                seen.add(name)
                waiting.append(thing.get_object() or NameObject("/"))
            continue
        yield thing
        if isinstance(thing, DictionaryObject):
            waiting += thing.values()  # as they stand there: references are not followed
        elif isinstance(thing, ArrayObject):
            waiting += list.__iter__(thing)


def _acts(thing: PdfObject) -> bool:
    if isinstance(thing, NameObject):
        return thing in ACTING
    if not isinstance(thing, DictionaryObject):
        return False
    opening = thing.get(OPENING)
    jump = opening.get_object() if opening is not None else None
    acts = isinstance(jump, DictionaryObject) and jump.get("/S") not in A_JUMP
    return acts or not ACTING.isdisjoint(thing)
