"""Transactions in each other's way: undone, tried again, and nothing the worse for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from storage.database.errors import ClashError, StoreUnavailable
from storage.database.link import Job
from storage.database.sealing import Sealer
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import BUDI, NOW, SITI, WEEK, said, turn

Clash = Callable[[int], None]
LATER = timedelta(minutes=5)


@pytest.fixture
def clash(store: Store, monkeypatch: pytest.MonkeyPatch) -> Clash:
    """Give what makes the next so many transactions of the store clash."""
    write = store._engine.write
    left: list[int] = []

    async def clashing(job: Job[Any]) -> Any:  # noqa: ANN401 - whatever the job gives
        if left:
            left.pop()
            raise ClashError("deadlock")
        return await write(job)

    for way in ("write", "write_now"):
        monkeypatch.setattr(store._engine, way, clashing)
    return lambda times: left.extend(range(times))


async def test_a_clash_is_told_as_retriable(store: Store, clash: Clash) -> None:
    """A unit that stands in another's way, also alone, is to be delivered again."""
    clash(1)
    with pytest.raises(StoreUnavailable, match="deadlock"):
        await store.commit(turn(store, message="m1"))
    assert await store.commit(turn(store, message="m1")) is Outcome.KEPT


async def test_a_clash_ends_no_loop(store: Store, clash: Clash) -> None:
    """Whatever else is written fails as everything does while the database is away."""
    unit = store.unit()
    unit.set_timer("timer", "kind", NOW, b"")
    await store.commit(unit)
    clash(4)
    for work in (
        store.beat(NOW),
        store.claim(NOW, 1),
        store.claim_timers("kind", NOW, 1),
        store.tidy(NOW),
    ):
        with pytest.raises(StoreUnavailable):
            await work
    await store.beat(NOW)


async def test_a_batch_that_clashes_is_kept_one_by_one(store: Store, clash: Clash) -> None:
    """Nobody is refused for standing beside another."""
    clash(1)
    first = store._group.commit(turn(store, SITI))
    second = store._group.commit(turn(store, BUDI))
    assert (await first, await second) == (Outcome.KEPT, Outcome.KEPT)


async def test_a_mark_that_clashes_stays_before_what_follows(store: Store, clash: Clash) -> None:
    """A reply put off is written as such before the next to the same citizen, which waits."""
    (first,) = await said(store, "a")
    clash(2)
    store.mark_retry(first.id, NOW + LATER, 1, "Timeout")
    (second,) = await said(store, "b")
    assert second.behind
    assert [item.reply.text for item in await store.claim(NOW + LATER, 10)] == ["a", "b"]


async def test_tidying_waits_for_nobody(postgres_url: str, sealer: Sealer) -> None:
    """A row that a turn is working with is passed over, so that neither waits for the other."""
    store = await Store.open(postgres_url, sealer, "one")
    for citizen in (SITI, BUDI):
        await store.commit(turn(store, citizen))
    other = await asyncpg.connect(postgres_url)
    key = store._address(SITI)
    async with other.transaction():
        await other.execute("SELECT 1 FROM sessions WHERE address = $1 FOR UPDATE", key)
        assert await store.tidy(NOW + 2 * WEEK) == 1
    await other.close()
    assert await store.tidy(NOW + 2 * WEEK) == 1
    await store.close()
