"""What the demo's telephones photograph: a house, in another light each time, and a card."""

import re
from io import BytesIO

from PIL import Image, ImageDraw

PHOTO = re.compile(r"demo-photo-(\d{1,12})-(\d{2,4})")
DOCUMENT = re.compile(r"demo-document-(\d{1,12})")
LINES = (
    b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 320 200]>>endobj\n"
    b"trailer<</Root 1 0 R/Contoh %d>>\nstartxref\n0\n%%%%EOF\n"
)


def content_of(ref: str) -> bytes | None:
    """Return the file that the telephones call *ref*, None for one that they never sent."""
    if found := PHOTO.fullmatch(ref):
        return _photo(int(found[1]), int(found[2]))
    if found := DOCUMENT.fullmatch(ref):
        return LINES % int(found[1])
    return None


def _photo(message: int, width: int) -> bytes:
    """Return a picture that no other message has, *width* pixels wide."""
    height, unit = width * 3 // 4, width / 16
    light = 120 + message * 37 % 100
    picture = Image.new("RGB", (width, height), (light, light + 20, 235))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 9 * unit, width, height), fill=(70, 110 + message % 90, 60))
    draw.rectangle((4 * unit, 5 * unit, 12 * unit, 10 * unit), fill=(214, 190, 150))
    draw.polygon(
        [(3 * unit, 5 * unit), (8 * unit, 2 * unit), (13 * unit, 5 * unit)],
        fill=(130 + message * 11 % 90, 60, 50),
    )
    draw.rectangle((7 * unit, 7 * unit, 9 * unit, 10 * unit), fill=(90, 60, 40))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
