"""Who is dead: only a process that was awake itself can tell."""

from datetime import timedelta

from storage.replies.workers import LEASE
from storage.store import Store
from tests.storage.conftest import Open
from tests.storage.samples import NOW, said, steady

PAUSE = timedelta(minutes=3)
SECOND = timedelta(seconds=1)


async def seen(store: Store, *seconds: int) -> list[bool]:
    """Have *store* beat so many seconds after the pause; return what it is told."""
    return [await store.beat(NOW + PAUSE + n * SECOND) for n in seconds]


async def test_after_an_outage_nobody_is_taken_for_dead(open_store: Open) -> None:
    """The first process back leaves the others a lease to be seen again."""
    one, two = await open_store("one"), await open_store("two")
    await said(one, "a")
    await steady(two, NOW)
    await seen(two, 0)
    assert await two.claim(NOW + PAUSE, 10) == []
    assert await seen(one, 3, 8, 13) == [True, True, True]
    await seen(two, 5, 10, 15, 20)
    assert await two.claim(NOW + PAUSE + 20 * SECOND, 10) == []


async def test_who_stays_away_after_an_outage_is_dead(open_store: Open) -> None:
    """A lease after the pause, what it left is taken over."""
    one, two = await open_store("one"), await open_store("two")
    await said(one, "a")
    await seen(two, 0, 5, 10, 15)
    assert len(await two.claim(NOW + PAUSE + LEASE, 10)) == 1


async def test_a_new_process_looks_on_for_a_lease_first(open_store: Open) -> None:
    """Who was just started cannot know whether the others could be seen."""
    one = await open_store("one")
    await said(one, "a")
    await one.beat(NOW - PAUSE)
    two = await open_store("two")
    assert await two.claim(NOW, 10) == []
    await steady(two, NOW + LEASE)
    assert len(await two.claim(NOW + LEASE, 10)) == 1
