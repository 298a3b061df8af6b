"""PostgreSQL over asyncpg: whole batches per statement, and every wait has an end."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from operator import itemgetter
from typing import TypeVar

import asyncpg

from storage.database.errors import (
    ClashError,
    InDoubtError,
    StatementRefusedError,
    StoreUnavailable,
    ToldApart,
)
from storage.database.link import Job, Row
from storage.database.statements import Statement

T = TypeVar("T")

PATIENCE = 4.0  # seconds for one job, connecting included
LANES = 2
CONNECTIONS = 8
# Classes of SQLSTATE that pass by themselves or by an operator's hand: connection, read-only
# standby, resources (disk full, too many connections), operator intervention, system error.
PASSING = ("08", "25", "53", "57", "58")
CLASHES = ("40",)  # deadlock, serialisation
SESSION = {"application_name": "satupintu", "jit": "off", "timezone": "UTC"}


class PostgresLink:
    """One connection."""

    def __init__(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._connection = connection

    async def begin(self) -> None:
        with _told_apart:
            await self._connection.execute("BEGIN")

    async def commit(self) -> None:
        try:
            with _told_apart:
                await self._connection.execute("COMMIT")
        except ClashError:
            raise
        except StoreUnavailable as error:
            raise InDoubtError(str(error)) from error
        except asyncio.CancelledError:
            self._connection.terminate()
            raise InDoubtError("no answer to a commit") from None

    async def rollback(self) -> None:
        with _told_apart:
            await self._connection.execute("ROLLBACK")

    async def alone(self, what: int) -> None:
        with _told_apart:
            await self._connection.execute(f"SELECT pg_advisory_xact_lock({int(what)})")

    async def run(self, statement: Statement, rows: Sequence[Row]) -> None:
        await self.fetch(statement, rows)

    async def hits(self, statement: Statement, rows: Sequence[Row]) -> Sequence[bool]:
        """Rows go in by order of their keys, so that two processes lock them in one order."""
        key = itemgetter(statement.key)
        hit = await self.fetch(statement, sorted(rows, key=key))
        if len(hit) == len(rows):  # no two share a key: all of them
            return [True] * len(rows)
        found = {row[0] for row in hit}
        return [key(row) in found for row in rows]

    async def fetch(self, statement: Statement, rows: Sequence[Row]) -> list[Row]:
        script, fetch = statement.postgres, self._connection.fetch
        with _told_apart:
            if not statement.alone:
                columns = tuple(zip(*rows, strict=True))
                together: list[Row] = await fetch(script.text, *script.pick(columns))
                return together
            found: list[Row] = []
            for row in rows:
                found += await fetch(script.text, *script.pick(row))
            return found


class PostgresAside:
    """A connection with a loop of its own, in the calling thread."""

    def __init__(
        self, runner: asyncio.Runner, connection: "asyncpg.Connection[asyncpg.Record]"
    ) -> None:
        self._runner = runner
        self._link = PostgresLink(connection)

    def run(self, job: Job[T]) -> T:
        return self._runner.run(job(self._link))


class Postgres:
    """A PostgreSQL database."""

    lanes = LANES

    def __init__(self, url: str) -> None:
        self._url = url
        self._free: list[asyncpg.Connection[asyncpg.Record]] = []
        self._room = asyncio.Semaphore(CONNECTIONS)

    async def write(self, job: Job[T]) -> T:
        return await self._run(job)

    async def read(self, job: Job[T]) -> T:
        return await self._run(job)

    write_now = write
    read_now = read

    @contextmanager
    def aside(self) -> Iterator["PostgresAside"]:
        with asyncio.Runner() as runner:
            connection = runner.run(connect(self._url))
            try:
                yield PostgresAside(runner, connection)
            finally:
                connection.terminate()

    async def close(self) -> None:
        while self._free:
            connection = self._free.pop()
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await connection.close(timeout=1)  # or else it is ended at once

    async def _run(self, job: Job[T]) -> T:
        """Run *job*, once more on a new connection where an idle one turned out to be dead."""
        try:
            async with asyncio.timeout(PATIENCE), self._room:
                while self._free:
                    connection = self._free.pop()
                    if connection.is_closed():
                        continue
                    try:
                        return await self._used(connection, job)
                    except (InDoubtError, ClashError):
                        raise
                    except StoreUnavailable:
                        self._forget()
                return await self._used(await connect(self._url), job)
        except TimeoutError:
            raise StoreUnavailable(f"no answer within {PATIENCE} s") from None
        except InDoubtError:
            if (task := asyncio.current_task()) and task.cancelling():
                raise asyncio.CancelledError from None  # our own end, not the database's
            raise

    async def _used(self, connection: "asyncpg.Connection[asyncpg.Record]", job: Job[T]) -> T:
        kept = False
        try:
            result = await job(PostgresLink(connection))
            kept = True
            return result
        finally:
            if kept and not connection.is_in_transaction():
                self._free.append(connection)
            else:
                connection.terminate()

    def _forget(self) -> None:
        """Drop the idle connections: what broke one broke them all."""
        while self._free:
            self._free.pop().terminate()


async def connect(url: str) -> "asyncpg.Connection[asyncpg.Record]":
    """Open a connection. Raises StoreUnavailable."""
    with _told_apart:
        return await asyncpg.connect(
            url, timeout=PATIENCE, server_settings=SESSION, statement_cache_size=200
        )


def _ours(error: BaseException) -> Exception | None:
    match error:
        case asyncpg.PostgresError():
            return _by_state(error.sqlstate or "", str(error))
        case asyncpg.InterfaceError() if isinstance(error, ValueError):  # asyncpg.DataError
            return StatementRefusedError("a value does not fit its column")
        case asyncpg.InternalClientError() | asyncpg.InterfaceError() | OSError():
            return StoreUnavailable(str(error))
        case _:
            return None


def _by_state(state: str, text: str) -> Exception:
    if state.startswith(PASSING):
        return StoreUnavailable(text)
    if state.startswith(CLASHES):
        return ClashError(text)
    return StatementRefusedError(text)


_told_apart = ToldApart(_ours)
