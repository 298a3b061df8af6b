"""The part of WhatsApp's webhooks that we read, as Meta writes them (Cloud API, 2026).

A delivery holds many messages and receipts of many people. One that we cannot read must not take
the others with it, so what is not as expected is read again piece by piece.
"""

from collections.abc import Iterator
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct, field

from handlers.arrival import NotUnderstood
from handlers.mended import mended

BUSINESS = "whatsapp_business_account"
MESSAGES = "messages"  # the field whose changes are messages and receipts
T = TypeVar("T")


class Written(Struct, frozen=True, gc=False):
    """Words."""

    body: str = ""


class File(Struct, frozen=True, gc=False):
    """A picture or document, which lies with Meta for some days."""

    id: str
    mime_type: str = ""
    caption: str = ""


class Point(Struct, frozen=True, gc=False):
    """A place, WGS 84 degrees."""

    latitude: float
    longitude: float


class Chosen(Struct, frozen=True, gc=False):
    """A tapped button or row."""

    id: str


class Interactive(Struct, frozen=True, gc=False):
    """What was tapped under a message of ours; neither where it is of a newer kind."""

    button_reply: Chosen | None = None
    list_reply: Chosen | None = None


class Button(Struct, frozen=True, gc=False):
    """A tap under a template; *payload* is its label where we gave none."""

    payload: str = ""
    text: str = ""


class Phone(Struct, frozen=True, gc=False):
    """A number of a visiting card; *wa_id* where WhatsApp knows it."""

    phone: str = ""
    wa_id: str = ""


class Card(Struct, frozen=True, gc=False):
    """A visiting card."""

    phones: tuple[Phone, ...] = ()


class Reaction(Struct, frozen=True, gc=False):
    """An emoji on a message; none when it is taken away."""

    emoji: str = ""


class System(Struct, frozen=True, gc=False):
    """WhatsApp's own news: of *type* user_changed_number or user_changed_user_id."""

    type: str = ""
    wa_id: str = ""  # the new number
    user_id: str = ""  # the new id
    previous_user_id: str = ""
    body: str = ""


class Message(Struct, frozen=True):
    """A message. Of *sender* (a number) and *sender_user* (their id for us) one may be missing."""

    id: str
    timestamp: int  # Unix seconds
    type: str = "unknown"
    sender: str | None = field(name="from", default=None)
    sender_user: str | None = field(name="from_user_id", default=None)
    group_id: str = ""
    text: Written | None = None
    image: File | None = None
    document: File | None = None
    location: Point | None = None
    interactive: Interactive | None = None
    button: Button | None = None
    contacts: tuple[Card, ...] = ()
    origin: str = ""  # of a card: "contact_request" where we asked for their own
    reaction: Reaction | None = None
    system: System | None = None


class Bare(Struct, frozen=True):
    """Any message, when only whose it is and of what kind can be read."""

    id: str
    timestamp: int
    type: str = "unknown"
    sender: str | None = field(name="from", default=None)
    sender_user: str | None = field(name="from_user_id", default=None)
    group_id: str = ""


class Person(Struct, frozen=True, gc=False):
    """Who wrote; the profile's name is never read."""

    wa_id: str | None = None
    user_id: str | None = None


class Failure(Struct, frozen=True, gc=False):
    """Why a message of ours failed, by Meta's number."""

    code: int = 0


class Status(Struct, frozen=True, gc=False):
    """What became of a message of ours; *named* is what we called it ourselves."""

    id: str
    status: str
    timestamp: int  # Unix seconds
    named: str = field(name="biz_opaque_callback_data", default="")
    errors: tuple[Failure, ...] = ()
    recipient_id: str = ""  # their number
    recipient_user_id: str = ""


class Metadata(Struct, frozen=True, gc=False):
    """Which number of ours it came to."""

    phone_number_id: str = ""


class Value(Struct, frozen=True):
    """What changed."""

    metadata: Metadata = Metadata()
    contacts: tuple[Person, ...] = ()
    messages: tuple[Message, ...] = ()
    statuses: tuple[Status, ...] = ()


