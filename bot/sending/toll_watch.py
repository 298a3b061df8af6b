"""Whoever has us pay for texts is noticed within minutes; nothing is held back for it.

A brake on the whole house would silence those in danger as well: a person looks instead.
"""

from datetime import datetime

import structlog

from bot.clock import Clock
from bot.running.loops import forever
from storage.store import Store
from storage.unit import Outcome

PAUSE = 60.0  # seconds

log = structlog.get_logger()


class TollWatch:
    """Warns once an hour where more than *most* segments of SMS were sent in it.

    *segments* are those of this hour, of all processes, as last looked at.
    """

    def __init__(self, store: Store, most: int, clock: Clock) -> None:
        self._store = store
        self._most = most
        self._clock = clock
        self.segments = 0

    async def run(self) -> None:
        """Look every PAUSE, for ever."""
        await forever("toll watch", self.look, PAUSE)

    async def look(self) -> None:
        """Look at this hour. Raises StoreUnavailable."""
        now = self._clock.now()
        self.segments = await self._store.busiest_hour(now)
        if self.segments > self._most and await self._is_first(now):
            log.warning("more SMS than expected", segments=self.segments, an_hour=self._most)

    async def _is_first(self, now: datetime) -> bool:
        """Say whether nobody, in any process, has told of *now*'s hour before."""
        unit = self._store.unit()
        unit.first_time("toll watch", f"{now:%Y-%m-%dT%H}", now)
        return await self._store.commit(unit) is Outcome.KEPT
