"""Timers: what is due happens once, whichever process gets to it."""

import asyncio
from datetime import timedelta

from storage.database.sealing import Sealer
from storage.database.writes import Loss
from storage.store import Store
from storage.timers import LEASE, UNREADABLE, NewTimer
from storage.unit import Outcome
from tests.storage.conftest import Open
from tests.storage.samples import NOW

MINUTE = timedelta(minutes=1)


async def wound(store: Store, *keys: str) -> None:
    """Set a timer for each of *keys*, a second after the other."""
    unit = store.unit()
    for n, key in enumerate(keys):
        unit.set_timer(key, "reminder", NOW + timedelta(seconds=n), key.encode())
    assert await store.commit(unit) is Outcome.KEPT


async def test_a_timer_comes_when_it_is_due(store: Store) -> None:
    """Not before, and with what it was set with."""
    await wound(store, "a")
    assert await store.claim_timers("reminder", NOW - MINUTE, 10) == []
    (due,) = await store.claim_timers("reminder", NOW, 10)
    assert (due.key, due.kind, due.due_at, due.body, due.attempts) == (
        "a",
        "reminder",
        NOW,
        b"a",
        1,
    )


async def test_the_longest_due_come_first(store: Store) -> None:
    """A limit leaves the newest for later."""
    await wound(store, "a", "b", "c")
    assert [due.key for due in await store.claim_timers("reminder", NOW + MINUTE, 2)] == ["a", "b"]
    assert [due.key for due in await store.claim_timers("reminder", NOW + MINUTE, 2)] == ["c"]


async def test_a_timer_is_claimed_by_one_of_two(open_store: Open) -> None:
    """Two processes that look at the same moment share the timers, none twice."""
    one, two = await open_store("one"), await open_store("two")
    await wound(one, *(f"t{n}" for n in range(40)))
    now = NOW + MINUTE
    claimed = await asyncio.gather(
        *(s.claim_timers("reminder", now, 7) for s in (one, two) for _ in range(4))
    )
    keys = [due.key for batch in claimed for due in batch]
    assert len(keys) == len(set(keys)) == 40


async def test_the_timers_of_the_dead_come_again(open_store: Open) -> None:
    """When nobody finished a timer within its lease, it is due once more."""
    one, two = await open_store("one"), await open_store("two")
    await wound(one, "a")
    await one.claim_timers("reminder", NOW, 10)
    assert await two.claim_timers("reminder", NOW + LEASE - MINUTE, 10) == []
    (due,) = await two.claim_timers("reminder", NOW + LEASE, 10)
    assert due.attempts == 2


async def test_a_finished_timer_is_gone(store: Store) -> None:
    """What was done is not done again."""
    await wound(store, "a")
    (due,) = await store.claim_timers("reminder", NOW, 10)
    await store.drop_timer(due)
    assert await store.claim_timers("reminder", NOW + LEASE, 10) == []


async def test_only_the_newest_claimant_finishes(open_store: Open) -> None:
    """Who was too slow loses the unit that would do the thing a second time."""
    one, two = await open_store("one"), await open_store("two")
    await wound(one, "a")
    (slow,) = await one.claim_timers("reminder", NOW, 10)
    (quick,) = await two.claim_timers("reminder", NOW + LEASE, 10)
    for store, due, outcome in ((one, slow, Outcome.LOST), (two, quick, Outcome.KEPT)):
        unit = store.unit()
        unit.finish_timer(due)
        assert await store.commit(unit) is outcome
        assert unit.lost is (None if outcome is Outcome.KEPT else Loss.TIMER)


async def test_a_postponed_timer_comes_later(store: Store) -> None:
    """A timer put off is due again at its new time, and counts its attempts on."""
    await wound(store, "a")
    (due,) = await store.claim_timers("reminder", NOW, 10)
    await store.postpone_timer(due, NOW + MINUTE)
    assert await store.claim_timers("reminder", NOW, 10) == []
    (again,) = await store.claim_timers("reminder", NOW + MINUTE, 10)
    assert (again.due_at, again.attempts) == (NOW + MINUTE, 2)


async def test_a_timer_set_anew_replaces_the_old(store: Store) -> None:
    """One key has one timer, and a new one starts afresh."""
    await wound(store, "a")
    await store.claim_timers("reminder", NOW, 10)
    await wound(store, "a")
    (due,) = await store.claim_timers("reminder", NOW, 10)
    assert due.attempts == 1


async def test_a_dropped_timer_never_comes(store: Store) -> None:
    """What became pointless does not happen."""
    await wound(store, "a", "b")
    unit = store.unit()
    unit.drop_timer("a")
    await store.commit(unit)
    assert [due.key for due in await store.claim_timers("reminder", NOW + MINUTE, 10)] == ["b"]


async def test_a_timer_sealed_by_a_lost_key_stops_no_other(open_store: Open) -> None:
    """It is put off for a day: the key may come back, and then it happens."""
    key = Sealer.read(Sealer.new_key())
    stranger, mine = await open_store("two", key), await open_store("one")
    await wound(stranger, "locked")
    await wound(mine, "a")
    (due,) = await mine.claim_timers("reminder", NOW + MINUTE, 10)
    await mine.drop_timer(due)
    assert due.body == b"a"
    tomorrow = NOW + MINUTE + UNREADABLE
    assert await stranger.claim_timers("reminder", tomorrow - MINUTE, 10) == []
    assert [due.body for due in await stranger.claim_timers("reminder", tomorrow, 10)] == [
        b"locked"
    ]


async def test_kinds_do_not_wait_for_each_other(store: Store) -> None:
    """However many of one kind are due, another kind's are claimed apart."""
    await wound(store, "a", "b")
    unit = store.unit()
    unit.wind(NewTimer(key="l", kind="letter", due_at=NOW + MINUTE, body=b"l"))
    await store.commit(unit)
    assert [due.key for due in await store.claim_timers("letter", NOW + MINUTE, 1)] == ["l"]


async def test_a_parked_timer_waits_for_people(store: Store) -> None:
    """It is counted, never claimed, and tried anew when somebody says so."""
    await wound(store, "a", "b")
    first, second = await store.claim_timers("reminder", NOW + MINUTE, 2)
    await store.park_timer(first)
    await store.drop_timer(second)
    assert await store.timers_parked() == {"reminder": 1}
    assert await store.claim_timers("reminder", NOW + LEASE * 1000, 2) == []
    assert await store.unpark_timers(NOW) == 1
    (again,) = await store.claim_timers("reminder", NOW, 2)
    assert (again.key, again.attempts) == ("a", 1)


async def test_a_timer_set_anew_is_parked_no_more(store: Store) -> None:
    """What changes gives a failed timer another chance."""
    await wound(store, "a")
    (due,) = await store.claim_timers("reminder", NOW, 1)
    await store.park_timer(due)
    await wound(store, "a")
    assert await store.timers_parked() == {}
    assert len(await store.claim_timers("reminder", NOW, 1)) == 1
