"""A process that carries timers out until it is killed.

python -m tests.bot.timing URL KEY NAME MINUTES, whose clock is MINUTES ahead. Each timer of KIND
sends one reply that says its key, and is finished with it; "ready" and a dot a timer are printed.
"""

import asyncio
import sys
from datetime import datetime, timedelta

from bot.clock import SystemClock
from bot.running.timers import Timers, Work
from conversations.messages import Address, Channel, Reply
from storage.database.sealing import Sealer
from storage.store import Store
from storage.timers import DueTimer

KIND = "count"
WHOM = Address(Channel.SMS, "+6281200000009")


class AheadClock(SystemClock):
    """A clock that is some time ahead of the machine's."""

    def __init__(self, ahead: timedelta) -> None:
        super().__init__()
        self._ahead = ahead

    def now(self) -> datetime:
        return super().now() + self._ahead


class Counting:
    """Carries timers out, and leaves a trace of each in the outbox."""

    def __init__(self, store: Store, clock: SystemClock) -> None:
        self._store = store
        self._clock = clock

    async def count(self, due: DueTimer) -> None:
        """Leave the trace of *due*, and be done with it."""
        unit, now = self._store.unit(), self._clock.now()
        unit.finish_timer(due)
        unit.send_later(WHOM, Reply(due.key), now, now + timedelta(days=999), due.key)
        await self._store.commit(unit)
        print(".", end="", flush=True)  # noqa: T201 - read by who started this process


async def main(url: str, key: str, name: str, minutes: str) -> None:
    """Carry out what is due, for ever."""
    clock = AheadClock(timedelta(minutes=float(minutes)))
    store = await Store.open(url, Sealer.read(key), name)
    await store.beat(clock.now())
    timers = Timers(store, clock, {KIND: Work(Counting(store, clock).count, 16)})
    print("ready", flush=True)  # noqa: T201 - read by who started this process
    await timers.run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
