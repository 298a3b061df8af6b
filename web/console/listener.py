"""One open stream of news: whose it is, and what its browser has not been told yet."""

import asyncio
import contextlib
from collections.abc import Callable

from msgspec import Struct

from casework.staff.person import Staff

ROOM = 64  # happenings; a browser that is slower than that is told to load its page again


class Happening(Struct, frozen=True):
    """Something happened to a case: its code, a word, and when in Unix milliseconds."""

    code: str
    kind: str
    at: int


class Listener:
    """Somebody who listens, for as long as *alive* says that their browser is there."""

    def __init__(self, staff: Staff, alive: Callable[[], bool]) -> None:
        self.staff = staff
        self.alive = alive
        self.doubted = False  # their session may be over: look before telling them more
        self.over = False
        self._lost = False
        self._waiting: dict[tuple[str, str], Happening] = {}
        self._news = asyncio.Event()

    def tell(self, happening: Happening) -> None:
        """Have the browser told; what there is no room for becomes one word to load anew."""
        if len(self._waiting) >= ROOM:
            self.lose()
        if not self._lost:
            self._waiting[happening.code, happening.kind] = happening
            self._news.set()

    def lose(self) -> None:
        """Have the browser told to load its page again instead of whatever waits."""
        self._waiting.clear()
        self._lost = True
        self._news.set()

    def doubt(self) -> None:
        """Have the session looked at before anything more is told."""
        self.doubted = True
        self._news.set()

    def end(self) -> None:
        """Have the stream end."""
        self.over = True
        self._news.set()

    async def wait(self, patience: float) -> None:
        """Return when there is something to tell, or after *patience* seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._news.wait()
        self._news.clear()

    def take(self) -> tuple[bool, tuple[Happening, ...]]:
        """Return whether the page must be loaded again, and what happened; both once."""
        lost, told = self._lost, tuple(self._waiting.values())
        self._lost = False
        self._waiting.clear()
        return lost, told
