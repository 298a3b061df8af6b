"""What is kept of a file that somebody sent."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from casework.files import cleaning
from casework.files.cleaning import (
    JPEG,
    LONGEST_SIDE,
    PDF,
    PNG,
    WEBP,
    Clean,
    Unfit,
    cleaned,
    kind_of,
)
from casework.files.likeness import ENOUGH, alike_from
from conversations.messages import LARGEST_FILE
from tests.casework.pictures import GPS, METADATA, pdf, photo, scene

SCRIPT = b"<script>alert(1)</script>"


@pytest.mark.parametrize("kind", [JPEG, PNG, WEBP])
def test_a_photo_is_kept_without_its_traces(kind: str) -> None:
    """Place, telephone and comment are gone; the picture is the same size and the right way up."""
    sent = photo(kind, secret=True)
    assert METADATA in sent

    clean = cleaned(sent)

    assert isinstance(clean, Clean)
    assert clean.kind == (JPEG if kind == WEBP else kind)
    assert METADATA not in clean.content
    with Image.open(BytesIO(clean.content)) as kept:
        assert kept.size == (40, 60)  # it lay on its side
        assert not kept.getexif()
        assert not kept.getexif().get_ifd(GPS)
        assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop",
                                  "background", "timestamp", "duration"}  # fmt: skip


def test_a_text_in_a_png_is_gone() -> None:
    """What a program wrote into a PNG stays behind, and its transparency does not."""
    note = PngInfo()
    note.add_text("Author", METADATA.decode(), zip=False)
    out = BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(out, "PNG", pnginfo=note)

    clean = cleaned(out.getvalue())

    assert isinstance(clean, Clean)
    assert METADATA not in clean.content
    with Image.open(BytesIO(clean.content)) as kept:
        assert kept.mode == "RGBA"


def test_a_webp_becomes_a_jpeg() -> None:
    """What WhatsApp does not show is kept as what it does; one sees white through it."""
    out = BytesIO()
    Image.new("RGBA", (4, 4), (1, 2, 3, 0)).save(out, "WEBP", lossless=True)

    clean = cleaned(out.getvalue())

    assert isinstance(clean, Clean)
    assert kind_of(clean.content) == clean.kind == JPEG
    with Image.open(BytesIO(clean.content)) as kept:
        assert kept.getpixel((1, 1)) == (255, 255, 255)


def test_what_hides_behind_a_photo_is_gone() -> None:
    """A file that is a photo and something else as well is kept as a photo and nothing else."""
    for kind in (JPEG, PNG, WEBP):
        clean = cleaned(photo(kind) + SCRIPT + b"PK\x03\x04")
        assert isinstance(clean, Clean)
        assert SCRIPT not in clean.content


@pytest.mark.parametrize(
    "sent",
    [
        b"GIF89a" + bytes(64),
        b"<html>" + SCRIPT,
        b"MZ\x90\x00" + bytes(64),
        b"PK\x03\x04" + bytes(64),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b" %PDF-1.4\n%%EOF",
        b"%PDF-<script>%%EOF",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"II*\x00" + bytes(64),
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
)
def test_other_kinds_are_not_kept(sent: bytes) -> None:
    """Only JPEG, PNG, WebP and PDF; what a file is called does not matter."""
    assert cleaned(sent) is Unfit.KIND_UNKNOWN


def test_what_is_broken_is_not_kept() -> None:
    """Half a photo, a head without a body, a PDF with something behind its end."""
    for kind in (JPEG, PNG, WEBP):
        whole = photo(kind)
        assert cleaned(whole[: len(whole) // 2]) is Unfit.BROKEN
        assert cleaned(whole[:16]) is Unfit.BROKEN
    assert cleaned(b"%PDF-1.7\nno end") is Unfit.BROKEN
    assert cleaned(b"%PDF-1.4 <script>alert(1)</script> %%EOF") is Unfit.BROKEN
    assert cleaned(pdf().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[     ]/Count 0")) is Unfit.BROKEN
    assert cleaned(pdf() + b"PK\x03\x04" + bytes(2000)) is Unfit.BROKEN
    assert cleaned(b"") is Unfit.EMPTY


def test_what_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in bytes, nor in pixels that a small file unpacks to."""
    assert cleaned(pdf() + bytes(LARGEST_FILE)) is Unfit.TOO_LARGE
    monkeypatch.setitem(cleaning.MOST_PIXELS, PNG, 100)
    assert cleaned(photo(PNG)) is Unfit.TOO_LARGE


