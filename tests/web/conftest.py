"""What the tests of the demo's pages share."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import uvloop

from handlers.pace import Pace
from handlers.telegram import Telegram
from handlers.wire import Wire
from tests.web import tracked_house
from tests.web.stage import BOT, Client, Desk, Telephones, agency_app, client, demo_app
from web.public import tracking

Loops = dict[str, Callable[[], asyncio.AbstractEventLoop]]
BOTH = frozenset({"test_fast_lane.py", "test_front_door.py"})  # what must work on either loop


def pytest_asyncio_loop_factories(item: pytest.Item) -> Loops:
    """Run what deals with transports on both loops, the rest on asyncio's own."""
    loops: Loops = {"asyncio": asyncio.new_event_loop}
    return loops | {"uvloop": uvloop.new_event_loop} if item.path.name in BOTH else loops


@pytest.fixture
def telephones() -> Telephones:
    """Return channels that remember what they were given."""
    return Telephones()


@pytest.fixture
async def demo(telephones: Telephones) -> AsyncIterator[Client]:
    """Return a browser before the demo."""
    async with client(demo_app(telephones)) as browser:
        yield browser


@pytest.fixture
async def bot(demo: Client) -> AsyncIterator[Telegram]:
    """Return our own Telegram channel, talking to the stand-in."""
    channel = Telegram(Wire(str(demo.make_url("/simulator/botapi"))), BOT, Pace(0, 0))
    yield channel
    await channel.close()


@pytest.fixture
def desk() -> Desk:
    """Return a desk with one leg."""
    return Desk()


@pytest.fixture
async def page(desk: Desk) -> AsyncIterator[Client]:
    """Return a browser before that desk's page."""
    async with client(agency_app(desk)) as browser:
        yield browser


@pytest.fixture
def tracked(monkeypatch: pytest.MonkeyPatch) -> tracked_house.House:
    """Return a house with one ticket, in which no test waits for the time that a look takes."""
    monkeypatch.setattr(tracking, "TIME", 0.0)
    return tracked_house.House()


@pytest.fixture
async def lacak(tracked: tracked_house.House) -> AsyncIterator[Client]:
    """Return a browser before the page where tickets are looked up."""
    async with client(tracked_house.app_of(tracked)) as browser:
        yield browser
