"""A shelf's place in a folder of this machine, or of one that all processes mount."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

from storage.database.errors import FilesUnavailable

LENGTH = 32  # letters of a whole content's name


class Folder:
    """Sealed contents as files that nobody else may read; see `storage.shelf.shelf.ShelfPlace`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def write(self, number: str, sealed: bytes) -> None:
        try:
            await asyncio.to_thread(self._write, self._path(number), sealed)
        except OSError as error:  # a full disk, a folder of somebody else's, a mount that went
            raise FilesUnavailable(f"the folder of files: {error.strerror}") from None

    async def read(self, number: str) -> bytes | None:
        try:
            return await asyncio.to_thread(self._path(number).read_bytes)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FilesUnavailable(f"the folder of files: {error.strerror}") from None

    async def remove(self, number: str) -> None:
        try:
            await asyncio.to_thread(self._path(number).unlink, missing_ok=True)
        except OSError as error:
            raise FilesUnavailable(f"the folder of files: {error.strerror}") from None

    async def older_than(self, then: datetime) -> AsyncIterator[str]:
        """Yield the numbers written before *then*; half-written ones go at once."""
        for number in await asyncio.to_thread(lambda: list(self._older_than(then))):
            yield number

    def _path(self, number: str) -> Path:
        return self._folder / number[:2] / number

    def _write(self, path: Path, sealed: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        whole = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(sealed)
            out.flush()
            os.fsync(out.fileno())
        whole.replace(path)
        _settle(path.parent)

    def _older_than(self, then: datetime) -> Iterator[str]:
        for path in self._folder.glob("??/*"):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) >= then:
                continue
            if len(path.name) == LENGTH:
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
