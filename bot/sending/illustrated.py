"""Replies that come with pictures: those first, then the words, which go in any case.

A reply's row only names its pictures; they are opened when they are sent, so that what was erased
meanwhile is not. The words lead to them by a link as well: a picture that a channel does not take
costs nothing.
"""

from collections.abc import Awaitable, Sequence
from typing import Protocol

import structlog
from msgspec import Struct

from bot.sending.outbox import Sender
from conversations.messages import Address, Pictures, Reply
from handlers.delivery import DeliveryError, Sent, TryLater
from handlers.pictures import Picture, Show
from storage.database.errors import StoreUnavailable

TRIES = 3  # of each picture, while its channel or our shelf is away
REMEMBERED = 1000  # replies that were begun

log = structlog.get_logger()


class Look(Protocol):
    """Opens what a reply names."""

    def __call__(self, named: Pictures, /, *, again: bool) -> Awaitable[Sequence[Picture]]:
        """Return the files, for the first time or *again*. Raises StoreUnavailable."""
        ...


class Begun(Struct):
    """How far the pictures of one reply came."""

    shown: int = 0
    tries: int = 0  # of the next one
    opened: bool = False


class Illustrated:
    """A sender that shows a reply's pictures before its words."""

    def __init__(self, sender: Sender, show: Show, look: Look) -> None:
        self._sender = sender
        self._show = show
        self._look = look
        self._begun: dict[tuple[Address, int], Begun] = {}

    @property
    def vouches(self) -> bool:
        """As the sender does."""
        return self._sender.vouches

    async def send(self, address: Address, reply: Reply, number: int = 0, /) -> Sent:
        """Deliver *reply*, its pictures before it; tried again, it shows none of them twice."""
        if reply.pictures is None:
            return await self._sender.send(address, reply, number)
        begun = self._resumed((address, number))
        try:
            await self._show_all(address, reply.pictures, begun)
            sent = await self._sender.send(address, reply, number)
        except DeliveryError as error:
            if not error.retry:
                self._begun.pop((address, number), None)
            raise
        self._begun.pop((address, number), None)
        return Sent(sent.references, sent.units + begun.shown, sent.tariff)

    def _resumed(self, name: tuple[Address, int]) -> Begun:
        if len(self._begun) >= REMEMBERED:
            del self._begun[next(iter(self._begun))]
        return self._begun.setdefault(name, Begun())

    async def _show_all(self, address: Address, named: Pictures, begun: Begun) -> None:
        """Show what is left; raise DeliveryError while trying again can help, else give up."""
        try:
            pictures = await self._look(named, again=begun.opened)
            begun.opened = True
            for picture in pictures[begun.shown :]:
                await self._show(address, picture)
                begun.shown, begun.tries = begun.shown + 1, 0
        except (DeliveryError, StoreUnavailable) as error:
            begun.tries += 1
            log.warning("a picture was not shown", why=type(error).__name__, tries=begun.tries)
            can_help = isinstance(error, StoreUnavailable) or error.retry
            if can_help and begun.tries < TRIES:
                raise error if isinstance(error, DeliveryError) else TryLater from None
