"""Editions of the social registry: which are being loaded, which were, and which one counts.

An edition has a rank, by its date and, within one date, by the order in which it was first
imported. A row of the registry bears the rank of the last edition that it was imported with.
"""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from registry_client.answers import Edition
from storage.database.link import Link, Row
from storage.database.statements import Given, Insert, Statement, constant
from storage.tables.registry import editions

EDITIONS_A_DAY = 100  # editions of one date, a correction counted as one more
CHANGING_EDITIONS = 7_261_003  # what `Link.alone` waits for; any number of our own
LOADING, LOADED = constant("'loading'"), constant("'loaded'")


class Ranked(NamedTuple):
    """An edition as its row is read here."""

    version: str
    as_of: str
    rank: int

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return Edition(self.version, date.fromisoformat(self.as_of))


def _begin(given: Given) -> Insert:
    insert = given.insert(editions, state=LOADING)
    again = {"as_of": insert.excluded.as_of, "rank": insert.excluded.rank}
    return insert.on_conflict_do_update(index_elements=[editions.c.version], set_=again)


ALL = Statement(
    lambda _: sa.select(editions.c.version, editions.c.as_of, editions.c.rank, editions.c.state),
    alone=True,
)
BEGIN = Statement(_begin, editions.c.version, editions.c.as_of, editions.c.rank)
FINISH = Statement(
    lambda given: (
        sa.update(editions).values(state=LOADED).where(editions.c.version == given["version"])
    ),
    editions.c.version,
)


def newest() -> "sa.Select[tuple[str, str, int]]":
    """Return the edition that counts, as `Ranked` has it."""
    return (
        sa.select(editions.c.version, editions.c.as_of, editions.c.rank)
        .where(editions.c.state == LOADED)
        .order_by(editions.c.rank.desc())
        .limit(constant("1"))
    )


NEWEST = Statement(lambda _: newest(), alone=True)


async def begin(link: Link, edition: Edition) -> tuple[int, bool]:
    """Return the rank of *edition*, and whether a newer one was loaded before.

    Until `finish`, the edition that counted goes on counting. One that is imported once more
    keeps its rank, unless its date was put right.
    """
    await link.begin()
    await link.alone(CHANGING_EDITIONS)
    known = await link.fetch(ALL, [()])
    rank = _rank(edition, known)
    await link.run(BEGIN, [(edition.version, edition.as_of.isoformat(), rank)])
    await link.commit()
    others = (
        at for version, _, at, state in known if version != edition.version and state == "loaded"
    )
    return rank, any(at > rank for at in others)


def _rank(edition: Edition, known: list[Row]) -> int:
    for version, as_of, rank, _ in known:
        if (version, as_of) == (edition.version, edition.as_of.isoformat()):
            return int(rank)
    first = edition.as_of.toordinal() * EDITIONS_A_DAY
    return max(
        (rank + 1 for _, _, rank, _ in known if rank // EDITIONS_A_DAY == first // EDITIONS_A_DAY),
        default=first,
    )
