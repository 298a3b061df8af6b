"""Make tickets' rows anew from their logs when a version knows more about a ticket than the last.

A row is what its log makes of it; only the log is the truth. A row of an older version lacks what
that one did not know, its clocks for example, and nothing would ever be due.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
import structlog

from casework.ticket.again import again
from referrals.folding import FOLDING_VERSION
from referrals.log import replay
from referrals.ticket import Ticket
from storage.database.instants import EPOCH
from storage.store import Store
from storage.unit import Outcome

MARK = "shape"  # the key of the note that says by which shape the rows were made
PAGE = 200  # tickets in one commit
SEALED = True  # where its log ends, since version 3 of the schema

log = structlog.get_logger()


class KeepsChangingError(RuntimeError):
    """Others change these tickets faster than they are made anew: the next start tries again."""


class Rebuilding:
    """Does it at the start, before anything is due.

    Raises StoreUnavailable, and KeepsChangingError where others are always quicker.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    async def start(self) -> bool:
        """Make all rows anew if they are of another shape; True where they were."""
        if await self._store.kept_note(MARK) == shape():
            return False
        after, count = "", 0
        while codes := await self._store.codes_to_watch(after, EPOCH, PAGE):
            await self._rebuild(codes)
            after, count = codes[-1], count + len(codes)
        unit = self._store.unit()
        unit.keep_note(MARK, shape())
        await self._store.commit(unit)
        log.info("tickets stand as this version knows them", count=count)
        return count > 0

    async def _rebuild(self, codes: Sequence[str]) -> None:
        if not await again(lambda: self._try(codes)):
            raise KeepsChangingError(codes[0])

    async def _try(self, codes: Sequence[str]) -> bool | None:
        """Return None when somebody else changed one of them meanwhile."""
        unit = self._store.unit()
        for code in codes:
            entries = await self._store.entries(code)
            unit.rebuild_ticket(replay(entries), entries)
        return await self._store.commit(unit) is Outcome.KEPT or None


def shape() -> str:
    """Return what changes whenever a version knows, or makes of logs, something else."""
    known = msgspec.json.schema(Ticket), FOLDING_VERSION, SEALED
    return sha256(msgspec.json.encode(known)).hexdigest()
