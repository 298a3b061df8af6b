"""Photos and documents as telephones make them, small."""

from io import BytesIO
from itertools import count

from PIL import Image
from PIL.ExifTags import IFD, Base

GPS = IFD.GPSInfo
METADATA = b"Jalan Rahasia nomor 7"
SIDEWAYS = 6  # EXIF: turn it by 90 degrees
_shades = count(1)
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def photo(kind: str = "image/jpeg", *, secret: bool = False, shade: int = 90, comment: bytes = b""
) -> bytes:  # fmt: skip
    """Return a photo; a *secret* one says where it was taken, and lies on its side."""
    picture = Image.linear_gradient("L").resize((60, 40)).point(lambda grey: (grey + shade) % 256)
    more: dict[str, object] = {"comment": comment} if comment else {}
    if secret:
        exif = Image.Exif()
        exif[Base.Orientation] = SIDEWAYS
        exif[Base.ImageDescription] = METADATA.decode()
        exif.get_ifd(GPS)[2] = (6.0, 7.0, 24.0)
        more["exif"] = exif
    out = BytesIO()
    picture.convert("RGB").save(out, FORMATS[kind], **more)
    return out.getvalue()


def fresh_photo() -> bytes:
    """Return a photo that nobody took before."""
    return photo(shade=next(_shades))


def pdf() -> bytes:
    """Return the smallest document there is."""
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
