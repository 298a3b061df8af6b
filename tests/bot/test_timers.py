"""What falls due is done once, whoever dies, and nothing that fails holds up the rest."""

import asyncio
import itertools
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.running.timers import ANOTHERS, PAUSES, Timers, Work
from storage.database.errors import StoreUnavailable
from storage.database.sealing import Sealer, VaultClosed
from storage.database.statements import Statement
from storage.store import Store
from storage.tables.replies import outbox
from storage.timers import LEASE, DueTimer
from storage.unit import Outcome
from tests.bot.playing import StillClock
from tests.bot.timing import KIND
from tests.house import tree

KEY = Sealer.new_key()
TRACES = Statement(lambda _: sa.select(outbox.c.about), alone=True)
LIVES, MANY = 4, 400


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """Give a store on a fresh database."""
    opened = await Store.open(database_url, Sealer.read(KEY), "one")
    yield opened
    await opened.close()


async def wind(store: Store, clock: StillClock, kind: str, count: int) -> None:
    """Set *count* timers of *kind*, all due now."""
    unit = store.unit()
    for n in range(count):
        unit.set_timer(f"{kind}:{n}", kind, clock.now(), b"")
    assert await store.commit(unit) is Outcome.KEPT


async def test_a_bad_timer_blocks_no_other(store: Store) -> None:
    """It is put off, longer each time, and at last set aside where the doctor sees it."""
    clock, done = StillClock(), list[str]()

    async def do(due: DueTimer) -> None:
        if due.key == "t:0":
            raise ZeroDivisionError
        done.append(due.key)
        await store.drop_timer(due)

    timers = Timers(store, clock, {"t": Work(do, 1)})
    await wind(store, clock, "t", 3)
    await timers.tick()
    assert sorted(done) == ["t:1", "t:2"]
    for pause in PAUSES:
        assert await store.timers_parked() == {}
        clock.move(seconds=pause.total_seconds() - 1)
        assert await store.claim_timers("t", clock.now(), 1) == []
        clock.move(seconds=1)
        await timers.tick()
    assert await store.timers_parked() == {"t": 1}


async def test_a_database_that_is_away_is_no_failure(store: Store) -> None:
    """What could not be kept comes again when its lease is over."""
    clock, tries = StillClock(), itertools.count(1)

    async def do(due: DueTimer) -> None:
        if next(tries) == 1:
            raise StoreUnavailable("away")
        await store.drop_timer(due)

    timers = Timers(store, clock, {"t": Work(do)})
    await wind(store, clock, "t", 1)
    await timers.tick()
    assert await store.timers_due(clock.now()) == 0
    clock.move(seconds=LEASE.total_seconds())
    await timers.tick()
    assert await store.timers_due(clock.now()) == 0
    assert next(tries) == 3


async def test_who_lacks_the_vaults_key_leaves_it_to_others(store: Store) -> None:
    """However often, it is put off shortly and never set aside: another process has the key."""
    clock, tries = StillClock(), itertools.count(1)

    async def do(due: DueTimer) -> None:
        if next(tries) <= 2 * len(PAUSES):
            raise VaultClosed
        await store.drop_timer(due)

    timers = Timers(store, clock, {"t": Work(do)})
    await wind(store, clock, "t", 1)
    for _ in range(2 * len(PAUSES) + 1):
        await timers.tick()
        assert await store.timers_parked() == {}
        clock.move(seconds=ANOTHERS.total_seconds())
    assert next(tries) == 2 * len(PAUSES) + 2


async def test_no_more_at_once_than_there_is_room(store: Store) -> None:
    """A backlog is worked off a bounded number at a time, whole."""
    clock, running, most = StillClock(), Counter[str](), list[int]()

    async def do(due: DueTimer) -> None:
        running["now"] += 1
        most.append(running["now"])
        await asyncio.sleep(0.001)
        running["now"] -= 1
        await store.drop_timer(due)

    await wind(store, clock, "t", 100)
    await Timers(store, clock, {"t": Work(do, 8)}).tick()
    assert len(most) == 100
    assert max(most) <= 8
    assert await store.timers_due(clock.now()) == 0


async def test_a_slow_kind_holds_up_no_other(store: Store) -> None:
    """While letters wait for a dead server, tickets are woken."""
    clock, woken, free = StillClock(), asyncio.Event(), asyncio.Event()

    async def slow(due: DueTimer) -> None:
        await free.wait()
        await store.drop_timer(due)

    async def quick(due: DueTimer) -> None:
        await store.drop_timer(due)
        woken.set()

    await wind(store, clock, "letter", 9)
    await wind(store, clock, "ticket", 1)
    timers = Timers(store, clock, {"letter": Work(slow, 2), "ticket": Work(quick)})
    running = asyncio.ensure_future(timers.run())
    await asyncio.wait_for(woken.wait(), 5)
    free.set()
    running.cancel()
    await timers.close()


async def test_two_houses_never_do_one_twice(database_url: str, store: Store) -> None:
    """Two watchers of one database share what is due between them."""
    clock, done = StillClock(), Counter[str]()
    other = await Store.open(database_url, Sealer.read(KEY), "two")

    def work(own: Store) -> Work:
        async def do(due: DueTimer) -> None:
            unit = own.unit()
            unit.finish_timer(due)
            if await own.commit(unit) is Outcome.KEPT:
                done[due.key] += 1

        return Work(do, 8)

    await wind(store, clock, "t", 200)
    watchers = [Timers(own, clock, {"t": work(own)}) for own in (store, other)]
    await asyncio.gather(*(one.tick() for one in watchers))
    await other.close()
    assert len(done) == 200
    assert set(done.values()) == {1}


@contextmanager
def process(url: str, name: str, minutes: float) -> Iterator[subprocess.Popen[str]]:
    """Run one that carries timers out, and kill it at the end as a power cut would."""
    command = [sys.executable, "-m", "tests.bot.timing", url, KEY, name, str(minutes)]
    running = subprocess.Popen(command, cwd=tree.ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    try:
        yield running
    finally:
        running.kill()
        running.wait()
        running.stdout.close()


@pytest.mark.slow
async def test_kill_9_loses_none_and_doubles_none(database_url: str, store: Store) -> None:
    """Killed again and again in mid-flight, what was due is done by others, once."""
    clock = StillClock()
    clock.time -= timedelta(days=400)
    await wind(store, clock, KIND, MANY)
    later = LEASE / timedelta(minutes=1) + 1
    for life in range(LIVES):
        with process(database_url, f"p{life}", life * later) as running:
            assert running.stdout is not None
            running.stdout.read(20 * (life + 1))
    with process(database_url, "last", LIVES * later):
        async with asyncio.timeout(60):
            while len(await store._fetch(TRACES)) < MANY:  # noqa: ASYNC110 - another process does it
                await asyncio.sleep(0.1)
    traces = Counter(about for (about,) in await store._fetch(TRACES))
    assert set(traces) == {f"{KIND}:{n}" for n in range(MANY)}
    assert set(traces.values()) == {1}
