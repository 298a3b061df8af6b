"""The shelf: sealed contents of files in a folder, apart from the database.

A content is written whole or not at all, and before the row that names it. What no row names a
day later was left by a crash or a lost commit, and goes.
"""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, Collection, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from storage.files import KeptFile
from storage.sealing import Purpose, SealBroken, Sealer

ID = re.compile(r"[0-9a-f]{32}")
STRAY = timedelta(days=1)  # after which what no row names is nobody's
AT_A_TIME = 200  # names asked about at once

Known = Callable[[Collection[str]], Awaitable[set[str]]]


class Shelf:
    """Contents by their file's id, in *folder*; every process of one database shares it."""

    def __init__(self, folder: Path, sealer: Sealer) -> None:
        self._folder = folder
        self._sealer = sealer

    async def put(self, file: KeptFile, content: bytes) -> None:
        """Write the *content* of *file*, sealed; it is on the disk when this returns."""
        await asyncio.to_thread(self._put, file, content)

    async def get(self, file: KeptFile) -> bytes | None:
        """Return the content of *file*, or None where it is gone or not what was put there."""
        return await asyncio.to_thread(self._get, file)

    async def renew(self, number: str, purpose: Purpose) -> bool:
        """Seal the content of file *number* anew where an older key sealed it; say if that was so.

        One that this process has no key for, or that is gone, stays as it is.
        """
        return await asyncio.to_thread(self._renew, number, purpose)

    async def remove(self, *ids: str) -> None:
        """Let go of the contents of *ids*, where they are."""
        await asyncio.to_thread(self._remove, ids)

    async def sweep(self, known: Known, now: datetime) -> int:
        """Remove what *known* knows no row of and was written a day ago; return how many."""
        removed = 0
        old = await asyncio.to_thread(lambda: list(self._older_than(now - STRAY)))
        for at in range(0, len(old), AT_A_TIME):
            some = old[at : at + AT_A_TIME]
            stray = set(some) - await known(some)
            await self.remove(*stray)
            removed += len(stray)
        return removed

    def _path(self, number: str) -> Path:
        if not ID.fullmatch(number):
            raise ValueError("a file's id is 32 hexadecimal digits")
        return self._folder / number[:2] / number

    def _renew(self, number: str, purpose: Purpose) -> bool:
        path = self._path(number)
        try:
            sealed = path.read_bytes()
            if sealed.startswith(self._sealer.mark(purpose)):
                return False
            content = self._sealer.open(sealed, purpose)
        except (FileNotFoundError, SealBroken):
            return False
        self._write(path, self._sealer.seal(content, purpose))
        return True

    def _put(self, file: KeptFile, content: bytes) -> None:
        path = self._path(file.id)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(path, self._sealer.seal(content, file.purpose))

    def _write(self, path: Path, sealed: bytes) -> None:
        whole = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(sealed)
            out.flush()
            os.fsync(out.fileno())
        whole.replace(path)
        _settle(path.parent)

    def _get(self, file: KeptFile) -> bytes | None:
        try:
            content = self._sealer.open(self._path(file.id).read_bytes(), file.purpose)
        except (FileNotFoundError, SealBroken):
            return None
        return content if sha256(content).hexdigest() == file.digest else None

    def _remove(self, ids: Collection[str]) -> None:
        for number in ids:
            with suppress(FileNotFoundError):
                self._path(number).unlink()

    def _older_than(self, then: datetime) -> Iterator[str]:
        """Yield the ids of contents written before *then*; half-written ones go at once."""
        for path in self._folder.glob("??/*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) >= then:
                continue
            if ID.fullmatch(path.name):
                yield path.name
            else:
                path.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have the name of a new file survive a power cut as its content does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
