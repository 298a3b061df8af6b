"""What sending cost: units that channels charge for, by day, channel and tariff.

Each process counts in rows of its own. A reply is counted with the mark that takes it out of the
outbox, and only as long as it lies there: a mark that is written twice counts once. Segments of
SMS are counted by the hour as well, so that somebody who has us pay for texts is noticed soon.
"""

from datetime import date, datetime

import sqlalchemy as sa
from msgspec import Struct

from storage.database.reads import Reads
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.replies.outbox import OutboxItem
from storage.replies.sent import Fare
from storage.tables.replies import outbox
from storage.tables.sent import toll_hours, tolls

HOUR = 3600  # seconds


def _counting(given: Given, table: sa.Table) -> Insert:
    """Add to what *table* counts, as long as the reply lies in the outbox."""
    waits = sa.exists().where(outbox.c.id == given["id"])
    names = [column.name for column in table.primary_key]
    key = [given[name] for name in names]
    units = sa.select(*key, sa.func.sum(given["n"])).where(waits).group_by(*key)
    insert = given.into(table).from_select([*names, "n"], units)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={"n": table.c.n + insert.excluded["n"]}
    )


COUNT = Statement(lambda given: _counting(given, tolls), outbox.c.id, *tolls.c)
COUNT_HOUR = Statement(lambda given: _counting(given, toll_hours), outbox.c.id, *toll_hours.c)
BETWEEN = Statement(
    lambda given: (
        sa.select(tolls.c.channel, tolls.c.tariff, sa.func.sum(tolls.c.n))
        .where(tolls.c.day >= given["day"], tolls.c.day <= given["last"])
        .group_by(tolls.c.channel, tolls.c.tariff)
        .order_by(tolls.c.channel, tolls.c.tariff)
    ),
    tolls.c.day,
    sa.column("last", sa.Integer),
    alone=True,
)
BUSIEST = Statement(
    lambda given: sa.select(
        sa.func.max(
            sa.select(sa.func.sum(toll_hours.c.n).label("n"))
            .where(toll_hours.c.hour >= given["hour"])
            .group_by(toll_hours.c.hour)
            .subquery()
            .c.n
        )
    ),
    toll_hours.c.hour,
    alone=True,
)


class Toll(Struct, frozen=True):
    """What one channel charges for at one tariff: *units* are segments or messages."""

    channel: str
    tariff: str
    units: int


class TollWrites(Writes):
    """Of a unit: something was sent that costs."""

    def count_toll(self, item: OutboxItem, fare: Fare) -> None:
        """Count what *item* costs, on *fare*'s own calendar day."""
        day, channel = fare.at.date().toordinal(), item.address.channel.value
        row = (item.id, day, channel, fare.tariff, self.pen.owner, fare.units)
        self.add(COUNT, row)
        if item.address.channel.traits.is_metered:
            self.add(COUNT_HOUR, (item.id, hour_of(fare.at), self.pen.owner, fare.units))


class TollReads(Reads):
    """Of the store: what sending cost."""

    async def tolls_between(self, first: date, last: date) -> tuple[Toll, ...]:
        """Return what was charged for from *first* to *last*, both counted."""
        rows = await self._fetch(BETWEEN, first.toordinal(), last.toordinal())
        return tuple(Toll(channel, tariff, int(units)) for channel, tariff, units in rows)

    async def busiest_hour(self, since: datetime) -> int:
        """Return the most segments of SMS that were sent in one hour, from that of *since* on."""
        ((most,),) = await self._fetch(BUSIEST, hour_of(since))
        return int(most or 0)


def hour_of(at: datetime) -> int:
    """Return the hour of *at*, counted from 1970."""
    return int(at.timestamp()) // HOUR
