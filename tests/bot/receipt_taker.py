"""A process that sends news and takes their receipts as fast as it can, until it is killed.

Usage: receipt_taker.py URL KEY NAME BEGIN. Every line that it prints is a receipt that was
answered 200: what its news were about, our number for them, and which part it tells of.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from itertools import count

from msgspec import Struct

from bot.clock import Clock, SystemClock
from bot.door import Received
from bot.receipts import RECEIPT_TIMER, Receipts
from bot.running.background import Background
from bot.running.timers import Timers, Work
from bot.sending.outbox import Outbox, Sender
from conversations.messages import Address, Channel, Reply
from handlers.arrival import Arrived, Receipt
from handlers.delivery import Sent, TryLater
from storage.database.sealing import Sealer
from storage.store import Store

AT_ONCE = 20
PARTS = 2
Took = Callable[[int], Coroutine[None, None, None]]


async def nothing_more(_: int) -> None:
    """Tell nothing of what was taken."""


class Gateway:
    """Takes everything, and tells of it before anybody can have kept that it did."""

    vouches = False

    def __init__(self, took: Took = nothing_more) -> None:
        self._took = took
        self.background = Background()

    async def send(self, _address: Address, _reply: Reply, number: int = 0, /) -> Sent:
        """Take a message of PARTS parts."""
        self.background.start(self._took(number))
        return Sent(tuple(f"{number}.{part}" for part in range(PARTS)), units=PARTS)


class Post(Struct):
    """What sends and hears."""

    store: Store
    outbox: Outbox
    receipts: Receipts
    timers: Timers

    @classmethod
    def on(cls, store: Store, gateway: Sender, clock: Clock) -> "Post":
        """Return what sends through *gateway*."""
        outbox = Outbox(store, {Channel.SMS: gateway}, clock)
        receipts = Receipts(store, outbox, clock)
        return cls(
            store,
            outbox,
            receipts,
            Timers(store, clock, {RECEIPT_TIMER: Work(receipts.look_again)}),
        )


def heard(number: int, part: int, *, arrived: bool) -> Receipt:
    """Return what the gateway tells of *part* of message *number*."""
    state, error = (Arrived.DELIVERED, None) if arrived else (Arrived.FAILED, TryLater())
    return Receipt(Channel.SMS, f"{number}.{part}", state, SystemClock().now(), error)


class Life:
    """What one process sent, and what it was told of it; every second reply fails."""

    def __init__(self, store: Store) -> None:
        self.post = Post.on(store, Gateway(self._tell), SystemClock())
        self._codes: dict[int, int] = {}

    async def news(self, code: int) -> None:
        """Send news of ticket *code*."""
        store, now = self.post.store, SystemClock().now()
        unit = store.unit()
        to = Address(Channel.SMS, f"+62812{code:08}")
        item = unit.send(to, Reply("Kabar"), now, f"{code:09}:2")
        self._codes[item.id] = code
        await store.commit(unit)
        self.post.outbox.hand_over(unit.items)

    async def _tell(self, number: int) -> None:
        code = self._codes.get(number)
        if code is None:  # from a life before
            return
        for part in range(PARTS):
            told = heard(number, part, arrived=code % 2 == 0)
            if await self.post.receipts.take(told) == Received.COMMITTED:
                sys.stdout.write(f"{code} {number} {part}\n")
        sys.stdout.flush()


async def live(url: str, key: str, name: str, begin: int) -> None:
    """Send and hear for ever."""
    store = await Store.open(url, Sealer.read(key), name)
    await store.beat(SystemClock().now())
    life = Life(store)
    for code in count(begin, AT_ONCE):
        await life.post.outbox.sweep()
        await asyncio.gather(*map(life.news, range(code, code + AT_ONCE)))
        await life.post.timers.tick()


if __name__ == "__main__":
    url, key, name, begin = sys.argv[1:]
    asyncio.run(live(url, key, name, int(begin)))
