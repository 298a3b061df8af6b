"""What people send as a file, made fit to be kept: three kinds, and photos without their traces.

The kind is read off the content, never off a name or a header. A photo is decoded and drawn anew:
what it knew of place, telephone and hour stays behind, and so does anything hidden in or after it.
A WebP becomes a JPEG, on white where one sees through it: not every chat and office shows WebP.
It is run in a process with bounds of its own (`casework.files.bounded`).
"""

from enum import StrEnum
from hashlib import sha256
from io import BytesIO

from msgspec import Struct
from PIL import Image, ImageOps

from casework.files.documents import Flaw, flaw_of
from casework.files.likeness import look_of
from conversations.messages import LARGEST_FILE

LONGEST_SIDE = 2560  # pixels; a page of print stays readable
QUALITY = 85

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
SUFFIX = {JPEG: "jpg", PNG: "png", WEBP: "webp", PDF: "pdf"}
FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}  # as Pillow calls them
MOST_PIXELS = {  # a JPEG is shrunk while it is decoded; the others take four bytes of each first
    JPEG: 64_000_000,
    PNG: 16_000_000,
    WEBP: 16_000_000,
}
PLAIN = frozenset({"RGB", "RGBA"})
SEE_THROUGH = frozenset({"LA", "PA", "RGBA", "RGBa", "La"})
UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, Image.DecompressionBombError)

Image.MAX_IMAGE_PIXELS = None  # we look at the size ourselves, before anything is decoded


class Unfit(StrEnum):
    """Why a file is not kept."""

    TOO_LARGE = "too_large"
    KIND_UNKNOWN = "kind_unknown"
    BROKEN = "broken"
    EMPTY = "empty"
    ACTIVE = "active"  # a document that would do something by itself


UNFIT = {Flaw.BROKEN: Unfit.BROKEN, Flaw.ACTIVE: Unfit.ACTIVE}


class Clean(Struct, frozen=True):
    """A file fit to be kept.

    *digests* know it again: as sent, as a picture, as kept; *look* knows a picture much like it.
    """

    kind: str
    content: bytes
    digests: tuple[str, ...]
    look: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Clean({self.kind}, {len(self.content)} bytes)"


def cleaned(sent: bytes) -> Clean | Unfit:
    """Return *sent* as it may be kept, or why it may not."""
    if not sent:
        return Unfit.EMPTY
    if len(sent) > LARGEST_FILE:
        return Unfit.TOO_LARGE
    kind = kind_of(sent)
    if kind is None:
        return Unfit.KIND_UNKNOWN
    try:
        return _read(sent) if kind == PDF else _drawn_anew(sent, kind)
    except MemoryError:
        return Unfit.TOO_LARGE


def kind_of(sent: bytes) -> str | None:
    """Return the media type that the first bytes of *sent* say, or None for any other."""
    if sent.startswith(b"\xff\xd8\xff"):
        return JPEG
    if sent.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if sent.startswith(b"RIFF") and sent[8:12] == b"WEBP":
        return WEBP
    return PDF if sent.startswith((b"%PDF-1.", b"%PDF-2.")) else None


def _read(sent: bytes) -> Clean | Unfit:
    flaw = flaw_of(sent)
    return UNFIT[flaw] if flaw else Clean(PDF, sent, (_digest(sent),))


def _drawn_anew(sent: bytes, kind: str) -> Clean | Unfit:
    try:
        with Image.open(BytesIO(sent), formats=(FORMATS[kind],)) as photo:
            if photo.width * photo.height > MOST_PIXELS[kind]:
                return Unfit.TOO_LARGE
            picture = _picture(photo)
    except UNREADABLE:
        return Unfit.BROKEN
    if kind == WEBP:
        kind, picture = JPEG, _on_white(picture)
    out = BytesIO()
    picture.save(out, FORMATS[kind], quality=QUALITY)
    content = out.getvalue()
    seen = _digest(repr((picture.mode, picture.size)).encode() + picture.tobytes())
    return Clean(kind, content, (_digest(sent), seen, _digest(content)), look_of(picture))


def _picture(photo: Image.Image) -> Image.Image:
    """Return nothing but the pixels of *photo*, the right way up and at most LONGEST_SIDE long."""
    photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
    see_through = photo.mode in SEE_THROUGH or "transparency" in photo.info
    plain = photo if photo.mode in PLAIN else photo.convert("RGBA" if see_through else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    ImageOps.exif_transpose(plain, in_place=True)
    plain.info = {}
    return plain


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in SEE_THROUGH:
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
