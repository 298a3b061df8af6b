"""SQLite: what is short is done here and now; threads do what is long, and wait for the disk.

Two threads that take turns at every row cost more than the rows do. So the event loop itself
writes a commit's rows and reads single ones, and leaves to a thread what could keep it waiting:
the disk at COMMIT, another process's transaction, and whole tables.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from storage.database.errors import StatementRefusedError, StoreUnavailable, ToldApart
from storage.database.link import Job, Row
from storage.database.statements import Statement

T = TypeVar("T")
Wait = Callable[[Callable[[], None]], Coroutine[Any, Any, None]]

PATIENCE = 2.0  # seconds a thread waits for another process's transaction; the loop never does
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
        self._execute = connection.cursor().execute  # one cursor for all: each costs as a row does

    async def begin(self) -> None:
        with _told_apart:
            self._execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        with _told_apart:
            self._execute("COMMIT")

    async def rollback(self) -> None:
        if self._connection.in_transaction:
            with _told_apart:
                self._execute("ROLLBACK")

    async def alone(self, what: int) -> None:
        """Do nothing: SQLite has one writer."""

    async def run(self, statement: Statement, rows: Sequence[Row]) -> None:
        script = statement.sqlite
        with _told_apart:
            self._connection.executemany(script.text, script.picked(rows))

    async def hits(self, statement: Statement, rows: Sequence[Row]) -> Sequence[bool]:
        script, text, execute = statement.sqlite, statement.sqlite.text, self._execute
        with _told_apart:
            return [execute(text, row).rowcount == 1 for row in script.picked(rows)]

    async def fetch(self, statement: Statement, rows: Sequence[Row]) -> list[Row]:
        script, text, execute = statement.sqlite, statement.sqlite.text, self._execute
        found: list[Row] = []
        with _told_apart:
            for row in script.picked(rows):
                found += execute(text, row)
        return found


class LoopLink(SqliteLink):
    """The writer's connection in the event loop's hands; *wait* has a thread do what waits."""

    def __init__(self, connection: sqlite3.Connection, wait: Wait) -> None:
        super().__init__(connection)
        self._wait = wait

    async def begin(self) -> None:
        try:
            await super().begin()
        except StoreUnavailable:  # another process writes
            await self._wait(self._begin_patiently)

    async def commit(self) -> None:
        await self._wait(self._commit)

    def _begin_patiently(self) -> None:
        with _patient(self._connection), _told_apart:
            self._execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        with _told_apart:
            self._execute("COMMIT")


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


class Writer:
    """The connection that writes: in its thread or in the event loop, never in both at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(1, "sqlite-writer")
        self._free = asyncio.Lock()
        self._waited_for: asyncio.Future[Any] | None = None  # what the thread did or does
        self._connection: sqlite3.Connection | None = None

    async def write(self, job: Job[T]) -> T:
        """Return what *job* gives, done in the thread."""
        await self._free.acquire()
        try:
            return await self._wait(lambda: self._written(job))
        finally:
            self._let_go()

    async def write_now(self, job: Job[T]) -> T:
        """Return what *job* gives, done in the event loop but for what would wait."""
        await self._free.acquire()
        try:
            return await job(LoopLink(await self._connected(), self._wait))
        finally:
            self._let_go()

    def close(self) -> None:
        """End the thread and close the connection."""
        self._thread.shutdown()
        if self._connection is not None:
            self._connection.close()

    async def _connected(self) -> sqlite3.Connection:
        if self._connection is None:
            await self._wait(self._connect)
        assert self._connection is not None  # noqa: S101 - for the type checker
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect(self._path, writes=True)
            self._connection.execute("PRAGMA busy_timeout=0")
        return self._connection

    def _written(self, job: Job[T]) -> T:
        connection = self._connect()
        with _patient(connection):
            return SqliteAside(connection).run(job)

    async def _wait(self, work: Callable[[], T]) -> T:
        """Return what *work* gives, done in the thread: to its end, even where nobody waits."""
        doing = asyncio.get_running_loop().run_in_executor(self._thread, work)
        self._waited_for = doing
        return await asyncio.shield(doing)

    def _let_go(self) -> None:
        """Give the connection to the next, once the thread is done with it."""
        if self._waited_for is not None and not self._waited_for.done():
            self._waited_for.add_done_callback(lambda _: self._let_go())
            return
        try:
            if self._connection is not None and self._connection.in_transaction:
                self._connection.rollback()
        finally:
            self._free.release()


class Sqlite:
    """A SQLite file."""

    lanes = 1

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = Writer(path)
        self._readers = ThreadPoolExecutor(READERS, "sqlite-reader")
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._glance: sqlite3.Connection | None = None  # what the event loop reads through
        self.write, self.write_now = self._writer.write, self._writer.write_now

    async def read(self, job: Job[T]) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read, job)

    async def read_now(self, job: Job[T]) -> T:
        try:
            if self._glance is None:
                self._glance = self._opened(patience=0)
            return driven(job, SqliteLink(self._glance))
        except StoreUnavailable:  # where a thread may wait
            return await self.read(job)

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
        for connection in self._open:
            connection.close()
        self._writer.close()

    def _read(self, job: Job[T]) -> T:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = self._opened(PATIENCE)
        return driven(job, SqliteLink(connection))

    def _opened(self, patience: float) -> sqlite3.Connection:
        """Open a connection that reads, to be closed at the end."""
        connection = connect(self._path, writes=False, patience=patience)
        self._open.append(connection)
        return connection


def connect(path: Path, *, writes: bool, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open *path*, in autocommit; it waits *patience* s for others. Raises StoreUnavailable."""
    address = f"file:{quote(str(path))}?mode={'rwc' if writes else 'ro'}"
    with _told_apart:
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=patience,
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
def _patient(connection: sqlite3.Connection) -> Iterator[None]:
    """Have *connection*, in a thread for now, wait for other processes."""
    connection.execute(f"PRAGMA busy_timeout={PATIENCE * 1000:.0f}")
    try:
        yield
    finally:
        connection.execute("PRAGMA busy_timeout=0")


def _ours(error: BaseException) -> Exception | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        passes = code is not None and code & PRIMARY in PASSING
        return (StoreUnavailable if passes else StatementRefusedError)(str(error))
    misfit = isinstance(error, OverflowError | TypeError | ValueError)
    return StatementRefusedError(type(error).__name__) if misfit else None


_told_apart = ToldApart(_ours)
