"""Why a message could not be delivered: one closed family for every channel to citizens."""
# ruff: noqa: N818 - the family is named for what happened, its base says that it is an error

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct


class Fault(StrEnum):
    """Who can do something about it."""

    CHANNEL = "channel"  # the provider or the network
    CITIZEN = "citizen"
    OPERATOR = "operator"
    OURS = "ours"  # a bug, or a rule of the channel that we did not know


class Sent(Struct, frozen=True):
    """A channel took a message; receipts will name its parts by *references*.

    *units* are what the channel charges for: segments of a text, or one message of kind *tariff*.
    """

    references: tuple[str, ...] = ()
    units: int = 1
    tariff: str = ""


class DeliveryError(Exception):
    """The message was not delivered."""

    retry: ClassVar[bool]  # whether trying again can help
    fault: ClassVar[Fault]
    after: float | None = None  # seconds that the other side asks us to wait

    def __str__(self) -> str:
        return (self.__doc__ or "").partition("\n")[0]


class TryLater(DeliveryError):
    """The channel cannot take the message now: too fast, an outage, or no network."""

    retry = True
    fault = Fault.CHANNEL

    def __init__(self, after: float | None = None) -> None:
        super().__init__(after)
        self.after = after


class Unanswered(TryLater):
    """Nothing came back: whether the channel took the message, it did not say."""


class Blocked(DeliveryError):
    """The citizen blocked us or closed the account: nothing gets through until they write."""

    retry = False
    fault = Fault.CITIZEN


class Moved(DeliveryError):
    """The conversation lives on under another id, which *to* gives."""

    retry = False
    fault = Fault.CHANNEL

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


class WindowClosed(DeliveryError):
    """The channel lets us write freely only for a while after they did: another one must do."""

    retry = False
    fault = Fault.CHANNEL


class Refused(DeliveryError):
    """The channel will never take this message; *reason* is the channel's own word."""

    retry = False
    fault = Fault.OURS

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unauthorised(DeliveryError):
    """The channel does not know our token: the operator must set a valid one."""

    retry = True
    fault = Fault.OPERATOR
    after = 300.0
