"""Meetings of villages: kept sealed, found by the village's own office."""

from datetime import date, datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.statements import Statement
from storage.database.writes import Writes
from storage.tables.village import village_meetings


class Minutes(Struct, frozen=True):
    """What the minutes of a meeting say. Prints without it."""

    held: date
    number: str  # of the minutes (berita acara)
    attended: int  # people
    by: str  # id of the account that entered it

    def __repr__(self) -> str:
        return f"Minutes({self.held})"


class Meeting(Struct, frozen=True, kw_only=True):
    """A meeting of a village."""

    id: str
    office: str
    minutes: Minutes
    at: datetime  # when it was entered; aware, UTC


_minutes = msgspec.msgpack.Decoder(Minutes).decode

HOLD = Statement(lambda given: given.insert(village_meetings), *village_meetings.c)
OF_OFFICE = Statement(
    lambda given: (
        sa.select(*village_meetings.c)
        .where(village_meetings.c.office == given["office"])
        .order_by(village_meetings.c.at.desc(), village_meetings.c.id)
        .limit(given["most"])
    ),
    village_meetings.c.office,
    sa.column("most", sa.Integer),
    alone=True,
)
BY_ID = Statement(
    lambda given: sa.select(*village_meetings.c).where(village_meetings.c.id == given["id"]),
    village_meetings.c.id,
    alone=True,
)


class VillageWrites(Writes):
    """Of a unit: a village met."""

    def keep_meeting(self, meeting: Meeting) -> None:
        """Keep *meeting*, whose id no other has."""
        body = msgspec.msgpack.encode(meeting.minutes)
        sealed = self.pen.sealer.seal(body, "letter")
        self.add(HOLD, (meeting.id, meeting.office, sealed, to_number(meeting.at)))


class VillageReads(Reads):
    """Of the store: when villages met."""

    async def meetings_of(self, office: str, most: int) -> tuple[Meeting, ...]:
        """Return the last *most* meetings of *office*, the newest first."""
        found = await self._fetch(OF_OFFICE, office, most)
        return tuple(_meeting(self._sealer, row) for row in found)

    async def meeting(self, number: str) -> Meeting | None:
        """Return the meeting with the id *number*, or None."""
        found = await self._fetch(BY_ID, number)
        return _meeting(self._sealer, found[0]) if found else None


def _meeting(sealer: Sealer, row: Row) -> Meeting:
    number, office, sealed, at = row
    minutes = _minutes(sealer.open(sealed, "letter"))
    return Meeting(id=number, office=office, minutes=minutes, at=from_number(at))
