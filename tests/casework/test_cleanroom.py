"""What one file may cost: a process of its own, with little time and memory."""

from io import BytesIO

import pytest
from PIL import Image

from casework.files import cleanroom
from casework.files.bounded import MEMORY
from casework.files.cleaning import PNG, WEBP, Clean, Unfit, cleaned
from casework.files.cleanroom import clean_apart
from storage.database.errors import FilesUnavailable
from tests.casework.pictures import pdf, photo, scene


@pytest.mark.parametrize("sent", [photo(), pdf(), scene(1), b"", b"<html>", photo()[:50]])
async def test_a_file_is_cleaned_apart_as_it_is_here(sent: bytes) -> None:
    """The process answers with the very outcome."""
    assert await clean_apart(sent) == cleaned(sent)


@pytest.mark.parametrize(("kind", "mode"), [(PNG, "RGBA"), (PNG, "P"), (WEBP, "RGB")])
async def test_a_small_file_cannot_unpack_to_gigabytes(kind: str, mode: str) -> None:
    """Some kilobytes that say 64 million pixels are refused, not decoded."""
    assert await clean_apart(plain(kind, mode, 8000)) is Unfit.TOO_LARGE


@pytest.mark.parametrize(
    ("kind", "mode"), [(PNG, "RGBA"), (PNG, "P"), (WEBP, "RGBA"), (PNG, "LA")]
)
async def test_the_largest_picture_fits_the_memory_it_is_given(
    kind: str, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is allowed by its pixels is kept within MEMORY: honest files are not refused."""
    monkeypatch.setattr(cleanroom, "PATIENCE", 120)  # a busy machine is slow; memory counts here
    assert MEMORY < 1 << 30
    assert isinstance(await clean_apart(plain(kind, mode, 4000)), Clean)


async def test_a_busy_machine_blames_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited in vain for a turn of the processor is told to try again, and nothing runs on."""
    monkeypatch.setattr(cleanroom, "PATIENCE", 0.01)
    with pytest.raises(FilesUnavailable):
        await clean_apart(photo())


def plain(kind: str, mode: str, side: int) -> bytes:
    """Return a picture of one colour, *side* by *side* pixels in a few kilobytes."""
    out = BytesIO()
    Image.new(mode, (side, side)).save(out, kind.removeprefix("image/"), lossless=True)
    return out.getvalue()
