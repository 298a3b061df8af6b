"""WhatsApp: who calls our webhook, and what they say (Cloud API, 2026).

Somebody is known by the id that Meta gave them for us alone, else by their number: either may be
missing. handlers.whatsapp_sender answers.
"""

import hmac
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from conversations.messages import Address, Attachment, Channel, Inbound, Place
from handlers.arrival import (
    LONGEST_MESSAGE,
    OLDEST,
    Arrived,
    Receipt,
    Renumbered,
    Skipped,
    plausible,
    secret_ok,
)
from handlers.delivery import DeliveryError, Refused
from handlers.whatsapp_faults import meaning
from handlers.whatsapp_wire import MESSAGES, Change, Message, Person, Status, System, changes

SIGNED: Final = "sha256="
CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{1,128}")
ARRIVED = {state.value: state for state in Arrived} | {"played": Arrived.READ}
CHANGED: Final = re.compile(r" from (\S+) to \S+$")  # of a system message's body
MOVES = ("user_changed_number", "user_changed_user_id")
CONTACT_REQUEST = "contact_request"  # where a card comes from that they sent of themselves


Heard = Inbound | Skipped | Receipt | Renumbered


def signature_ok(given: str, body: bytes, secret: str) -> bool:
    """Say in constant time whether *given* is Meta's signature of the raw *body*."""
    if not secret or not given.startswith(SIGNED) or not given.isascii():
        return False
    made = hmac.digest(secret.encode(), body, "sha256").hex()
    return hmac.compare_digest(given.removeprefix(SIGNED), made)


def challenge(asked: Mapping[str, str], secret: str) -> str | None:
    """Return what proves to Meta that the webhook is ours; None for who does not know *secret*."""
    answer = asked.get("hub.challenge", "")
    knows = secret_ok(asked.get("hub.verify_token"), secret)
    fair = asked.get("hub.mode") == "subscribe" and CHALLENGE.fullmatch(answer)
    return answer if knows and fair else None


def read(body: bytes, now: datetime, phone_id: str = "") -> tuple[Heard, ...]:
    """Return what a delivery says to us, in its order.

    *now* stands in for a time that cannot be true. *phone_id* is our number at Meta: what came to
    another one of the account is not for us.
    Raises NotUnderstood for what is no delivery at all; one message that cannot be read costs
    none of the others.
    """
    return tuple(heard for change in changes(body) for heard in _read(change, now, phone_id))


def _read(change: Change, now: datetime, phone_id: str) -> Iterator[Heard]:
    value = change.value
    if change.field != MESSAGES:
        yield Skipped(change.field[:40] or "no field", "")
    elif phone_id and value.metadata.phone_number_id not in ("", phone_id):
        yield Skipped("another number", "")
    else:
        yield from (_message(message, value.contacts, now) for message in value.messages)
        yield from (_status(status, now) for status in value.statuses)
    for _ in range(change.lost):
        yield Skipped("malformed", "")


def _message(message: Message, people: tuple[Person, ...], now: datetime) -> Heard:
    try:
        at = datetime.fromtimestamp(message.timestamp, UTC)
    except (ValueError, OverflowError, OSError):
        return Skipped("a date of no calendar", message.id)
    addresses = _addresses(message, people)
    if message.system is not None:
        old = at < now - OLDEST  # somebody else may have that number by now
        move = _renumbered(message, message.system, addresses, min(at, now))
        return Skipped("an old system message", message.id) if old else move
    if not addresses or not message.id:
        return Skipped("no person", message.id)
    if message.group_id:
        return Skipped("group", message.id)
    if message.type == "reaction" and message.reaction and not message.reaction.emoji:
        return Skipped("reaction taken away", message.id)
    return _inbound(message, addresses, plausible(at, now))


def _addresses(message: Message, people: tuple[Person, ...]) -> tuple[Address, ...]:
    """Return the addresses of whoever wrote: their id for us first, then their number."""
    person = _person(message, people)
    user = message.sender_user or (person.user_id if person else None)
    number = message.sender or (person.wa_id if person else None)
    return tuple(Address(Channel.WHATSAPP, one) for one in (user, number) if one)


