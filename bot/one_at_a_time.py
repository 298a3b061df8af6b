"""One citizen, one turn at a time, in the order the messages came."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

T = TypeVar("T")


class OneAtATime:
    """Runs work of one key after the other, and of different keys side by side."""

    def __init__(self) -> None:
        self._last: dict[Hashable, asyncio.Future[None]] = {}

    async def run(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """Do *work* when all earlier work of *key* is done, well or badly."""
        before = self._last.get(key)
        mine = asyncio.get_running_loop().create_future()
        self._last[key] = mine
        try:
            if before is not None:
                await asyncio.shield(before)
            return await work()
        finally:
            if before is None or before.done():
                self._pass_on(key, mine)
            else:  # given up while waiting: whoever comes next still waits for who came before
                before.add_done_callback(lambda _: self._pass_on(key, mine))

    def _pass_on(self, key: Hashable, mine: "asyncio.Future[None]") -> None:
        mine.set_result(None)
        if self._last.get(key) is mine:
            del self._last[key]
