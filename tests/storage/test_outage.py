"""A database that is gone, hung or locked: told soon, nothing half done, and back by itself."""

import asyncio
import gc
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from conversations.messages import Address, Channel, Reply
from storage.database.errors import InDoubtError, StatementRefusedError, StoreUnavailable
from storage.database.link import Job
from storage.database.migrate import migrate
from storage.database.postgres import PostgresLink
from storage.database.sealing import Sealer
from storage.database.sqlite import SqliteLink
from storage.group_commit import TRY_AGAIN
from storage.store import Store
from storage.unit import Outcome
from tests.servers import Postgres
from tests.storage.samples import NOW, SITI, said, turn

BOUND = 6.0  # seconds, with room for a busy machine


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """Give a PostgreSQL that this test may ill-treat."""
    with Postgres() as server:
        migrate(server.url())
        yield server


async def refused(store: Store) -> float:
    """Check that a commit fails as retriable, and return how long that took."""
    begun = time.monotonic()
    with pytest.raises(StoreUnavailable):
        await store.commit(turn(store, version=1))
    return time.monotonic() - begun


async def back(store: Store, version: int) -> None:
    """Commit a turn as soon as the database takes it again."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            assert await store.commit(turn(store, version=version)) is Outcome.KEPT
        except StoreUnavailable:
            await asyncio.sleep(0.1)
        else:
            return
    pytest.fail("the store did not come back")


async def test_a_stopped_database_is_told_at_once(own_postgres: Postgres, sealer: Sealer) -> None:
    """Nothing listens: commits and reads fail quickly, and go on when it is started again."""
    store = await Store.open(own_postgres.url(), sealer, "one")
    await store.commit(turn(store))
    own_postgres.stop()
    assert await refused(store) < BOUND
    with pytest.raises(StoreUnavailable):
        await store.session(SITI)
    own_postgres.start()
    await back(store, 1)
    assert await store.session(SITI) == (2, b"session 2")
    await store.close()


async def test_a_restart_between_two_turns_is_not_noticed(
    own_postgres: Postgres, sealer: Sealer
) -> None:
    """Idle connections that died are replaced before anybody is refused."""
    store = await Store.open(own_postgres.url(), sealer, "one")
    await store.commit(turn(store))
    own_postgres.stop()
    own_postgres.start()
    assert await store.commit(turn(store, version=1)) is Outcome.KEPT
    assert await store.session(SITI) is not None
    await store.close()


async def test_a_hung_database_is_given_up_in_time(own_postgres: Postgres, sealer: Sealer) -> None:
    """It takes connections and never answers: everybody hears so within five seconds."""
    store = await Store.open(own_postgres.url(), sealer, "one")
    await store.commit(turn(store))
    own_postgres.hang()
    begun = time.monotonic()
    results = await asyncio.gather(
        *(store.commit(turn(store, version=1)) for _ in range(5)),
        store.session(SITI),
        return_exceptions=True,
    )
    assert time.monotonic() - begun < BOUND
    assert all(isinstance(result, StoreUnavailable) for result in results)
    own_postgres.go_on()
    session = await store.session(SITI)
    assert session is not None
    await back(store, session[0])
    await store.close()


async def test_a_commit_in_doubt_loses_no_reply(
    own_postgres: Postgres, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the answer to COMMIT was lost, the reply is claimed later if it was kept."""
    store = await Store.open(own_postgres.url(), sealer, "one")
    commit = PostgresLink.commit

    async def interrupted(link: PostgresLink) -> None:
        own_postgres.hang()
        await commit(link)  # on its way, and read when the server goes on

    with monkeypatch.context() as patched:
        patched.setattr(PostgresLink, "commit", interrupted)
        unit = turn(store, message="m1")
        with pytest.raises(InDoubtError):
            await store.commit(unit)
    own_postgres.go_on()
    await asyncio.sleep(0.5)
    assert await store.commit(turn(store, message="m1")) is Outcome.DUPLICATE
    assert [item.id for item in await store.claim(NOW, 10)] == [unit.items[0].id]
    await store.close()


async def test_marks_survive_an_outage(own_postgres: Postgres, sealer: Sealer) -> None:
    """What was sent while the database was away is not sent again when it is back."""
    store = await Store.open(own_postgres.url(), sealer, "one")
    items = await said(store, "a", "b")
    own_postgres.stop()
    for item in items:
        store.mark_sent(item.id)
    await asyncio.sleep(TRY_AGAIN * 3)
    own_postgres.start()
    await asyncio.sleep(TRY_AGAIN * 3)
    await store.close()
    again = await Store.open(own_postgres.url(), sealer, "one")
    assert await again.claim(NOW, 10) == []
    await again.close()


async def test_a_locked_file_is_given_up_in_time(sqlite_url: str, sealer: Sealer) -> None:
    """Another process holds the file: commits fail as retriable, reads go on."""
    store = await Store.open(sqlite_url, sealer, "one")
    await store.commit(turn(store))
    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await refused(store) < BOUND
        assert await store.session(SITI) == (1, b"session 1")
        other.execute("ROLLBACK")
    await back(store, 1)
    await store.close()


async def test_a_full_disk_is_no_bug(sqlite_url: str, sealer: Sealer) -> None:
    """A file that cannot grow refuses as retriable, keeps what it has, and goes on later."""
    store = await Store.open(sqlite_url, sealer, "one")
    await store.commit(turn(store))
    await store._engine.write(lambda link: limit(link, 1))
    unit = store.unit()
    unit.send(SITI, Reply("x" * 1_000_000), NOW)
    with pytest.raises(StoreUnavailable, match="full"):
        await store.commit(unit)
    await store._engine.write(lambda link: limit(link, 1_000_000))
    await back(store, 1)
    await store.close()


async def limit(link: SqliteLink, pages: int) -> None:
    """Let the file have at most *pages* more than it has (SQLite never goes below its size)."""
    link._execute(f"PRAGMA max_page_count = {pages}")


async def test_a_missing_database_is_told_when_opening(sealer: Sealer) -> None:
    """A wrong port is an outage, not a bug."""
    with pytest.raises(StoreUnavailable):
        await Store.open("postgresql://postgres@127.0.0.1:1/none", sealer, "one")


async def test_an_outage_amid_a_separation_is_told_to_all(sqlite_url: str, sealer: Sealer) -> None:
    """When the database goes while a faulty unit is looked for, the rest is told at once."""
    store = await Store.open(sqlite_url, sealer, "one")
    calls: list[int] = []

    async def failing(_: Job[None]) -> None:
        calls.append(1)
        raise StatementRefusedError if len(calls) == 1 else StoreUnavailable("gone")

    store._engine.write_now = failing  # type: ignore[method-assign,assignment]  # a database that fails in steps
    units = [turn(store, Address(Channel.SMS, str(n))) for n in range(20)]
    done = await asyncio.gather(*map(store.commit, units), return_exceptions=True)
    assert {type(one) for one in done} == {StoreUnavailable}
    assert len(calls) == 2


async def test_a_bug_leaves_nobody_waiting(sqlite_url: str, sealer: Sealer) -> None:
    """Whatever breaks inside a commit, who waits is told."""
    store = await Store.open(sqlite_url, sealer, "one")
    heard: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: heard.append(told["message"]))

    async def broken(_: Job[None]) -> None:
        raise LookupError

    store._engine.write_now = broken  # type: ignore[method-assign,assignment]  # a bug, planted
    with pytest.raises(StoreUnavailable, match="bug"):
        await store.commit(turn(store))
    await asyncio.sleep(0)
    gc.collect()
    assert heard == ["Task exception was never retrieved"]
