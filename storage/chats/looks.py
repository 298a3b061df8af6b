"""Whom an account of the console looked up: how many people on a day, each of them once.

They are counted where proofs are, and forgotten with them: nobody can tell afterwards who it was.
"""

from collections.abc import Iterable
from datetime import date, datetime

import sqlalchemy as sa
from msgspec import Struct

from storage.chats.proofs import ONE_MORE, USED
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.tables.chats import proof_counts


def _counting(given: Given) -> Insert:
    """Count once more, where it was not counted *most* times already."""
    return given.insert(proof_counts, n=ONE_MORE).on_conflict_do_update(
        index_elements=[proof_counts.c.key],
        set_={"n": proof_counts.c.n + ONE_MORE},
        where=proof_counts.c.n < given["most"],
    )


KEY_AND_DAY = (proof_counts.c.key, proof_counts.c.day)
COUNT = Statement(
    _counting,
    *KEY_AND_DAY,
    sa.column("most", sa.Integer),
    key=proof_counts.c.key,
    alone=True,
)
REMEMBER = Statement(
    lambda given: given.insert(proof_counts, n=ONE_MORE).on_conflict_do_nothing(), *KEY_AND_DAY
)


class Looked(Struct, frozen=True):
    """How many people an account looked up on a day, and whether somebody is *among* them."""

    people: int
    among: bool


class LookWrites(Writes):
    """Of a unit: an account looked somebody up."""

    def count_look(self, staff: str, whom: str, now: datetime, most: int) -> None:
        """Count that *staff*, an account's id, looked up *whom*, somebody new on *now*'s day.

        The unit is lost beyond *most*: many at once are no way around it. The day is *now*'s own
        calendar day: pass local time for a local day.
        """
        day, sealer = now.date(), self.pen.sealer
        key, seen = _day(sealer, staff, day), _whom(sealer, staff, whom, day)
        self.add(COUNT, (key, day.toordinal(), most), key)
        self.add(REMEMBER, (seen, day.toordinal()), seen)


class LookReads(Reads):
    """Of the store: whom accounts looked up."""

    async def looked(self, staff: str, whom: str, now: datetime) -> Looked:
        """Return how many *staff* looked up on *now*'s calendar day, *whom* among them or not."""
        day = now.date()
        key, seen = _day(self._sealer, staff, day), _whom(self._sealer, staff, whom, day)
        found: dict[bytes, int] = dict(await self._find(USED, (key,), (seen,)))
        return Looked(found.get(key, 0), seen in found)

    async def people_looked_up(self, staff: Iterable[str], now: datetime) -> dict[str, int]:
        """Return how many people each of *staff* looked up on *now*'s calendar day."""
        keys = {_day(self._sealer, one, now.date()): one for one in staff}
        found = await self._find(USED, *[(key,) for key in keys]) if keys else ()
        return dict.fromkeys(keys.values(), 0) | {keys[key]: int(n) for key, n in found}


def _day(sealer: Sealer, staff: str, day: date) -> bytes:
    """Return under which key an account's day is counted."""
    return sealer.mac("tries", day.isoformat(), "staff", staff)


def _whom(sealer: Sealer, staff: str, whom: str, day: date) -> bytes:
    """Return under which key an account's day remembers *whom*."""
    return sealer.mac("tries", day.isoformat(), "whom", staff, whom)
