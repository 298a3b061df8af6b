"""Photos that a village takes itself: of a house that was looked at, of a meeting that was held.

They lie with a ticket, or a meeting, but belong to no entry of a log: no citizen is shown them in
a message, and no page behind an office's link offers them. Each is known from then on: none is a
proof of work.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from casework.files.cleaning import SUFFIX, Clean, Unfit
from casework.files.evidence import Evidence, found_in
from casework.ticket.views import Opened
from storage.shelf.files import KeptFile
from storage.store import Store
from storage.unit import Unit

NO_ENTRY = 0  # of a log
ACCEPT = "image/jpeg,image/png,image/webp"


class Photos:
    """Keeps and opens them. Raises StoreUnavailable and FilesUnavailable."""

    def __init__(self, store: Store, evidence: Evidence, token: Callable[[], str]) -> None:
        self._store = store
        self._evidence = evidence
        self._token = token

    async def clean(self, sent: Sequence[bytes]) -> tuple[Clean, ...] | Unfit:
        """Return *sent* fit to be kept, or why one is not."""
        return await self._evidence.clean(sent)

    async def shelve(
        self, unit: Unit, code: str, cleans: Sequence[Clean], now: datetime
    ) -> tuple[KeptFile, ...]:
        """Put *cleans* on the shelf, and have *unit* keep them as photos of *code*."""
        files = []
        for place, clean in enumerate(cleans, 1):
            file = self._row(code, place, clean, now)
            await self._evidence.shelf.put(file, clean.content)
            unit.keep_file(file)
            unit.remember(file, clean.digests)
            unit.remember_look(file, clean.look)
            files.append(file)
        return tuple(files)

    async def discard(self, files: Sequence[KeptFile]) -> None:
        """Let go of what was shelved for a commit that came to nothing."""
        await self._evidence.discard(tuple(files))

    async def of(self, code: str) -> tuple[str, ...]:
        """Return the ids of the photos of *code*, the oldest first."""
        return tuple(one.id for one in await self._store.files_of(code) if one.seq == NO_ENTRY)

    async def opened(self, code: str, number: str) -> Opened | None:
        """Return the photo *number* of *code*, None where there is none."""
        for file in await self._store.files_of(code):
            if (file.id, file.seq) == (number, NO_ENTRY):
                content = await self._evidence.shelf.get(file)
                name = f"{number[:8]}.{SUFFIX[file.kind]}"
                return None if content is None else Opened(file.kind, content, name)
        return None

    def _row(self, code: str, place: int, clean: Clean, now: datetime) -> KeptFile:
        found = found_in(clean)
        return KeptFile(
            id=self._token(),
            code=code,
            seq=NO_ENTRY,
            place=place,
            kind=found.kind,
            size=found.size,
            digest=found.digests[-1],
            vault=False,
            at=now,
        )