class Change(Struct, frozen=True):
    """Messages and receipts, or news of another *field*."""

    field: str = ""
    value: Value = Value()
    lost: int = 0  # parts that could not be read at all


class Entry(Struct, frozen=True):
    """Changes of one account."""

    changes: tuple[Change, ...] = ()


class Delivery(Struct, frozen=True):
    """One call of our webhook."""

    object: str
    entry: tuple[Entry, ...] = ()


class RawChange(Struct, frozen=True):
    """A change whose value is read by itself."""

    field: str = ""
    value: Raw = Raw(b"{}")


class RawEntry(Struct, frozen=True):
    """An entry whose changes are read by themselves."""

    changes: tuple[RawChange, ...] = ()


class RawDelivery(Struct, frozen=True):
    """A delivery whose parts are read by themselves."""

    object: str
    entry: tuple[RawEntry, ...] = ()


class RawValue(Struct, frozen=True):
    """A value whose messages are read by themselves."""

    metadata: Raw = Raw(b"{}")
    contacts: tuple[Raw, ...] = ()
    messages: tuple[Raw, ...] = ()
    statuses: tuple[Raw, ...] = ()


_delivery = msgspec.json.Decoder(Delivery, strict=False)  # numbers come as text
_raw_delivery = msgspec.json.Decoder(RawDelivery)
_raw_value = msgspec.json.Decoder(RawValue)
_metadata = msgspec.json.Decoder(Metadata)
_person = msgspec.json.Decoder(Person)
_message = msgspec.json.Decoder(Message, strict=False)
_bare = msgspec.json.Decoder(Bare, strict=False)
_status = msgspec.json.Decoder(Status, strict=False)


def changes(body: bytes) -> Iterator[Change]:
    """Yield the changes in *body*. Raises NotUnderstood for what is no delivery at all."""
    try:
        delivery = _delivery.decode(body)
    except (ValueError, RecursionError):
        yield from _piece_by_piece(mended(body))
        return
    _ours(delivery.object)
    for entry in delivery.entry:
        yield from entry.changes


def _ours(kind: str) -> None:
    if kind != BUSINESS:
        raise NotUnderstood("another product's delivery")


def _piece_by_piece(body: bytes) -> Iterator[Change]:
    try:
        delivery = _raw_delivery.decode(body)
    except (ValueError, RecursionError):
        raise NotUnderstood("not a delivery") from None
    _ours(delivery.object)
    for entry in delivery.entry:
        yield from map(_change, entry.changes)


def _change(raw: RawChange) -> Change:
    if raw.field != MESSAGES:
        return Change(raw.field)
    value = _read(_raw_value, raw.value)
    if value is None:
        return Change(MESSAGES, lost=1)
    people = _several(_person, value.contacts)
    messages = tuple(map(_one_message, value.messages))
    statuses = _several(_status, value.statuses)
    read = Value(
        metadata=_read(_metadata, value.metadata) or Metadata(),
        contacts=people,
        messages=tuple(message for message in messages if message is not None),
        statuses=statuses,
    )
    lost = messages.count(None) + len(value.statuses) - len(statuses)
    return Change(MESSAGES, read, lost)


def _one_message(raw: Raw) -> Message | None:
    """Return the message in *raw*, as far as it can be read; None where nobody can be answered."""
    message = _read(_message, raw)
    if message is not None:
        return message
    bare = _read(_bare, raw)
    return None if bare is None else msgspec.convert(bare, Message, from_attributes=True)


def _several(decoder: msgspec.json.Decoder[T], raws: tuple[Raw, ...]) -> tuple[T, ...]:
    found = (_read(decoder, raw) for raw in raws)
    return tuple(one for one in found if one is not None)


def _read(decoder: msgspec.json.Decoder[T], raw: Raw) -> T | None:
    try:
        return decoder.decode(raw)
    except (ValueError, RecursionError):
        return None
