"""How long replies have been waiting."""

from datetime import datetime

import sqlalchemy as sa

from storage.database.instants import to_number
from storage.database.reads import Reads
from storage.database.statements import Statement
from storage.replies.outbox import WAITING
from storage.tables.replies import outbox

MICROSECONDS = 1e6
_older = outbox.alias("older")
_in_line = sa.exists().where(
    _older.c.address == outbox.c.address, _older.c.id < outbox.c.id, _older.c.state == WAITING
)
# Who stands behind a reply that was put off waits for it, not for us.
OLDEST = Statement(
    lambda given: sa.select(sa.func.min(outbox.c.due_at)).where(
        outbox.c.state == WAITING, outbox.c.due_at <= given["due_at"], ~_in_line
    ),
    outbox.c.due_at,
    alone=True,
)


class AgeReads(Reads):
    """Of the store: how well replies get out."""

    async def outbox_age(self, now: datetime) -> float:
        """Return the seconds that the longest overdue reply has waited; 0 when none waits.

        Of each citizen's replies only the first in line counts.
        """
        at = to_number(now)
        ((oldest,),) = await self._fetch(OLDEST, at)
        return 0.0 if oldest is None else (at - oldest) / MICROSECONDS
