"""The schema: migrations make exactly the tables that the statements expect."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from storage.database.engine import DatabaseUrlError, read_url
from storage.database.errors import StoreOutdatedError
from storage.database.migrate import HEAD, is_current, migrate
from storage.database.sealing import Sealer
from storage.database.upgrade import STEPS
from storage.replies.outbox import DROP_LATER
from storage.store import Store
from storage.tables.schema import metadata
from storage.upkeep.erasing import ABOUT
from tests.servers import Postgres
from tests.storage.samples import NOW


def differences(connection: Connection) -> list[object]:
    """Return how the database differs from the tables in the code."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    """Nothing is missing, nothing is left over."""
    driver = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    url = read_url(database_url)
    if url.drivername == "sqlite":
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            assert differences(connection) == []
        engine.dispose()
        return
    distant = create_async_engine(url.set(drivername=driver[url.drivername]))
    async with distant.connect() as connection:
        assert await connection.run_sync(differences) == []
    await distant.dispose()


def test_the_newest_step_is_the_one_asked_for() -> None:
    """A new file in migrations/versions counts only when HEAD names it."""
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrating_twice_does_nothing(tmp_path: Path) -> None:
    """A second start finds its schema and leaves it alone."""
    url = f"sqlite:///{tmp_path / 'deep' / 'new.db'}"
    assert not is_current(url)
    assert migrate(url)
    assert is_current(url)
    assert not migrate(url)


def test_processes_that_start_together_wait_for_each_other(
    tmp_path: Path, postgres: Postgres
) -> None:
    """One of them migrates; none fails."""
    postgres.run("CREATE DATABASE fresh")
    for url in (f"sqlite:///{tmp_path / 'new.db'}", postgres.url("fresh")):
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(migrate, [url] * 4))
        assert is_current(url)
    postgres.run("DROP DATABASE fresh WITH (FORCE)")


async def test_migrating_works_beside_a_running_loop(postgres_url: str) -> None:
    """Whoever calls it from a coroutine gets the same."""
    assert not migrate(postgres_url)
    assert not await asyncio.to_thread(migrate, postgres_url)


async def test_the_unix_socket_is_as_good(postgres: Postgres, sealer: Sealer) -> None:
    """A database's URL may name a folder with its socket."""
    postgres.run("CREATE DATABASE socketed")
    url = postgres.socket_url("socketed")
    assert migrate(url)
    store = await Store.open(url, sealer, "one")
    assert await store.outbox_age(NOW) == 0
    await store.close()
    postgres.run("DROP DATABASE socketed WITH (FORCE)")


async def test_a_store_on_an_old_schema_says_so(tmp_path: Path, sealer: Sealer) -> None:
    """Nobody works on tables that are not there."""
    with pytest.raises(StoreOutdatedError, match="migrate"):
        await Store.open(f"sqlite:///{tmp_path / 'empty.db'}", sealer, "one")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("sqlite:////tmp/a.db", "sqlite"),
        ("sqlite+aiosqlite:///a.db", "sqlite"),
        ("postgresql://u@h/d", "postgresql"),
        ("postgres://u@h/d", "postgresql"),
        ("postgresql+asyncpg://u:p@h:5/d?host=/run", "postgresql"),
    ],
)
def test_urls_as_people_write_them(url: str, kind: str) -> None:
    """Drivers and the short name are forgiven."""
    assert read_url(url).drivername == kind


@pytest.mark.parametrize("url", ["", "sqlite://", "mysql://h/d", "nonsense"])
def test_a_url_we_do_not_know_is_explained(url: str) -> None:
    """The error says what a URL may be, and shows no password."""
    with pytest.raises(DatabaseUrlError, match="database"):
        read_url(url)


def test_replies_about_a_ticket_are_found_by_it(sqlite_url: str) -> None:
    """Neither the erasure of a ticket nor its change reads through all replies that wait."""
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        for statement in (ABOUT, DROP_LATER):
            script = statement.sqlite
            plan = connection.execute(f"EXPLAIN QUERY PLAN {script.text}", script.pick(("1", "2")))
            assert [row[3] for row in plan] == [
                "SEARCH outbox USING INDEX outbox_kept_about (about>? AND about<?)"
            ]


async def test_what_replies_are_about_is_in_no_languages_order(postgres_url: str) -> None:
    """In some languages ";" stands before ":", and a range by its beginning would be empty."""
    connection = await asyncpg.connect(postgres_url)
    named = await connection.fetchval(
        "SELECT collation_name FROM information_schema.columns"
        " WHERE table_name = 'outbox' AND column_name = 'about'"
    )
    await connection.close()
    assert named == "C"
