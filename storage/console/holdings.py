"""Who has taken a case on, and who has it open: each for a time, so that nothing is left."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.tables.worklist import holdings, presences


class Held(Struct, frozen=True):
    """Who has taken a case on, and until when it is theirs if nothing is done about it."""

    holder: str  # id of an account
    until: datetime


def _take(given: Given) -> Insert:
    """Keep who has it; whose it is for longer than *at* keeps it."""
    insert = given.insert(holdings)
    theirs = {name: insert.excluded[name] for name in ("holder", "until", "at")}
    free = (holdings.c.until <= insert.excluded.at) | (holdings.c.holder == insert.excluded.holder)
    keys = [holdings.c.code, holdings.c.leg]
    return insert.on_conflict_do_update(index_elements=keys, set_=theirs, where=free)


def _give(given: Given) -> Insert:
    insert = given.insert(holdings)
    theirs = {name: insert.excluded[name] for name in ("holder", "until", "at")}
    keys = [holdings.c.code, holdings.c.leg]
    return insert.on_conflict_do_update(index_elements=keys, set_=theirs)


def _be(given: Given) -> Insert:
    insert = given.insert(presences)
    keys = [presences.c.code, presences.c.staff]
    until = {"until": insert.excluded.until}
    return insert.on_conflict_do_update(index_elements=keys, set_=until)


TAKE = Statement(_take, *holdings.c)
GIVE = Statement(_give, *holdings.c)
LET_GO = Statement(
    lambda given: sa.delete(holdings).where(
        holdings.c.code == given["code"],
        holdings.c.leg == given["leg"],
        holdings.c.holder == given["holder"],
    ),
    holdings.c.code,
    holdings.c.leg,
    holdings.c.holder,
)
HELD = Statement(
    lambda given: sa.select(holdings.c.holder, holdings.c.until).where(
        holdings.c.code == given["code"],
        holdings.c.leg == given["leg"],
        holdings.c.until > given["until"],
    ),
    holdings.c.code,
    holdings.c.leg,
    holdings.c.until,
    alone=True,
)
BE = Statement(_be, *presences.c, alone=True)
PRESENT = Statement(
    lambda given: (
        sa.select(presences.c.staff)
        .where(presences.c.code == given["code"], presences.c.until > given["until"])
        .order_by(presences.c.staff)
    ),
    presences.c.code,
    presences.c.until,
    alone=True,
)
LAPSED = Statement(
    lambda given: sa.delete(holdings).where(holdings.c.until < given["until"]),
    holdings.c.until,
    alone=True,
)
GONE = Statement(
    lambda given: sa.delete(presences).where(presences.c.until < given["until"]),
    presences.c.until,
    alone=True,
)


class HoldingWrites(Writes):
    """Of a unit: somebody takes a case on, gets it, or lets go of it."""

    def take(self, code: str, leg: int, holder: str, until: datetime, now: datetime) -> None:
        """Have *holder* take *leg* of case *code* on, or go on with it, unless somebody has it."""
        self.add(TAKE, (code, leg, holder, to_number(until), to_number(now)), ("held", code, leg))

    def give(self, code: str, leg: int, holder: str, until: datetime, now: datetime) -> None:
        """Have *holder* get *leg* of case *code*, whoever had it."""
        self.add(GIVE, (code, leg, holder, to_number(until), to_number(now)), ("held", code, leg))

    def let_go(self, code: str, leg: int, holder: str) -> None:
        """Have *leg* of case *code* be anybody's again, if it is *holder*'s."""
        self.add(LET_GO, (code, leg, holder), ("held", code, leg))


class HoldingReads(Reads):
    """Of the store: who works on what."""

    async def held(self, code: str, leg: int, now: datetime) -> Held | None:
        """Return who has taken *leg* of case *code* on, or None."""
        found = await self._find(HELD, (code, leg, to_number(now)))
        return Held(found[0][0], from_number(found[0][1])) if found else None

    async def be_present(self, code: str, staff: str, until: datetime) -> None:
        """Keep that *staff* has case *code* open."""
        await self._write_now(BE, (code, staff, to_number(until)))

    async def present(self, code: str, now: datetime) -> tuple[str, ...]:
        """Return who has case *code* open."""
        return tuple(one for (one,) in await self._find(PRESENT, (code, to_number(now))))

    async def forget_idle(self, now: datetime) -> None:
        """Forget who had cases open, and whose they were, before *now*."""
        for statement in (GONE, LAPSED):
            await self._write(statement, [(to_number(now),)])
