"""The shelf: sealed contents of files in a folder or a bucket, apart from the database.

A content is written whole or not at all, and before the row that names it. What no row names a
day later was left by a crash or a lost commit, and goes.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

from storage.database.sealing import Purpose, SealBroken, Sealer
from storage.shelf.files import KeptFile

ID = re.compile(r"[0-9a-f]{32}")
STRAY = timedelta(days=1)  # after which what no row names is nobody's
AT_A_TIME = 200  # names asked about at once

Known = Callable[[Collection[str]], Awaitable[set[str]]]


class ShelfPlace(Protocol):
    """Where sealed contents lie, by their file's id. Every method may raise FilesUnavailable."""

    async def write(self, number: str, sealed: bytes) -> None:
        """Keep *sealed* as *number*, whole; it outlives a power cut when this returns."""
        ...

    async def read(self, number: str) -> bytes | None:
        """Return what lies as *number*, None where nothing does."""
        ...

    async def remove(self, number: str) -> None:
        """Let go of *number*, where it is."""
        ...

    def older_than(self, then: datetime) -> AsyncIterator[str]:
        """Yield the numbers of what was written before *then*."""
        ...


class Shelf:
    """Contents by their file's id, sealed before they reach *place*; all processes share it.

    Every method may raise FilesUnavailable: nothing is lost by it, and trying again can help.
    """

    def __init__(self, place: ShelfPlace, sealer: Sealer) -> None:
        self._place = place
        self._sealer = sealer

    async def put(self, file: KeptFile, content: bytes) -> None:
        """Keep the *content* of *file*, sealed; it is there for good when this returns."""
        await self._place.write(_named(file.id), self._sealer.seal(content, file.purpose))

    async def get(self, file: KeptFile) -> bytes | None:
        """Return the content of *file*, or None where it is gone or not what was put there."""
        sealed = await self._place.read(_named(file.id))
        if sealed is None:
            return None
        try:
            content = self._sealer.open(sealed, file.purpose)
        except SealBroken:
            return None
        return content if sha256(content).hexdigest() == file.digest else None

    async def renew(self, number: str, purpose: Purpose) -> bool:
        """Seal the content of file *number* anew where an older key sealed it; say if that was so.

        One that this process has no key for, or that is gone, stays as it is.
        """
        sealed = await self._place.read(_named(number))
        if sealed is None or sealed.startswith(self._sealer.mark(purpose)):
            return False
        try:
            content = self._sealer.open(sealed, purpose)
        except SealBroken:
            return False
        await self._place.write(number, self._sealer.seal(content, purpose))
        return True

    async def remove(self, *ids: str) -> None:
        """Let go of the contents of *ids*, where they are."""
        for number in ids:
            await self._place.remove(_named(number))

    async def sweep(self, known: Known, now: datetime) -> int:
        """Remove what *known* knows no row of and was written a day ago; return how many."""
        removed = 0
        some: list[str] = []
        async for number in self._place.older_than(now - STRAY):
            some.append(number)
            if len(some) == AT_A_TIME:
                removed += await self._swept(some, known)
                some = []
        return removed + await self._swept(some, known)

    async def _swept(self, some: Collection[str], known: Known) -> int:
        stray = set(some) - await known(some)
        await self.remove(*stray)
        return len(stray)


def _named(number: str) -> str:
    if not ID.fullmatch(number):
        raise ValueError("a file's id is 32 hexadecimal digits")
    return number