def _person(message: Message, people: tuple[Person, ...]) -> Person | None:
    """Return who of *people* wrote *message*; one alone did, where nothing tells otherwise."""
    for person in people:
        if message.sender_user and person.user_id == message.sender_user:
            return person
        if message.sender and person.wa_id == message.sender:
            return person
    nameless = not message.sender and not message.sender_user
    return people[0] if len(people) == 1 and nameless else None


def _renumbered(
    message: Message, system: System, addresses: tuple[Address, ...], at: datetime
) -> Heard:
    """Return that somebody changed their number or id; the old one may stand in words alone."""
    if system.type not in MOVES:
        return Skipped("system message", message.id)
    told = CHANGED.search(system.body)
    named = (system.previous_user_id, told[1] if told else "")
    olds = {*addresses, *(Address(Channel.WHATSAPP, one) for one in named if one)}
    new = system.user_id or system.wa_id
    if not olds or not new:
        return Skipped("system message", message.id)
    address = Address(Channel.WHATSAPP, new)
    olds.discard(address)
    return Renumbered(tuple(sorted(olds, key=lambda old: old.id)), address, message.id, at)


def _inbound(message: Message, addresses: tuple[Address, ...], at: datetime) -> Inbound:
    text, picked = _words(message)
    file, point = message.image or message.document, message.location
    phone = _own_phone(message, addresses)
    known = message.text or picked or text or file or point or phone
    return Inbound(
        sender=addresses[0],
        message_id=message.id,
        received_at=at,
        text=text[:LONGEST_MESSAGE],
        picked=picked,
        attachments=_attachments(message),
        place=Place(point.latitude, point.longitude) if point else None,
        phone=phone,
        unreadable=None if known else message.type[:40],
        also=addresses[1] if len(addresses) > 1 else None,
    )


def _words(message: Message) -> tuple[str, str | None]:
    """Return what was written and what was tapped; a template's bare label counts as written."""
    if message.text is not None:
        return message.text.body, None
    if message.button is not None:
        payload, label = message.button.payload, message.button.text
        return (label, None) if payload in ("", label) else ("", payload)
    if message.interactive is not None:
        chosen = message.interactive.button_reply or message.interactive.list_reply
        return "", chosen.id if chosen else None
    file = message.image or message.document
    return file.caption if file else "", None


def _attachments(message: Message) -> tuple[Attachment, ...]:
    if message.image is not None:
        return (Attachment("photo", message.image.id, message.image.mime_type),)
    if message.document is not None:
        return (Attachment("document", message.document.id, message.document.mime_type),)
    return ()


def _own_phone(message: Message, addresses: tuple[Address, ...]) -> str | None:
    """Return the sender's own number in E.164, where the card they sent is theirs."""
    numbers = [phone for card in message.contacts for phone in card.phones]
    own = {address.id for address in addresses}
    for phone in numbers:
        digits = phone.wa_id or "".join(c for c in phone.phone if c.isdecimal())
        if digits and (digits in own or message.origin == CONTACT_REQUEST):
            return f"+{digits}"
    return None


def _status(status: Status, now: datetime) -> Heard:
    state = ARRIVED.get(status.status)
    try:
        at = datetime.fromtimestamp(status.timestamp, UTC)
    except (ValueError, OverflowError, OSError):
        return Skipped("a date of no calendar", status.id)
    if state is None:
        return Skipped(status.status[:40], status.id)
    error = _why(status) if state is Arrived.FAILED else None
    to = tuple(filter(None, (status.recipient_user_id, status.recipient_id)))
    name = status.named or status.id
    return Receipt(Channel.WHATSAPP, name, state, plausible(at, now), error, to)


def _why(status: Status) -> DeliveryError:
    found = (meaning(failure.code) for failure in status.errors)
    return next((error for error in found if error), Refused("failed"))
