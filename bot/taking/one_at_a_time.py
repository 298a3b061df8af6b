"""One citizen, one turn at a time, in the order the messages came."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import TypeVar

T = TypeVar("T")


class OneAtATime:
    """Runs work of one key after the other, and of different keys side by side."""

    def __init__(self) -> None:
        self._lines: dict[Hashable, deque[asyncio.Future[None]]] = {}  # behind who is at work

    async def run(self, key: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """Do *work* when all earlier work of *key* is done, well or badly."""
        line = self._lines.get(key)
        if line is None:
            self._lines[key] = deque()
        else:
            await self._wait(key, line)
        try:
            return await work()
        finally:
            self._pass_on(key)

    async def _wait(self, key: Hashable, line: "deque[asyncio.Future[None]]") -> None:
        mine = asyncio.get_running_loop().create_future()
        line.append(mine)
        try:
            await mine
        except asyncio.CancelledError:
            if not mine.cancelled():  # the turn came, and nobody is there to take it
                self._pass_on(key)
            raise

    def _pass_on(self, key: Hashable) -> None:
        """Let in who waits longest and has not given up, or leave the place empty."""
        line = self._lines[key]
        while line:
            mine = line.popleft()
            if not mine.done():
                mine.set_result(None)
                return
        del self._lines[key]
