"""One citizen, one turn at a time, in the order the messages came."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class OneAtATime:
    """Runs work of one key after the other, and of different keys side by side."""

    def __init__(self) -> None:
        # Behind who is at work; None where nobody waits, as nearly always.
        self._lines: dict[Hashable, deque[asyncio.Future[None]] | None] = {}

    async def run(
        self, key: Hashable, work: Callable[P, Awaitable[T]], *given: P.args, **named: P.kwargs
    ) -> T:
        """Do *work* as *given* when all earlier work of *key* is done, well or badly."""
        if key in self._lines:
            await self._wait(key)
        else:
            self._lines[key] = None
        try:
            return await work(*given, **named)
        finally:
            if self._lines[key] is None:
                del self._lines[key]
            else:
                self._pass_on(key)

    async def _wait(self, key: Hashable) -> None:
        mine = asyncio.get_running_loop().create_future()
        line = self._lines[key] = self._lines[key] or deque()
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
