"""A real Kannel around the whole house, and each part of the way killed: what becomes of messages.

Nothing may be lost, nothing doubled. Kannel waits seconds here where it waits minutes outside.
"""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.assembly import House, open_house
from bot.channels.hooks import Hooks
from bot.channels.opening import open_channels
from bot.clock import SystemClock
from bot.pages import application
from bot.running.loops import Loops
from bot.settings import Settings
from conversations.messages import Address, Channel, Reply
from tests.bot.playing import DISTRICT, KEY
from tests.kannel import ABSENT, PASSWORD, PRESENT, SECRET, Box, Kannel
from tests.servers import free_port

pytestmark = [
    pytest.mark.skipif(not PRESENT, reason=ABSENT),
    pytest.mark.xdist_group("kannel"),
    pytest.mark.slow,
]
PATIENCE = 120.0  # seconds until all have theirs, on a busy machine
AFTERWARDS = 3.0  # seconds in which a double would come
UNANSWERED = 10  # messages that bearerbox gives the operator before it wants answers
numbers = count(6281200100000)


class Village:
    """A house behind a Kannel, whose server answers *trouble* where there is any."""

    def __init__(self, house: House, kannel: Kannel, app: web.Application) -> None:
        self.house = house
        self.kannel = kannel
        self.trouble = 0
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        app.middlewares.append(self._answer_for_it)

    async def open(self) -> None:
        """Listen."""
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.kannel.ours)
        await self._site.start()

    async def close(self) -> None:
        """Be gone, with every connection: smsbox may just have opened one more."""
        if self._site in self._runner.sites:
            await self._site.stop()
        await asyncio.sleep(0.1)
        await self._runner.cleanup()

    async def write(self, citizens: list[str]) -> None:
        """Send each of *citizens* a word of their own."""
        now, unit = self.house.clock.now(), self.house.store.unit()
        for number in citizens:
            unit.send(Address(Channel.SMS, f"+{number}"), Reply(f"Kabar untuk {number}"), now)
        await self.house.store.commit(unit)
        self.house.outbox.hand_over(unit.items)

    async def all_heard(self, citizens: list[str]) -> Counter[str]:
        """Return how many texts each of *citizens* has, once each has one and no more come."""
        until = time.monotonic() + PATIENCE
        while missing := set(citizens) - set(self._taken()):
            assert time.monotonic() < until, self._told(missing)
            await asyncio.sleep(0.1)
        await asyncio.sleep(AFTERWARDS)
        return Counter(number for number in self._taken() if number in citizens)

    def _told(self, missing: set[str]) -> str:
        """Return what may say why *missing* have nothing."""
        outbox, counts = self.house.outbox, self.house.door.counts
        told = f"sent {outbox.sent}, failed {outbox.failed}, waiting {outbox.waiting}, {counts}"
        return f"{sorted(missing)} have nothing: {told}\n{self.kannel.status()[-900:]}"

    def _taken(self) -> list[str]:
        return [one.to for one in self.kannel.taken() if one.whole]

    @property
    def _answer_for_it(self) -> Callable[[web.Request, Handler], object]:
        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            return web.Response(status=self.trouble) if self.trouble else await handler(request)

        return middleware


@pytest.fixture(scope="module")
def kannel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kannel]:
    """Give a Kannel with a line to an operator."""
    found = Kannel(tmp_path_factory.mktemp("kannel"), free_port())
    found.start()
    yield found
    found.stop()


@pytest.fixture
async def village(kannel: Kannel, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Village]:
    """Give a house behind it."""
    settings = Settings(
        data_dir=tmp_path,
        database_url=sqlite_url,
        key=KEY,
        district=DISTRICT,
        flood_rate=0,
        sms_gateway="kannel",
        sms_kannel_url=kannel.url,
        sms_kannel_username="satupintu",
        sms_kannel_password=PASSWORD,
        sms_kannel_secret=SECRET,
        sms_kannel_callback_url=f"http://127.0.0.1:{kannel.ours}",
        sms_kannel_rate=0,
    )
    channels = open_channels(settings)
    house = await open_house(settings, SystemClock(), channels.senders)
    app = application(house, Hooks.of(house, channels), Loops(asyncio.Event()))
    found = Village(house, kannel, app)
    await found.open()
    sweeping = asyncio.create_task(house.outbox.run())
    yield found
    sweeping.cancel()
    await found.close()
    await house.close()
    await channels.close()


def people(many: int) -> list[str]:
    """Return telephone numbers that nobody used yet."""
    return [str(next(numbers)) for _ in range(many)]


async def restart(*boxes: Box) -> None:
    """Kill *boxes*, and start them again: in this thread, for they end with it."""
    for box in boxes:
        box.stop()
    await asyncio.sleep(random.uniform(0.1, 0.5))  # noqa: S311 - when, not what
    for box in reversed(boxes):
        box.start()


async def operator_falls(kannel: Kannel) -> None:
    """Kill the operator between two messages, and bring it back."""
    await kannel.behave(dying=True)
    await restart(kannel.smsc)


async def smsbox_falls(kannel: Kannel) -> None:
    """Kill smsbox while texts are handed to it."""
    await restart(kannel.smsbox)


@pytest.mark.parametrize("falls", [operator_falls, smsbox_falls])
async def test_every_reply_arrives_once(
    village: Village, falls: Callable[[Kannel], Awaitable[None]]
) -> None:
    """A hundred replies on the way, and somebody is killed under them."""
    citizens = people(100)
    await village.write(citizens)
    await asyncio.sleep(random.uniform(0, 0.1))  # noqa: S311 - when, not what
    await falls(village.kannel)
    got = await village.all_heard(citizens)
    assert set(got.values()) == {1}


async def test_no_reply_is_lost_with_bearerbox(village: Village) -> None:
    """What it had handed to the operator, and heard no answer to, it sends again by itself."""
    citizens = people(100)
    await village.write(citizens)
    await restart(village.kannel.smsbox, village.kannel.bearerbox)
    got = await village.all_heard(citizens)
    assert sum(got.values()) - len(citizens) <= UNANSWERED


async def test_what_citizens_write_waits_for_smsbox(village: Village) -> None:
    """Bearerbox keeps it while smsbox is away."""
    citizens, kannel = people(30), village.kannel
    kannel.smsbox.stop()
    for number in citizens:
        await kannel.say(number, "halo")
    kannel.smsbox.start()
    assert set((await village.all_heard(citizens)).values()) == {1}


@pytest.mark.parametrize("trouble", [500, 503, None], ids=["500", "503", "gone"])
async def test_what_citizens_write_waits_for_us(village: Village, trouble: int | None) -> None:
    """Smsbox tells it again until we take it: everybody has one answer."""
    citizens = people(30)
    for number in citizens:
        await village.kannel.say(number, "halo")
        if number == citizens[9]:
            village.trouble = trouble or 0
            if trouble is None:
                await village.close()
    await asyncio.sleep(3)
    village.trouble = 0
    if trouble is None:
        await village.open()
    assert set((await village.all_heard(citizens)).values()) == {1}
    assert village.house.door.counts["answered"] == len(citizens)
