"""Fakes that the channels' tests talk to."""

from collections.abc import AsyncIterator

import pytest

from handlers.pace import Pace
from handlers.telegram import Telegram
from handlers.wire import Wire
from tests.fakes.bot_api import TOKEN, BotApi
from tests.fakes.graph_api import GraphApi


@pytest.fixture
async def bot_api() -> AsyncIterator[BotApi]:
    """Return a fake Bot API; at the end every call must have been a valid one."""
    fake = BotApi()
    await fake.start()
    yield fake
    await fake.close()
    assert fake.violations == []


@pytest.fixture
async def telegram(bot_api: BotApi) -> AsyncIterator[Telegram]:
    """Return our sender, connected to the fake and without speed limits."""
    channel = Telegram(Wire(bot_api.url, timeout=0.5), TOKEN, Pace(0, 0))
    yield channel
    await channel.close()


@pytest.fixture
async def graph_api() -> AsyncIterator[GraphApi]:
    """Return a fake Graph API; at the end every message must have been a valid one."""
    fake = GraphApi()
    await fake.start()
    yield fake
    await fake.close()
    assert fake.violations == []
