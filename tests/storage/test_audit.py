"""The audit's chains: every line covers the one before, whoever writes and however it goes."""

import asyncio

import sqlalchemy as sa

from storage.audit.notes import BEFORE_FIRST, Line, hash_of
from storage.database.link import Row
from storage.database.sealing import Sealer
from storage.database.statements import Statement
from storage.store import Store
from storage.tables.audit import audit
from storage.unit import Outcome, Unit
from tests.storage.conftest import Open
from tests.storage.samples import NIK, NOW, turn

ALL = Statement(
    lambda _: sa.select(*audit.c).order_by(audit.c.chain, audit.c.seq),
    alone=True,
)


def look(store: Store, code: str = "482109379") -> Unit:
    """Return a unit in which an officer opens the page of *code*."""
    unit = store.unit()
    unit.note("agency:dinsos", "page", NOW, code=code)
    return unit


async def lines(store: Store) -> list[Row]:
    """Return every line, and check that each chain is whole."""
    rows = await store._fetch(ALL)
    ends: dict[str, tuple[int, str]] = {}
    for chain, seq, at, actor, action, code, _, _, digest, found in rows:
        number, last = ends.get(chain, (0, BEFORE_FIRST))
        line = Line(
            chain=chain, seq=seq, at=at, actor=actor, action=action, code=code, digest=digest
        )
        assert seq == number + 1
        assert found == hash_of(store._sealer, last, line)
        ends[chain] = seq, found
    return rows


async def test_a_look_is_kept_with_its_unit(store: Store, sealer: Sealer) -> None:
    """Who, when, what for and which ticket stand in a line; whose data it was is a mac."""
    unit = look(store)
    unit.note("citizen", "look_up", NOW, subject=NIK, detail=b"listed")
    assert await store.commit(unit) is Outcome.KEPT
    first, second = await lines(store)
    assert first[:1] + first[3:6] == ("one", "agency:dinsos", "page", "482109379")
    assert second[1] == 2
    assert second[6] == sealer.mac("subject", NIK)
    assert b"listed" in sealer.open(second[7], "audit")


async def test_a_lost_unit_leaves_no_line(store: Store) -> None:
    """What was not kept was not seen; the unit that is taken again writes the next line."""
    lost, kept = turn(store, version=5), turn(store)
    for unit in (lost, kept):
        unit.note("citizen", "look_up", NOW, subject=NIK)
    assert await store.commit(lost) is Outcome.LOST
    assert await store.commit(kept) is Outcome.KEPT
    await lines(store)
    assert len(await lines(store)) == 1


async def test_a_unit_kept_in_one_batch_with_losers_is_chained(store: Store) -> None:
    """Losers beside it leave no gap."""
    units = [turn(store, version=version) for version in (4, 5, 6)] + [look(store)] * 1
    for unit in units[:3]:
        unit.note("citizen", "look_up", NOW)
    await asyncio.gather(*map(store.commit, units))
    assert len(await lines(store)) == 1


async def test_many_writers_at_once_keep_their_chains(open_store: Open) -> None:
    """Three processes, two lanes each and two of one name: no line twice, none missing."""
    stores = [await open_store(name) for name in ("one", "one", "two")]
    for _ in range(5):
        await asyncio.gather(
            *(store.commit(look(store, str(n))) for n in range(40) for store in stores)
        )
        await asyncio.sleep(0)
    rows = await lines(stores[0])
    assert len(rows) == 5 * 40 * 3
    assert {row[0].partition("+")[0] for row in rows} == {"one", "two"}
