"""What is carried to an agency, and what comes back: shared by every way in this folder.

A way is a class with `pauses` (seconds before each further try) and `send(parcel, to)`, where *to*
is the way's row (`referrals.district.ways`). `send` raises a `handlers.delivery.DeliveryError`, or
one of the two kinds below.
"""
# ruff: noqa: N818 - the family is named for what happened, its base says that it is an error

from datetime import date, datetime

from msgspec import Struct

from handlers.delivery import DeliveryError, Fault


class Parcel(Struct, frozen=True, kw_only=True):
    """One letter with what its office may know; of a vault ticket neutral words alone.

    *id* stays the same however often the letter is sent, on whatever way.
    """

    id: int
    agency: str  # code of the office
    code: str  # of the ticket, nine digits; empty where the letter must not name it
    leg: int
    turn: int = 0  # which of the office's ways it is on, counted over all rounds
    occasion: str  # why it is written: new, answered, reminder, ring, …
    subject: str
    text: str
    link: str  # the leg's signed page, empty where there is nothing left to do
    written_at: datetime  # aware, UTC
    service: str = ""  # code
    service_name: str = ""
    area: str = ""  # Kemendagri code
    area_name: str = ""  # "Desa Sukamaju, Kecamatan Contoh"
    priority: str = ""  # P1 to P4
    opened_at: datetime | None = None  # when the citizen filed it
    due: date | None = None  # the day until which an answer is promised to the citizen
    answers: tuple[tuple[str, str, str], ...] = ()  # key, label, answer: shared fields only
    secret: bool = False  # the public may not learn whose case it is: no answer where it reads

    def __repr__(self) -> str:
        return f"Parcel({self.id}, {self.agency}, {self.occasion})"


class Receipt(Struct, frozen=True):
    """A way took the parcel. *delivered* is whether it is known to have reached the office."""

    delivered: bool
    reference: str = ""  # the other side's own number of it
    by_hand: bool = False  # somebody still has to carry it there


class Gone(DeliveryError):
    """The office closed this way for good: nobody may try it again until its row changes."""

    retry = False
    fault = Fault.OPERATOR


class NotOpen(DeliveryError):
    """This way is not set up here: a setting is missing."""

    retry = False
    fault = Fault.OPERATOR
