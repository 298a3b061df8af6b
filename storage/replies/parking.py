"""Replies set aside: no channel took them, or nobody can read them."""

from datetime import datetime

import sqlalchemy as sa

from storage.database.instants import to_number
from storage.database.reads import Reads
from storage.database.statements import Statement
from storage.replies.outbox import NONE, NOTHING, PARKED, WAITING
from storage.tables.replies import outbox

COUNT = Statement(
    lambda _: sa.select(sa.func.count()).select_from(outbox).where(outbox.c.state == PARKED),
    alone=True,
)
UNPARK = Statement(
    lambda given: (
        sa.update(outbox)
        .values(
            state=WAITING, owner=NOTHING, due_at=given["due_at"], attempts=NONE, reason=NOTHING
        )
        .where(outbox.c.state == PARKED)
        .returning(outbox.c.id)
    ),
    outbox.c.due_at,
    alone=True,
)


class Parking(Reads):
    """Of the store: replies that people must look after."""

    async def replies_parked(self) -> int:
        """Return how many replies are set aside."""
        ((count,),) = await self._fetch(COUNT)
        return int(count)

    async def unpark(self, now: datetime) -> int:
        """Have every reply that was set aside tried anew, from *now* on; return how many."""
        return len(await self._write(UNPARK, [(to_number(now),)]))
