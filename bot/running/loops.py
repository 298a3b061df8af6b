"""The endless work of a process: when any of it ends, the process does, and says so."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog

from storage.database.errors import StoreUnavailable

log = structlog.get_logger()


class Loops:
    """Watches work that must not end; a supervisor starts an ended process anew."""

    def __init__(self, stop: asyncio.Event) -> None:
        self._stop = stop
        self._running: dict[asyncio.Task[None], str] = {}
        self.broken = False

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run *work* for as long as the process lives."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running[task] = name
        task.add_done_callback(self._ended)

    @property
    def alive(self) -> bool:
        """Whether all that was started still runs."""
        return not self.broken

    async def close(self) -> None:
        """End all of it in order."""
        running = tuple(self._running)
        self._running.clear()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        name = self._running.pop(task, None)
        if name is None:
            return
        error = None if task.cancelled() else task.exception()
        log.critical("endless work ended", work=name, exc_info=error)
        self.broken = True
        self._stop.set()


async def forever(name: str, work: Callable[[], Awaitable[None]], pause: float) -> None:
    """Do *work* again and again with *pause* seconds between; wait for a database that is away."""
    while True:
        try:
            await work()
        except StoreUnavailable:
            log.warning("the database is out of reach", work=name)
        await asyncio.sleep(pause)
