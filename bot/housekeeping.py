"""What is no longer needed goes, now and then."""

from bot.clock import Clock
from bot.loops import forever
from storage.store import Store

PAUSE = 6 * 60 * 60.0  # seconds


class Housekeeping:
    """Tidies the store up."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """Tidy up at the start, and every PAUSE, for ever."""
        await forever("housekeeping", self._tidy, PAUSE)

    async def _tidy(self) -> None:
        await self._store.tidy(self._clock.now())
