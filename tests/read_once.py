"""A district's rows and wording, read once a process: most tests play in the same kabupaten.

A folder that was changed is read again. Whoever imports `load` and `load_voices` by their names
gets the real ones.
"""

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest

import bot.district.reading
import bot.ground


def read_once(patch: pytest.MonkeyPatch) -> None:
    """Let every house of this process share what is read for it."""
    patch.setattr(bot.district.reading, "load", _Once(bot.district.reading.load))
    patch.setattr(bot.ground, "load_voices", _Once(bot.ground.load_voices))


class _Once:
    """*read* takes a folder last; what it gave is remembered until the folder changes."""

    def __init__(self, read: Callable[..., object]) -> None:
        self._read = read
        self._known: dict[object, tuple[object, object]] = {}

    def __call__(self, *given: object) -> object:
        *others, folder = given
        assert isinstance(folder, Path)
        key = (*map(id, others), _state_of(folder))
        if key not in self._known:
            self._known[key] = self._read(*given), given  # kept, for their ids to stay theirs
        return self._known[key][0]


def _state_of(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Return what lies in *folder*: a copy of it is the same."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return tuple((str(file.relative_to(folder)), _digest(file)) for file in files)


def _digest(file: Path) -> bytes:
    return blake2b(file.read_bytes(), digest_size=16).digest()
