"""SMS through any gateway that takes and gives plain JSON over HTTP.

It posts {"id", "from", "to", "text", "ts"} to us; we post {"to", "text"} to it.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import msgspec
import phonenumbers
from msgspec import Struct, field

from conversations.messages import Address, Channel, Inbound, Reply
from handlers.arrival import LONGEST, NotUnderstood, Skipped
from handlers.delivery import DeliveryError, Refused, Sent, TryLater, Unauthorised
from handlers.pace import Pace
from handlers.sms_text import render, segments
from handlers.wire import Wire
from handlers.wire_connection import Answer


class Received(Struct, frozen=True):
    """A message as the gateway writes it; *id* is unique and the same in a redelivery."""

    id: str
    sender: str = field(name="from")
    text: str
    ts: float | None = None  # Unix seconds


_received = msgspec.json.Decoder(Received)


def read(body: bytes, now: datetime, region: str = "ID") -> Inbound | Skipped:
    """Return the message in *body*; numbers without a country are of *region* (ISO 3166).

    *now* stands in for a time that the gateway leaves out. Raises NotUnderstood.
    """
    try:
        message = _received.decode(body)
        at = now if message.ts is None else datetime.fromtimestamp(message.ts, UTC)
    except (ValueError, RecursionError, OverflowError, OSError):
        raise NotUnderstood("not a message") from None
    number = e164(message.sender, region)
    if number is None or not message.id:
        return Skipped("no telephone number", message.id)
    sender = Address(Channel.SMS, number)
    return Inbound(
        sender=sender, message_id=message.id, received_at=at, text=message.text[:LONGEST]
    )


def e164(number: str, region: str) -> str | None:
    """Return *number* as "+62812…"; None for short codes and names such as a bank's."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


class SmsHttp:
    """Sends through the gateway at *url*, with *secret* as bearer token where one is set."""

    vouches = False  # a gateway's yes says that it will try; only a receipt says that it arrived

    def __init__(self, url: str, secret: str, pace: Pace) -> None:
        parts = urlsplit(url)
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        self._wire = Wire(f"{parts.scheme}://{parts.netloc}")
        self._head = self._wire.head(path, {"Authorization": f"Bearer {secret}"} if secret else {})
        self._pace = pace

    async def send(self, address: Address, reply: Reply, _number: int = 0, /) -> Sent:
        """Deliver *reply* as one text, which the gateway cuts into segments."""
        text = render(reply)
        body = msgspec.json.encode({"to": address.id, "text": text})
        await self._pace.wait(address.id)
        error = _fault(await self._wire.post(self._head, body))
        if isinstance(error, TryLater) and error.after is not None:
            self._pace.freeze(address.id, error.after)
        if error is not None:
            raise error
        return Sent(units=segments(text).count)

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._wire.close()


def _fault(answer: Answer) -> DeliveryError | None:
    match answer.status:
        case status if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
            return None
        case 401 | 403:
            return Unauthorised()
        case status if 400 <= status < 500 and status not in (408, 429):  # noqa: PLR2004 - also HTTP's
            return Refused(f"HTTP {status}")
    return TryLater(answer.after)
