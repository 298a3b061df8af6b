"""What is no longer needed goes, now and then."""

from bot.clock import Clock
from bot.running.loops import forever
from casework.trail.anchoring import note_ends
from storage.shelf.shelf import Shelf
from storage.store import Store

PAUSE = 6 * 60 * 60.0  # seconds


class Housekeeping:
    """Tidies the store and the shelf of files up."""

    def __init__(self, store: Store, shelf: Shelf, clock: Clock) -> None:
        self._store = store
        self._shelf = shelf
        self._clock = clock

    async def run(self) -> None:
        """Tidy up at the start, and every PAUSE, for ever; note where the audit's chains end."""
        await forever("housekeeping", self._tidy, PAUSE)

    async def _tidy(self) -> None:
        now = self._clock.now()
        await self._store.tidy(now)
        await self._store.forget_link_codes(now)
        await self._store.forget_idle(now)
        await self._shelf.sweep(self._store.known_files, now)
        await note_ends(self._store, now)
