"""What comes back about a letter by mail: delivery status notifications (RFC 3464)."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from enum import Enum

from msgspec import Struct

from handlers.agencies.verp import Sent, Tags

LARGEST = 100_000  # bytes; servers send the letter back with the note, and ours are small
MOST_PARTS = 50  # a note has three, and those of the letter that it sends back
LONGEST = 16_000  # characters of one text in which a letter's tag is looked for
WHERE = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")  # our own address
NOTES = "message/delivery-status"
HEADERS_BACK = frozenset({"text/rfc822-headers", "message/global-headers"})


class News(Enum):
    """What a note says of a letter."""

    FAILED = "failed"
    DELIVERED = "delivered"
    NOTHING = "nothing"  # it is late, or a holiday note, or no note at all


class Note(Struct, frozen=True):
    """A note about one letter."""

    sent: Sent | None  # None where it is about no letter of ours
    news: News
    status: str = ""  # RFC 3463, "5.1.1"


def read_note(mail: bytes, tags: Tags) -> Note:
    """Return what *mail* says and of which letter; a mail that is no such note says nothing.

    It may take tenths of a second for a mail that is made to hurt: not for an event loop.
    """
    looked_at = mail[:LARGEST]
    if looked_at.lower().count(b"content-type:") > MOST_PARTS:  # nor is its depth more than that
        return Note(None, News.NOTHING)
    message = message_from_bytes(looked_at)  # its old policy, which no broken header upsets
    parts = list(message.walk())
    fields = list(_recipients(parts))
    return Note(_about(message, parts, tags), _news(fields), _status(fields))


def _news(fields: list[Message]) -> News:
    """Return the worst of what happened; *relayed* is no proof that it arrived."""
    actions = {word for one in fields for word in str(one.get("Action", "")).lower().split()[:1]}
    if "failed" in actions:
        return News.FAILED
    return News.DELIVERED if "delivered" in actions else News.NOTHING


def _status(fields: list[Message]) -> str:
    found = (str(one.get("Status", "")).split() for one in fields)
    return next((words[0][:20] for words in found if words), "")


def _recipients(parts: list[Message]) -> Iterator[Message]:
    """Yield the groups of fields that a note has, the message's own first."""
    for part in parts:
        if part.get_content_type() == NOTES and part.is_multipart():
            yield from (one for one in part.get_payload() if isinstance(one, Message))


def _about(message: Message, parts: list[Message], tags: Tags) -> Sent | None:
    """Return the letter: by the address it came to, the envelope's id, or the mail sent back."""
    texts = [str(value) for name in WHERE for value in message.get_all(name, ())]
    texts += [str(one.get("Original-Envelope-Id", "")) for one in _recipients(parts)]
    texts += [str(part.get("Message-ID", "")) for part in parts]
    texts += [_text(part) for part in parts if part.get_content_type() in HEADERS_BACK]
    return next((sent for text in texts if (sent := tags.read(text[:LONGEST]))), None)


def _text(part: Message) -> str:
    body = part.get_payload(decode=True)
    return body.decode("latin-1") if isinstance(body, bytes) else ""
