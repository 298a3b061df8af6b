"""SQLite in the event loop's own hands: it never waits for another process, and waits apart."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from storage.chats.wishes import HAS_STOPPED
from storage.database.link import Link
from storage.database.sealing import Sealer
from storage.database.sqlite import Sqlite
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import turn

HELD = 0.3  # seconds another process keeps the file to itself
NEVER_SO_LONG = HELD / 2  # for the loop to stand still


@pytest.fixture
def path(sqlite_url: str) -> Path:
    """Give the migrated file."""
    return Path(sqlite_url.removeprefix("sqlite:///"))


@contextmanager
def another(path: Path, *statements: str) -> Iterator[sqlite3.Connection]:
    """Give another process's connection, after *statements*."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement).fetchall()
    try:
        yield connection
    finally:
        connection.close()


@asynccontextmanager
async def going_round() -> AsyncIterator[None]:
    """Check that the loop never stands still meanwhile."""
    longest, before = 0.0, time.monotonic()

    async def look() -> None:
        nonlocal longest, before
        while True:
            await asyncio.sleep(0.01)
            now = time.monotonic()
            longest, before = max(longest, now - before), now

    looking = asyncio.ensure_future(look())
    yield
    looking.cancel()
    assert longest < NEVER_SO_LONG


async def look(link: Link) -> None:
    """Read nothing in particular."""
    assert await link.fetch(HAS_STOPPED, [(b"nobody",)]) == []


async def begin(link: Link) -> None:
    """Write nothing, in a transaction."""
    await link.begin()
    await link.commit()


async def test_a_commit_waits_apart_for_another_process(
    sqlite_url: str, path: Path, sealer: Sealer
) -> None:
    """A turn whose file is held by another process is kept once it is free; the loop goes on."""
    store = await Store.open(sqlite_url, sealer, "one")
    with another(path, "BEGIN IMMEDIATE"):
        keeping = asyncio.ensure_future(store.commit(turn(store)))
        async with going_round():
            await asyncio.sleep(HELD)
        assert not keeping.done()
    assert await keeping is Outcome.KEPT
    await store.close()


async def test_a_read_that_would_wait_is_done_apart(path: Path) -> None:
    """A look at a file that is held fast is left to a thread, which may wait for it."""
    engine = Sqlite(path)
    with another(path, "PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE"):
        looking = asyncio.ensure_future(engine.read_now(look))
        async with going_round():
            await asyncio.sleep(HELD)
        assert not looking.done()
    await looking
    await engine.close()


async def test_who_gives_up_waiting_leaves_the_file_to_the_next(path: Path) -> None:
    """A write that is broken off holds its connection until its thread is done, then lets go."""
    engine = Sqlite(path)
    await engine.write(begin)
    with another(path, "BEGIN IMMEDIATE"):
        for write in (engine.write_now, engine.write):
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(write(begin), 0.05)
            following = asyncio.ensure_future(engine.write_now(begin))
            await asyncio.sleep(0.05)
            assert not following.done()
            following.cancel()
    await engine.write_now(begin)
    await engine.close()
