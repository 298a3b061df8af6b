"""What people said about a ticket: kept sealed beside the log, which holds only its digest."""

from datetime import datetime

import msgspec
from msgspec import Struct

from conversations.messages import Attachment, Place
from conversations.turn import Answered
from referrals import log


class Spoken(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The words that came with one command. The salt keeps its digest from being guessed."""

    salt: str
    text: str = ""
    answers: tuple[Answered, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    place: Place | None = None
    occurred_at: datetime | None = None  # when it happened by the clock of an office's program

    def __repr__(self) -> str:
        return "Spoken(…)"

    def packed(self) -> bytes:
        """Return the words as they are sealed."""
        return msgspec.json.encode(self)

    def digest(self) -> str:
        """Return what the log keeps: it proves the words and tells none of them."""
        return log.digest(self.packed(), self.salt)


def unpacked(body: bytes) -> Spoken:
    """Return the words in *body*. Raises msgspec.DecodeError for anything else."""
    return msgspec.json.decode(body, type=Spoken)
