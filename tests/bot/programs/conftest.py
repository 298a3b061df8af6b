"""A house whose offices have programs of their own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.offices import OFFICE, SECRET, Program, front_door, open_updates
from tests.bot.playing import Play


@pytest.fixture
async def play(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Play]:
    """Give a house in a district where three offices have programs."""
    stage = await open_updates(database_url, tmp_path, monkeypatch)
    yield stage
    await stage.house.close()


@pytest.fixture
async def program(play: Play) -> AsyncIterator[Program]:
    """Give the civil registry's program."""
    async with front_door(play) as client:
        yield Program(client, play, OFFICE, SECRET)
