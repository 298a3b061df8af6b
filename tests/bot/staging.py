"""The demo in one process: its whole house and pages, a clock that stands until it is moved."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot import settings as reading
from bot.assembly import House, open_house
from bot.channels.hooks import Hooks
from bot.channels.opening import open_channels
from bot.clock import DemoClock
from bot.commands.demo import defaults
from bot.demo.clock import kept_clock
from bot.demo.staff import seat
from bot.pages import application
from bot.running.loops import Loops
from conversations.messages import Channel
from tests.bot.playing import KEY, MONDAY, Phones, Play, fill_registry

Client = TestClient[web.Request, web.Application]


class MovableClock(DemoClock):
    """The demo's clock, in a world whose own time stands still."""

    def wall(self) -> datetime:
        return MONDAY


class Stage:
    """A demo that runs, and a browser before it."""

    def __init__(self, house: House, phones: Phones, app: web.Application, client: Client) -> None:
        self.house = house
        self.play = Play(house, phones, house.clock)  # type: ignore[arg-type]  # moved by its page
        self.app = app
        self.client = client


@asynccontextmanager
async def staged(url: str, folder: Path, **changes: str) -> AsyncIterator[Stage]:
    """Run the demo on *url*, with the settings *changes*."""
    own = {"DATA_DIR": str(folder), "DATABASE_URL": url, "KEY": KEY, "FLOOD_RATE": "0"}
    given = {f"SATUPINTU_{name.upper()}": value for name, value in (own | changes).items()}
    settings = reading.read({**defaults({}), **given})
    clock, phones = MovableClock(), Phones()
    house = await open_house(settings, clock, dict.fromkeys(Channel, phones))
    clock.ahead = (await kept_clock(house.store)).ahead
    app = application(house, Hooks.of(house, open_channels(settings)), Loops(asyncio.Event()))
    jar = CookieJar(unsafe=True)
    async with TestClient(TestServer(app), cookie_jar=jar) as client:
        stage = Stage(house, phones, app, client)
        if not await house.store.accounts():
            await seat(house.store, house.district, clock.now())
            await fill_registry(stage.play)
        yield stage
    await house.close()


def ahead(house: House) -> timedelta:
    """Return how far the clock of *house* was moved."""
    assert isinstance(house.clock, DemoClock)
    return house.clock.ahead
