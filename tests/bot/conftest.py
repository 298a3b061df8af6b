"""Houses to play in, on both databases."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from tests.bot.playing import Play, fill_registry, open_play


@pytest.fixture
async def play(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house on a fresh database, with the demo's families in its registry."""
    migrate(database_url)
    stage = await open_play(database_url, tmp_path)
    await fill_registry(stage)
    yield stage
    await stage.house.close()
