"""The inbox: what happened already must not happen again."""

from datetime import datetime

from storage.instants import to_number
from storage.statements import Statement
from storage.tables import inbox
from storage.writes import Writes

FIRST_TIME = Statement(
    lambda given: given.insert(inbox).on_conflict_do_nothing(),
    inbox.c.key,
    inbox.c.at,
    key=inbox.c.key,
)


class InboxWrites(Writes):
    """Of a unit: this happens once."""

    def first_time(self, channel: str, message_id: str, at: datetime) -> None:
        """Let the unit fail as a duplicate when *message_id* of *channel* was committed before."""
        key = self.pen.sealer.mac("inbox", channel, message_id)
        self.add(FIRST_TIME, (key, to_number(at)), key)
