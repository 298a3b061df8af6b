"""The inbox: what happened already must not happen again."""

from datetime import datetime

import sqlalchemy as sa

from storage.database.instants import to_number
from storage.database.reads import Reads
from storage.database.statements import Statement
from storage.database.writes import Writes
from storage.tables.chats import inbox

FIRST_TIME = Statement(
    lambda given: given.insert(inbox).on_conflict_do_nothing(),
    inbox.c.key,
    inbox.c.at,
    key=inbox.c.key,
)
HAPPENED = Statement(
    lambda given: sa.select(inbox.c.at).where(inbox.c.key == given["key"]),
    inbox.c.key,
    alone=True,
)


class InboxWrites(Writes):
    """Of a unit: this happens once."""

    def first_time(self, channel: str, message_id: str, at: datetime) -> None:
        """Let the unit fail as a duplicate when *message_id* of *channel* was committed before."""
        key = self.pen.sealer.mac("inbox", channel, message_id)
        self.add(FIRST_TIME, (key, to_number(at)), key)


class InboxReads(Reads):
    """Of the store: what happened already."""

    async def happened(self, channel: str, message_id: str) -> bool:
        """Tell whether *message_id* of *channel* was committed within the last month."""
        key = self._sealer.mac("inbox", channel, message_id)
        return bool(await self._fetch(HAPPENED, key))
