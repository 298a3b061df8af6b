"""How long replies have been waiting."""

from datetime import datetime

import sqlalchemy as sa

from storage.instants import to_number
from storage.outbox import WAITING
from storage.reads import Reads
from storage.statements import Statement
from storage.tables import outbox

MICROSECONDS = 1e6
OLDEST = Statement(
    lambda _: sa.select(sa.func.min(outbox.c.due_at)).where(outbox.c.state == WAITING), alone=True
)


class AgeReads(Reads):
    """Of the store: how well replies get out."""

    async def outbox_age(self, now: datetime) -> float:
        """Return the seconds that the longest overdue reply has waited; 0 when none waits."""
        ((oldest,),) = await self._fetch(OLDEST)
        return 0.0 if oldest is None else max(0.0, (to_number(now) - oldest) / MICROSECONDS)