def test_a_large_photo_is_kept_smaller() -> None:
    """A page of print stays readable at LONGEST_SIDE; more would only cost."""
    out = BytesIO()
    Image.new("RGB", (LONGEST_SIDE + 500, 10)).save(out, "PNG")
    clean = cleaned(out.getvalue())
    assert isinstance(clean, Clean)
    with Image.open(BytesIO(clean.content)) as kept:
        assert kept.width == LONGEST_SIDE


def test_a_pdf_is_kept_as_it_is() -> None:
    """Letters and minutes are kept byte for byte."""
    clean = cleaned(pdf())
    assert isinstance(clean, Clean)
    assert (clean.kind, clean.content) == (PDF, pdf())
    assert "bytes" in repr(clean)


@pytest.mark.parametrize(
    "acting",
    [
        b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"/OpenAction<</S/Launch/F(calc.exe)>>",
        b"/AA<</WC<</S/URI>>>>",
        b"/Names<</EmbeddedFiles<</Names[]>>>>",
        b"/Names<</Java#53cript<<>>>>",
    ],
)
def test_a_pdf_that_does_something_by_itself_is_not_kept(acting: bytes) -> None:
    """Scripts, programs to start, and files inside it, however their names are written."""
    assert cleaned(pdf(acting)) is Unfit.ACTIVE


@pytest.mark.parametrize(
    "opening", [b"/OpenAction[3 0 R/Fit]", b"/OpenAction<</S/GoTo/D[3 0 R]>>"]
)
def test_a_pdf_may_say_where_it_opens(opening: bytes) -> None:
    """Many programs write at which page a document starts: that does nothing to anybody."""
    assert isinstance(cleaned(pdf(opening)), Clean)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "LA", "I;16", "1"])
def test_any_photo_of_its_kind_can_be_kept(mode: str) -> None:
    """Grey, palette, print colours and deep grey are drawn as plain colours."""
    out = BytesIO()
    kind = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (8, 8)).save(out, kind)
    assert isinstance(cleaned(out.getvalue()), Clean)


def test_a_photo_is_known_again() -> None:
    """Another name or other metadata does not make a new photo, nor does what we gave out."""
    first = cleaned(photo(JPEG))
    renamed = cleaned(photo(JPEG, secret=False, comment=b"another day"))
    other = cleaned(photo(JPEG, shade=200))
    assert isinstance(first, Clean)
    assert isinstance(renamed, Clean)
    assert isinstance(other, Clean)
    assert set(first.digests) & set(renamed.digests)
    assert not set(first.digests) & set(other.digests)
    given_out = cleaned(first.content)
    assert isinstance(given_out, Clean)
    assert set(first.digests) & set(given_out.digests)


def test_a_photo_that_was_barely_changed_looks_the_same() -> None:
    """One pixel, another size or another quality leave its look; another photo has another."""
    first = stripes(scene(1))
    assert len(first) >= ENOUGH
    for changed in (scene(1, spot=True), scene(1, size=(320, 240))):
        assert len(first & stripes(changed)) >= alike_from(len(first))
    for number in range(2, 40):
        assert len(first & stripes(scene(number))) < alike_from(len(first)) // 2


def test_a_photo_without_contrast_looks_like_nothing() -> None:
    """A wall or the night is no reason to call two photos the same."""
    assert stripes(photo(JPEG)) == set()


def stripes(sent: bytes) -> set[str]:
    """Return what *sent* looks like from afar."""
    clean = cleaned(sent)
    assert isinstance(clean, Clean)
    return set(clean.look)
