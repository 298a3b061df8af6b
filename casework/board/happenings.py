"""A line of a case's timeline, and how far the message that it became has come."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from casework.ticket.views import Told


class Arrival(StrEnum):
    """How far a message came."""

    SENT = "sent"
    ARRIVED = "arrived"
    FAILED = "failed"
    LATER = "later"
    BY_VOICE = "by_voice"  # there is no number: somebody has to tell them


class Happening(Struct, frozen=True, kw_only=True):
    """One line of the timeline."""

    at: datetime
    text: Told
    office: Told  # whose share it was about, "" of the ticket itself
    told: Arrival | None  # None where no message was sent
    receipt: bool = False  # the message answered who filed it, with the ticket's number
