"""SQLite: one thread that writes, others that read, and coroutines that never suspend."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from storage.errors import StatementRefusedError, StoreUnavailable
from storage.link import Job, Row
from storage.statements import Statement

T = TypeVar("T")

PATIENCE = 2.0  # seconds a writer waits for another process's transaction
READERS = 2
WRITER_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA cache_size=-16000",
    "PRAGMA wal_autocheckpoint=2000",
    "PRAGMA journal_size_limit=67108864",
)
# An import can be repeated: it need not wait for the disk after every batch.
ASIDE_PRAGMAS = ("PRAGMA synchronous=NORMAL", "PRAGMA wal_autocheckpoint=8000")
# SQLite's result codes that pass by themselves or by an operator's hand: BUSY, LOCKED, NOMEM,
# READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, PROTOCOL.
PASSING = frozenset({5, 6, 7, 8, 9, 10, 13, 14, 15})
PRIMARY = 0xFF  # the part of an extended result code that names its family


class SqliteLink:
    """One connection, used by one thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._execute = connection.execute

    async def begin(self) -> None:
        with _told_apart():
            self._execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        with _told_apart():
            self._execute("COMMIT")

    async def rollback(self) -> None:
        if self._connection.in_transaction:
            with _told_apart():
                self._execute("ROLLBACK")

    async def alone(self, what: int) -> None:
        """Do nothing: SQLite has one writer."""

    async def run(self, statement: Statement, rows: Sequence[Row]) -> None:
        script = statement.sqlite
        with _told_apart():
            self._connection.executemany(script.text, map(script.pick, rows))

    async def hits(self, statement: Statement, rows: Sequence[Row]) -> Sequence[bool]:
        script, execute = statement.sqlite, self._execute
        with _told_apart():
            return [execute(script.text, script.pick(row)).rowcount == 1 for row in rows]

    async def fetch(self, statement: Statement, rows: Sequence[Row]) -> list[Row]:
        script, execute = statement.sqlite, self._execute
        with _told_apart():
            return [
                found
                for row in rows
                for found in execute(script.text, script.pick(row)).fetchall()
            ]


class SqliteAside:
    """A connection that writes, in the calling thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def run(self, job: Job[T]) -> T:
        try:
            return driven(job, SqliteLink(self._connection))
        finally:
            if self._connection.in_transaction:
                self._connection.rollback()


class Sqlite:
    """A SQLite file."""

    lanes = 1

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = ThreadPoolExecutor(1, "sqlite-writer")
        self._readers = ThreadPoolExecutor(READERS, "sqlite-reader")
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []

    async def write(self, job: Job[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, self._written, job)

    async def read(self, job: Job[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read, job)

    @contextmanager
    def aside(self) -> Iterator["SqliteAside"]:
        with closing(connect(self._path, writes=True)) as connection:
            for pragma in ASIDE_PRAGMAS:
                connection.execute(pragma)
            yield SqliteAside(connection)

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._readers.shutdown()
        self._writer.shutdown()
        for connection in reversed(self._open):
            connection.close()

    def _written(self, job: Job[T]) -> T:
        return SqliteAside(self._connected(writes=True)).run(job)

    def _read(self, job: Job[T]) -> T:
        return driven(job, SqliteLink(self._connected(writes=False)))

    def _connected(self, *, writes: bool) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = connect(self._path, writes=writes)
            self._local.connection = connection
            self._open.append(connection)
        return connection


def connect(path: Path, *, writes: bool) -> sqlite3.Connection:
    """Open *path*, in autocommit. Raises StoreUnavailable."""
    address = f"file:{quote(str(path))}?mode={'rwc' if writes else 'ro'}"
    with _told_apart():
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        if writes:
            for pragma in WRITER_PRAGMAS:
                connection.execute(pragma)
        return connection


def driven(job: Job[T], link: SqliteLink) -> T:
    """Return what *job* gives, run to its end here and now."""
    coroutine = job(link)
    try:
        coroutine.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    coroutine.close()
    raise RuntimeError("a job on SQLite must never wait")


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn the driver's errors into our own."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & PRIMARY in PASSING:
            raise StoreUnavailable(str(error)) from error
        raise StatementRefusedError(str(error)) from error
    except (OverflowError, TypeError, ValueError) as error:
        raise StatementRefusedError(type(error).__name__) from error
