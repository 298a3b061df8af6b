"""SMS through gateways that speak HTTP: the built-in plain one, and any that a row describes.

The plain one posts {"id", "from", "to", "text", "ts"} to us, and what became of a message of ours
as {"id", "state", "ts"}; we post {"to", "text"} to it and keep the "id" of its answer, if any.
"""

import hashlib
from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec import Struct, field

from conversations.messages import Address, Channel, Inbound
from conversations.phones import number_told
from handlers.arrival import LONGEST_MESSAGE, Arrived, NotUnderstood, Receipt, Skipped, plausible
from handlers.delivery import Blocked, DeliveryError, Refused, TryLater
from handlers.mended import mended
from handlers.sms_http_gateway import reference
from handlers.sms_http_row import Fate, GatewayRow, Receipts, Receives, Sends
from handlers.sms_http_values import items, meant, text, when
from handlers.sms_proofs import Bearer

NOBODY: Final = "no telephone number"
STATES: Final = {fate.value: fate for fate in Fate}
ARRIVED: Final = {
    Fate.SENT: Arrived.SENT,
    Fate.DELIVERED: Arrived.DELIVERED,
    Fate.READ: Arrived.READ,
}


class Received(Struct, frozen=True):
    """A message as the plain gateway writes it; *id* is unique and the same in a redelivery."""

    id: str
    sender: str = field(name="from")
    text: str
    ts: float | None = None  # Unix seconds


_received = msgspec.json.Decoder(Received)


def read(body: bytes, now: datetime) -> Inbound | Skipped:
    """Return the message in *body*, which the plain gateway brings. Raises NotUnderstood.

    *now* stands in for a time that the gateway leaves out.
    """
    try:
        message = _read(body)
        at = now if message.ts is None else datetime.fromtimestamp(message.ts, UTC)
    except (ValueError, RecursionError, OverflowError, OSError):
        raise NotUnderstood("not a message") from None
    number = number_told(message.sender)
    if number is None or not message.id:
        return Skipped(NOBODY, message.id)
    return _inbound(number, message.id, message.text, plausible(at, now))


def _read(body: bytes) -> Received:
    try:
        return _received.decode(body)
    except msgspec.DecodeError:
        return _received.decode(mended(body))


def read_by(row: GatewayRow, body: bytes, now: datetime) -> tuple[Inbound | Skipped, ...]:
    """Return the messages in *body* as *row* describes them. Raises NotUnderstood."""
    calls = row.receive
    return tuple(_message(row.name, item, calls, now) for item in items(body, calls))


def receipts_by(row: GatewayRow, body: bytes, now: datetime) -> tuple[Receipt | Skipped, ...]:
    """Return what *body* tells of our messages, as *row* describes it. Raises NotUnderstood."""
    calls = row.receipts
    if calls is None:
        raise NotUnderstood("no receipts in the row")
    return tuple(_receipt(row, item, calls, now) for item in items(body, calls))


def plain(url: str, secret_env: str) -> GatewayRow:
    """Return the built-in row: plain JSON at *url*, with a bearer token where one is set."""
    auth = {"Authorization": f"Bearer {{{secret_env}}}"} if secret_env else {}
    sends = Sends(url=url, headers=auth, fields={"to": "{to}", "text": "{text}"}, id_at="id")
    bearer = Bearer(secret_env=secret_env)
    told = Receipts(auth=bearer, id="id", state="state", states=STATES, at="ts", time="unix")
    receives = Receives(auth=bearer, sender="from", text="text", id="id", at="ts", time="unix")
    return GatewayRow(name="", send=sends, receive=receives, receipts=told)


def _message(name: str, item: object, calls: Receives, now: datetime) -> Inbound | Skipped:
    if not meant(item, calls.only):
        return Skipped("of another kind", text(item, calls.id))
    words, told = text(item, calls.text), text(item, calls.at)
    number = number_told(text(item, calls.sender))
    if number is None:
        return Skipped(NOBODY, text(item, calls.id))
    message_id = text(item, calls.id) or _derived(number, words, told, now)
    return _inbound(number, f"{name}:{message_id}", words, when(told, calls, now))


def _derived(number: str, words: str, at: str, now: datetime) -> str:
    """Return an id for a message that came without one.

    Without a time too, the same words of the same number are one message for a minute.
    """
    moment = at or f"{now:%Y%m%d%H%M}"
    told = f"{number}\0{moment}\0{words}"
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def _inbound(number: str, message_id: str, words: str, at: datetime) -> Inbound:
    sender = Address(Channel.SMS, number)
    return Inbound(
        sender=sender, message_id=message_id, received_at=at, text=words[:LONGEST_MESSAGE]
    )


def _receipt(row: GatewayRow, item: object, calls: Receipts, now: datetime) -> Receipt | Skipped:
    named, state = text(item, calls.id), text(item, calls.state)
    fate = calls.states.get(state) if meant(item, calls.only) else None
    if fate is None or not named:
        return Skipped(state[:40] or "no state", named)
    at = when(text(item, calls.at), calls, now)
    arrived = ARRIVED.get(fate, Arrived.FAILED)
    number = number_told(text(item, calls.to))
    to = (number,) if number else ()
    return Receipt(Channel.SMS, reference(row, named), arrived, at, _why(fate, state), to)


def _why(fate: Fate, state: str) -> DeliveryError | None:
    match fate:
        case Fate.FAILED:
            return Refused(state[:40])
        case Fate.BLOCKED:
            return Blocked()
        case Fate.LATER:
            return TryLater()
        case _:
            return None
