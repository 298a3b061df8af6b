"""Bring a database's schema up to this version's. Alembic is only loaded when there is work."""

import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg
from sqlalchemy.engine import URL

from storage.database.apart import run_apart
from storage.database.engine import path_of, read_url
from storage.database.errors import StoreUnavailable

HEAD = "0005"  # the newest step in migrations/versions
ASK = "SELECT version_num FROM alembic_version"


def migrate(url: str) -> bool:
    """Bring *url* up to date, blocking; True when there was something to do.

    Processes may start together: one does the work, the others wait. Raises StoreUnavailable.
    """
    if is_current(url):
        return False
    parsed = read_url(url)
    if parsed.drivername == "sqlite":
        path_of(parsed).parent.mkdir(parents=True, exist_ok=True)
    _upgrade(parsed)
    return True


def is_current(url: str) -> bool:
    """Say whether the schema at *url* is this version's. Raises StoreUnavailable."""
    parsed = read_url(url)
    if parsed.drivername == "sqlite":
        return _sqlite_version(path_of(parsed)) == HEAD
    return run_apart(_postgres_version(parsed)) == HEAD


def _sqlite_version(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            row = connection.execute(ASK).fetchone()
    except sqlite3.OperationalError:
        return None
    return row and str(row[0])


async def _postgres_version(url: URL) -> str | None:
    try:
        connection = await asyncpg.connect(url.render_as_string(hide_password=False), timeout=5)
    except (OSError, asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError) as error:
        raise StoreUnavailable(str(error)) from error
    try:
        version: str | None = await connection.fetchval(ASK)
    except asyncpg.UndefinedTableError:
        return None
    else:
        return version
    finally:
        await connection.close()


def _upgrade(url: URL) -> None:
    from storage.database.upgrade import upgrade  # noqa: PLC0415 - Alembic costs a start 0.3 s it rarely needs

    upgrade(url, HEAD)
