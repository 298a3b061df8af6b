"""kill -9 in the middle of receipts: what was answered 200 is never lost, nothing is doubled."""

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.clock import SystemClock
from bot.receipts import EARLY
from casework.ticket.receipts import REACHED
from storage.database.sealing import Sealer
from storage.database.statements import Statement
from storage.store import Store
from storage.tables.replies import outbox
from storage.tables.sent import sent_messages
from storage.tables.upkeep import timers
from tests.bot.playing import StillClock
from tests.bot.receipt_taker import PARTS, Gateway, Post, heard
from tests.house import tree

KILLS = 3
ENOUGH = 60  # receipts answered before it is killed
REACHED_KEYS = Statement(lambda _: sa.select(timers.c.key), alone=True)
MEANT = Statement(
    lambda _: sa.union_all(sa.select(outbox.c.about), sa.select(sent_messages.c.about)),
    alone=True,
)
Taken = tuple[int, int, int]  # code, number, part


@contextmanager
def taker(url: str, key: str, begin: int) -> Iterator[subprocess.Popen[str]]:
    """Run a process that takes receipts, and kill it at the end as a power cut would."""
    command = [sys.executable, "-m", "tests.bot.receipt_taker", url, key, "a", str(begin)]
    process = subprocess.Popen(command, cwd=tree.ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def answered(process: subprocess.Popen[str]) -> set[Taken]:
    """Kill *process* once it answered often enough; return what it had answered till then."""
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(ENOUGH)]
    process.kill()
    lines += process.stdout.readlines()
    process.stdout.close()
    whole = [line.split() for line in lines if line.endswith("\n")]
    return {(int(code), int(number), int(part)) for code, number, part in whole}


async def reached_and_sent(store: Store) -> tuple[set[str], Counter[str]]:
    """Return which news are told to have arrived, and how often each was or will be sent."""
    keys = await store._fetch(REACHED_KEYS)
    reached = {key.removeprefix(f"{REACHED}:") for (key,) in keys if key.startswith(REACHED)}
    return reached, Counter(about for (about,) in await store._fetch(MEANT))


async def worked_off(post: Post, clock: StillClock) -> None:
    """Do what the dead left: replies that were not marked, receipts that came too early."""
    await post.store.beat(clock.now())
    for pause in (timedelta(0), *EARLY):
        clock.time += pause
        await post.outbox.sweep()
        await post.outbox._pumps.wait(5)
        await post.store._group.drain()
        await post.timers.tick()


@pytest.mark.slow
async def test_what_was_answered_is_never_lost_and_nothing_is_doubled(database_url: str) -> None:
    """Killed three times: all that arrived is told to have, all that failed is tried once more."""
    key, taken = Sealer.new_key(), set[Taken]()
    for life in range(KILLS):
        with taker(database_url, key, 1_000_000 * (life + 1)) as process:
            taken |= await asyncio.to_thread(answered, process)
    store, clock = await Store.open(database_url, Sealer.read(key), "a"), StillClock()
    clock.time = SystemClock().now()
    post = Post.on(store, Gateway(), clock)
    await worked_off(post, clock)
    before = await reached_and_sent(store)
    for code, number, part in taken:
        assert await post.receipts.take(heard(number, part, arrived=code % 2 == 0)) == 200
    reached, sent = after = await reached_and_sent(store)
    await store.close()
    parts = Counter(code for code, _, _ in taken)
    whole = {code for code, count in parts.items() if count == PARTS}
    assert {f"{code:09}:2" for code in whole if code % 2 == 0} <= reached
    assert {sent[f"{code:09}:2"] for code in parts if code % 2} == {2}
    assert {sent[about] for about in reached} == {1}
    assert max(sent.values()) == 2
    assert before == after
    assert len(parts) >= KILLS
