"""What sending cost: units that channels charge for, by day, channel and tariff.

Each process counts in rows of its own. A reply is counted with the mark that takes it out of the
outbox, and only as long as it lies there: a mark that is written twice counts once.
"""

from datetime import date

import sqlalchemy as sa
from msgspec import Struct

from storage.outbox import OutboxItem
from storage.reads import Reads
from storage.sent import Fare
from storage.sent_tables import tolls
from storage.statements import Given, Insert, Statement
from storage.tables import outbox
from storage.writes import Writes

NAMES = ("day", "channel", "tariff", "worker")


def _count(given: Given) -> Insert:
    waits = sa.exists().where(outbox.c.id == given["id"])
    key = [given[name] for name in NAMES]
    units = sa.select(*key, sa.func.sum(given["n"])).where(waits).group_by(*key)
    insert = given.into(tolls).from_select([*NAMES, "n"], units)
    return insert.on_conflict_do_update(
        index_elements=[tolls.c[name] for name in NAMES],
        set_={"n": tolls.c.n + insert.excluded["n"]},
    )


COUNT = Statement(
    _count, outbox.c.id, tolls.c.day, tolls.c.channel, tolls.c.tariff, tolls.c.worker, tolls.c.n
)
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


class TollReads(Reads):
    """Of the store: what sending cost."""

    async def tolls_between(self, first: date, last: date) -> tuple[Toll, ...]:
        """Return what was charged for from *first* to *last*, both counted."""
        rows = await self._fetch(BETWEEN, first.toordinal(), last.toordinal())
        return tuple(Toll(channel, tariff, int(units)) for channel, tariff, units in rows)
