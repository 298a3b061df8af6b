"""Rows, wording and templates, read once a process: most tests play in the same kabupaten.

A folder that was changed is read again. Whoever imports `load` and `load_voices` by their names
gets the real ones.
"""

from collections.abc import Callable
from functools import partial
from hashlib import blake2b
from pathlib import Path

import jinja2
import pytest
from jinja2.bccache import Bucket

import bot.console.settings
import bot.district.reading
import bot.ground
import web.pages


def read_once(patch: pytest.MonkeyPatch) -> None:
    """Let every house of this process share what is read for it."""
    patch.setattr(bot.district.reading, "load", _Once(bot.district.reading.load))
    patch.setattr(bot.ground, "load_voices", _Once(bot.ground.load_voices))
    patch.setattr(bot.console.settings, "texts_of", _Once(bot.console.settings.texts_of))
    environment = partial(jinja2.Environment, bytecode_cache=_Compiled())
    patch.setattr(web.pages.jinja2, "Environment", environment)


class _Compiled(jinja2.BytecodeCache):
    """Templates as Python has them; jinja2 compares what they were made of."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give *bucket* what is known of it."""
        if code := self._known.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in *bucket*."""
        self._known[bucket.key] = bucket.bytecode_to_string()


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
