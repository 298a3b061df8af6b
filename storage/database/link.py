"""What a transaction needs of a database connection: the one seam between the two databases."""

from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from storage.database.statements import Statement

Row = tuple[Any, ...]  # a row of any table
T = TypeVar("T")


class Link(Protocol):
    """One connection. On SQLite its coroutines suspend at most to commit; on PostgreSQL all do.

    Every method raises StoreUnavailable or StatementRefusedError and no driver's own error.
    """

    async def begin(self) -> None:
        """Start a transaction that writes."""
        ...

    async def commit(self) -> None:
        """Keep everything since `begin`. Raises InDoubtError when nobody knows whether it did."""
        ...

    async def rollback(self) -> None:
        """Undo everything since `begin`."""
        ...

    async def alone(self, what: int) -> None:
        """Wait until no other transaction of any process holds *what*; hold it to the end."""
        ...

    async def run(self, statement: Statement, rows: Sequence[Row]) -> None:
        """Write *rows*."""
        ...

    async def hits(self, statement: Statement, rows: Sequence[Row]) -> Sequence[bool]:
        """Write *rows* and say of each whether its condition held. No two may share a key."""
        ...

    async def fetch(self, statement: Statement, rows: Sequence[Row]) -> list[Row]:
        """Return what *statement* gives for all *rows* together."""
        ...


async def write_alone(link: Link, statement: Statement, rows: Sequence[Row]) -> list[Row]:
    """Return what *statement* gives for *rows*, run in a transaction of its own."""
    await link.begin()
    found = await link.fetch(statement, rows)
    await link.commit()
    return found


Job = Callable[[Link], Coroutine[Any, Any, T]]


class Aside(Protocol):
    """A connection of its own for long work, used from a thread of its own."""

    def run(self, job: Job[T]) -> T:
        """Return what *job* gives; undone when it fails."""
        ...


class Engine(Protocol):
    """A database: it runs jobs on connections, and opens new ones where old ones broke."""

    lanes: int  # transactions that may be written side by side

    async def write(self, job: Job[T]) -> T:
        """Return what *job* gives, run on a connection that may write; undone when it fails."""
        ...

    async def write_now(self, job: Job[T]) -> T:
        """Do as `write`, for a short transaction that ends with `Link.commit`."""
        ...

    async def read(self, job: Job[T]) -> T:
        """Return what *job* gives, run where no writer is in its way."""
        ...

    async def read_now(self, job: Job[T]) -> T:
        """Do as `read`, for single rows found by their keys."""
        ...

    def aside(self) -> AbstractContextManager[Aside]:
        """Give a connection for long work in the calling thread, which runs no event loop."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...
