"""SMS through an Android telephone as gateway (SMSGate): what its signed webhooks tell.

The telephone tells each event until it hears 200. The *id* around the event is the same in every
try and nothing else's; a message's own id is made of its content, so that two may have the same.
"""

from datetime import UTC, datetime
from typing import Final, TypeVar

import msgspec
from msgspec import Struct, field

from conversations.messages import Address, Channel, Inbound
from conversations.phones import number_told
from handlers.arrival import LONGEST_MESSAGE, Arrived, NotUnderstood, Receipt, Skipped, plausible
from handlers.delivery import DeliveryError, Refused, TryLater
from handlers.mended import mended
from handlers.sms_proofs import Signature

SIGNED: Final = Signature(
    name="X-Signature", over="{body}{timestamp}", timestamp="X-Timestamp", secret_env=""
)
RECEIVED: Final = "sms:received"
PICTURE: Final = "mms:received"  # a message with pictures; what it holds stays on the telephone
ARRIVED: Final = {
    "sms:sent": Arrived.SENT,
    "sms:delivered": Arrived.DELIVERED,  # once per part; the first one counts
    "sms:failed": Arrived.FAILED,
    "sms:cancelled": Arrived.FAILED,  # somebody took it out of the gateway's queue
}
EVENTS: Final = (RECEIVED, PICTURE, *ARRIVED)  # what we ask the gateway to tell us
# Words of Android's reasons that pass: no network, aeroplane mode, 30 messages in half an hour.
PASSING: Final = ("NO_SERVICE", "RADIO", "LIMIT", "NETWORK", "MODEM", "NO_MEMORY", "RETRY")
LONGEST_REASON: Final = 60  # letters


class Payload(Struct, frozen=True):
    """What happened; each event has some of it. Older apps have *phone* for both people."""

    message_id: str = field(name="messageId", default="")
    message: str | None = None
    sender: str | None = None
    recipient: str | None = None
    phone: str | None = field(name="phoneNumber", default=None)
    reason: str = ""
    received_at: str = field(name="receivedAt", default="")
    sent_at: str = field(name="sentAt", default="")
    delivered_at: str = field(name="deliveredAt", default="")
    failed_at: str = field(name="failedAt", default="")

    @property
    def at(self) -> str:
        """When it happened, as the telephone wrote it."""
        return self.received_at or self.sent_at or self.delivered_at or self.failed_at


class Event(Struct, frozen=True):
    """An event as a telephone tells it."""

    id: str
    event: str
    payload: msgspec.Raw = msgspec.Raw(b"{}")


T = TypeVar("T")
_event = msgspec.json.Decoder(Event)
_payload = msgspec.json.Decoder(Payload)


def read(body: bytes, now: datetime) -> Inbound | Skipped | Receipt:
    """Return what the event in *body* means to us. Raises NotUnderstood.

    *now* stands in for a time that cannot be true.
    """
    event = _decoded(_event, body)
    if event.event in (RECEIVED, PICTURE):
        return _inbound(event, _decoded(_payload, event.payload), now)
    if event.event in ARRIVED:
        return _receipt(event, _decoded(_payload, event.payload), now)
    return Skipped(event.event[:40], event.id)


def _decoded(decoder: msgspec.json.Decoder[T], body: bytes | msgspec.Raw) -> T:
    try:
        try:
            return decoder.decode(body)
        except msgspec.DecodeError:
            return decoder.decode(mended(bytes(body)))
    except (ValueError, RecursionError):
        raise NotUnderstood("no event") from None


def _inbound(event: Event, told: Payload, now: datetime) -> Inbound | Skipped:
    number = number_told(told.sender or told.phone or "")
    if number is None or not event.id:
        return Skipped("no telephone number", event.id)
    return Inbound(
        sender=Address(Channel.SMS, number),
        message_id=f"android:{event.id}",
        received_at=_when(told.at, now),
        text=(told.message or "")[:LONGEST_MESSAGE],
        unreadable="picture" if event.event == PICTURE else None,
    )


def _receipt(event: Event, told: Payload, now: datetime) -> Receipt | Skipped:
    if not told.message_id:
        return Skipped("no message", event.id)
    state = ARRIVED[event.event]
    error = _why(told.reason or event.event) if state is Arrived.FAILED else None
    number = number_told(told.recipient or told.phone or "")
    to = (number,) if number else ()
    return Receipt(Channel.SMS, told.message_id, state, _when(told.at, now), error, to)


def _why(reason: str) -> DeliveryError:
    if any(word in reason for word in PASSING):
        return TryLater()
    return Refused(reason[:LONGEST_REASON])


def _when(told: str, now: datetime) -> datetime:
    try:
        return plausible(datetime.fromisoformat(told).astimezone(UTC), now)
    except (ValueError, OverflowError):
        return now
