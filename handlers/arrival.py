"""What a channel says of something that arrived, apart from a message for us to read."""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from conversations.messages import Address, Channel
from handlers.delivery import DeliveryError

OLDEST: Final = timedelta(days=7)  # nobody tries a delivery for longer: such a clock is wrong
LONGEST_MESSAGE = 4096  # letters that are read: as many as Telegram lets anybody write


class NotUnderstood(ValueError):  # noqa: N818 - the word of the contract with providers
    """What arrived is not in the channel's own format; answer 400 and change nothing."""


class Skipped(Struct, frozen=True):
    """It was understood and is deliberately not for us; answer 200.

    *reason* is one word or two, never the citizen's; *sender* is given where the fact concerns
    one person, as "blocked" and "unblocked" do.
    """

    reason: str
    message_id: str
    sender: Address | None = None


class Renumbered(Struct, frozen=True):
    """Somebody is reached under another address from now on: their channel says so.

    *olds* are the addresses that end; only those the channel still tells. *at* is when.
    """

    olds: tuple[Address, ...]
    new: Address
    message_id: str
    at: datetime  # aware, UTC


class Arrived(StrEnum):
    """How far a message of ours came, as its channel tells later."""

    SENT = "sent"  # it left the channel's own house
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class Receipt(Struct, frozen=True):
    """News of a message of ours: *reference* is what the channel, or we, called it.

    Receipts may come twice, late, and in any order. *error* says why one FAILED.
    """

    channel: Channel
    reference: str
    state: Arrived
    at: datetime  # aware, UTC
    error: DeliveryError | None = None
    to: tuple[str, ...] = ()  # what its channel calls whom it went to; empty where it never says

    def __repr__(self) -> str:
        return f"Receipt({self.channel.value}, {self.state.value})"


def plausible(at: datetime, now: datetime) -> datetime:
    """Return *at*, the time by a sender's clock, or *now* where that cannot be true.

    A time to come would hold back whatever counts from somebody's last word.
    """
    return at if now - OLDEST <= at <= now else now


def secret_ok(given: str | None, expected: str) -> bool:
    """Compare in constant time. An empty *expected* secret lets nobody in.

    A header that is no UTF-8 arrives with surrogates for its bytes, and is as wrong as any other.
    """
    if not given or not expected:
        return False
    return hmac.compare_digest(_bytes(given), _bytes(expected))


def _bytes(secret: str) -> bytes:
    return secret.encode(errors="surrogateescape")
