"""Pictures and documents that we send: within Meta's limits, by upload or by link."""

import msgspec
from msgspec import Struct

from handlers.delivery import Refused

CAPTION_LIMIT = 1024  # UTF-16 units
MOST_BYTES = {  # of each kind that WhatsApp shows (Meta, supported media types)
    "image/jpeg": 5 << 20,
    "image/png": 5 << 20,
    "application/pdf": 100 << 20,
}
DOCUMENTS = frozenset({"application/pdf"})


class File(Struct, frozen=True):
    """A picture or PDF, where Meta already has it or may fetch it: *media* or *link* is set."""

    mime: str
    media: str = ""  # the id that uploading it gave
    link: str = ""  # a public https address
    name: str = ""  # shown with a document
    caption: str = ""


def shown(file: File) -> bytes:
    """Return the message that shows *file*, without its beginning. Raises Refused."""
    if file.mime not in MOST_BYTES or not (file.media or file.link.startswith("https://")):
        raise Refused("a file that WhatsApp does not show")
    kind = "document" if file.mime in DOCUMENTS else "image"
    said = {"id": file.media} if file.media else {"link": file.link}
    if file.caption:
        said["caption"] = file.caption[:CAPTION_LIMIT]
    if file.name and kind == "document":
        said["filename"] = file.name
    return b'"type":"%b","%b":%b}' % (kind.encode(), kind.encode(), msgspec.json.encode(said))


def fits(mime: str, size: int) -> bool:
    """Say whether WhatsApp takes a file of this type and *size* in bytes."""
    return size <= MOST_BYTES.get(mime, -1)
