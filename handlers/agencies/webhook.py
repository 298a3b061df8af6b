"""An office's own program is called: Standard Webhooks around a CloudEvents 1.0 body."""

from collections.abc import Callable
from datetime import date, datetime
from random import random

import msgspec
from msgspec import Struct

from handlers.agencies.outside import GOOD, Call, Heard, NotTaken, Outside
from handlers.agencies.parcel import Gone, NotOpen, Parcel, Receipt
from handlers.agencies.signature import Keys, SecretUnreadableError, Stamp, read_keys, signed
from referrals.district.ways import WebhookWay

KIND = "id.satupintu.referral."
CREATED = "created"  # what the first letter about a leg is called over there
CONTENT = "application/cloudevents+json; charset=utf-8"
GONE = 410
LONGEST_REFERENCE = 200  # characters of the other side's own number
HOUR = 3600.0
PAUSES = (5.0, 300.0, 1800.0, *(hours * HOUR for hours in (2, 5, 10, 14, 20, 24)))
SPREAD = 0.1  # so that what failed together does not come back together


class Coded(Struct, frozen=True):
    """A row of ours: its code, and what people call it."""

    code: str
    name: str


class Answer(Struct, frozen=True):
    """One answer of the citizen's that the service shares with its office."""

    key: str
    label: str
    value: str


class Referral(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What happened, as the office's program reads it; of a vault ticket neutral words alone."""

    agency: str
    occasion: str
    subject: str
    text: str
    updates: str  # where the office's program tells what became of it
    ticket: str = ""
    leg: int = 0
    link: str = ""
    service: Coded | None = None
    area: Coded | None = None
    priority: str = ""
    opened_at: datetime | None = None
    due: date | None = None
    answers: tuple[Answer, ...] = ()


class CloudEvent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The envelope, in structured mode (CloudEvents 1.0, JSON format)."""

    id: str
    source: str
    type: str
    time: datetime
    data: Referral
    specversion: str | None = None
    datacontenttype: str | None = None
    subject: str | None = None  # code/leg


class Taken(Struct, frozen=True):
    """What a server may answer with a 2xx: its own number of the case."""

    reference: str = ""


class Webhook:
    """Calls webhooks. *source* is our public address; *secret* reads an environment variable."""

    def __init__(
        self,
        outside: Outside,
        source: str,
        secret: Callable[[str], str],
        now: Callable[[], datetime],
    ) -> None:
        self._outside = outside
        self._source = source
        self._secret = secret
        self._now = now

    @property
    def pauses(self) -> tuple[float, ...]:
        """The specification's own table, in seconds, each pause up to a tenth longer by chance."""
        return tuple(pause * (1 + SPREAD * random()) for pause in PAUSES)  # noqa: S311 - no secret hangs on it

    async def send(self, parcel: Parcel, to: WebhookWay) -> Receipt:
        """Deliver *parcel*: a 2xx is its receipt.

        Raises NotOpen without a secret, Gone for a 410, TryLater for anything else.
        """
        keys = self._keys(to)
        event = event_of(parcel, self._source)
        body = msgspec.json.encode(event)
        headers = signed(keys, Stamp(event.id, self._now()), body)
        call = Call(
            url=to.url,
            headers={"Content-Type": CONTENT, **headers},
            body=body,
            private=to.private,
        )
        return receipt_of(await self._outside.call(call))

    def _keys(self, to: WebhookWay) -> Keys:
        try:
            return read_keys(self._secret(to.secret_env))
        except SecretUnreadableError:
            raise NotOpen from None


def event_of(parcel: Parcel, source: str) -> CloudEvent:
    """Return *parcel* as the event that *source* tells of."""
    occasion = CREATED if parcel.occasion == "new" else parcel.occasion
    return CloudEvent(
        specversion="1.0",
        id=f"letter_{parcel.id}",
        source=source,
        type=KIND + occasion,
        time=parcel.written_at,
        datacontenttype="application/json",
        subject=f"{parcel.code}/{parcel.leg}" if parcel.code else None,
        data=_referral(parcel, f"{source}/agencies/{parcel.agency}/updates"),
    )


def _referral(parcel: Parcel, updates: str) -> Referral:
    return Referral(
        agency=parcel.agency,
        occasion=parcel.occasion,
        subject=parcel.subject,
        text=parcel.text,
        updates=updates,
        ticket=parcel.code,
        leg=parcel.leg if parcel.code else 0,
        link=parcel.link,
        service=Coded(parcel.service, parcel.service_name) if parcel.service else None,
        area=Coded(parcel.area, parcel.area_name) if parcel.area else None,
        priority=parcel.priority,
        opened_at=parcel.opened_at,
        due=parcel.due,
        answers=tuple(Answer(*answer) for answer in parcel.answers),
    )


def receipt_of(heard: Heard) -> Receipt:
    """Return what a server's answer means. Raises Gone or TryLater."""
    if heard.status == GONE:
        raise Gone
    if heard.status not in GOOD:
        raise NotTaken(heard)
    return Receipt(delivered=True, reference=_reference(heard.body))


def _reference(body: bytes) -> str:
    """Return the number that the other side gave it, or nothing: answers are as they are."""
    try:
        return msgspec.json.decode(body, type=Taken).reference[:LONGEST_REFERENCE]
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
