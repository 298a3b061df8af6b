"""Room for letters under way: a slow office, or a slow mail server, holds nobody else up.

Letters to one office on one way wait for each other, a bounded number of them for a bounded time.
After one that hung in vain the others do not even try for a while: they come back later.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

OF_AN_OFFICE = 2  # letters to one office on one way at once
OF_A_WAY = 48  # letters on one kind of way at once
WAITING = 32  # letters that wait for one office
PATIENCE = 20.0  # seconds that one waits
SLOW = 1.0  # seconds after which a try in vain counts as hung
REST = 20.0  # seconds after one


class Lanes:
    """Shares out what one process sends at once."""

    def __init__(self) -> None:
        self._offices: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(OF_AN_OFFICE)
        )
        self._ways: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(OF_A_WAY)
        )
        self._waiting: Counter[str] = Counter()
        self._resting: dict[str, float] = {}

    @asynccontextmanager
    async def place(self, office: str, way: str) -> AsyncIterator[bool]:
        """Hold a place for a letter to *office*; False says that there is none soon."""
        async with AsyncExitStack() as held:
            yield await self._hold(held, f"{way} to {office}", way)

    def rest(self, office: str, way: str) -> None:
        """Leave *office* alone on this way for a while: it let us hang."""
        now = asyncio.get_running_loop().time()
        self._resting = {lane: until for lane, until in self._resting.items() if until > now}
        self._resting[f"{way} to {office}"] = now + REST

    async def _hold(self, held: AsyncExitStack, lane: str, way: str) -> bool:
        if self._rests(lane) or self._waiting[lane] >= WAITING:
            return False
        self._waiting[lane] += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await held.enter_async_context(self._offices[lane])
                await held.enter_async_context(self._ways[way])
        except TimeoutError:
            return False
        finally:
            self._waiting[lane] -= 1
        return not self._rests(lane)  # the one before may have hung in vain

    def _rests(self, lane: str) -> bool:
        return self._resting.get(lane, 0.0) > asyncio.get_running_loop().time()
