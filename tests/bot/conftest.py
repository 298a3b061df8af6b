"""Houses to play in, on both databases."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from storage.database.migrate import migrate
from tests.bot.playing import Play, fill_registry, open_play
from tests.bot.posting import Towns
from tests.bot.receiving import PARTS
from tests.fakes.mail_server import MailServer


@pytest.fixture
async def play(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house on a fresh database, with the demo's families in its registry."""
    migrate(database_url)
    stage = await open_play(database_url, tmp_path)
    await fill_registry(stage)
    yield stage
    await stage.house.close()


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    """Give a mail server that takes everything."""
    server = MailServer()
    await server.start()
    yield server
    await server.close()


@pytest.fixture
async def towns(database_url: str, tmp_path: Path, mail: MailServer) -> AsyncIterator[Towns]:
    """Give what opens houses on a fresh database."""
    migrate(database_url)
    async with AsyncExitStack() as stack:
        yield Towns(database_url, tmp_path, mail, stack)


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house whose channels do not vouch, and cut every reply into two parts."""
    migrate(database_url)
    play = await open_play(database_url, tmp_path)
    play.phones.vouches, play.phones.parts = False, PARTS
    yield play
    await play.house.close()
