"""Photos and documents as telephones make them, small."""

from io import BytesIO
from itertools import count
from random import Random

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


def scene(number: int, *, size: tuple[int, int] = (160, 120), spot: bool = False) -> bytes:
    """Return a photo with light and shade of its own *number*; a *spot* changes one pixel."""
    patches = Image.frombytes("L", (16, 12), Random(number).randbytes(16 * 12))  # noqa: S311 - a picture
    picture = patches.resize(size, Image.Resampling.BICUBIC).convert("RGB")
    if spot:
        picture.putpixel((0, 0), (1, 2, 3))
    out = BytesIO()
    picture.save(out, "JPEG", quality=70 if spot else 90)
    return out.getvalue()


def pdf(root: bytes = b"") -> bytes:
    """Return the smallest document there is, with *root* in its catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, thing in enumerate(
        (
            b"<</Type/Catalog/Pages 2 0 R" + root + b">>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ),
        start=1,
    ):
        places.append(len(out))
        out += b"%d 0 obj%bendobj\n" % (number, thing)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return out + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
