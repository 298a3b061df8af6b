"""Run the server until it is told to stop."""

import asyncio
import gc
import signal
import sys
from collections.abc import Callable
from contextlib import AsyncExitStack

import structlog
import uvloop
from aiohttp import web

from bot.assembly import House, open_house
from bot.channels.hooks import Hooks
from bot.channels.opening import open_channels
from bot.clock import Clock, SystemClock
from bot.demo.claim import is_demos
from bot.figures import counting
from bot.pages import application
from bot.running.loops import Loops
from bot.running.workers import WORKER, workers_on_one_port
from bot.settings import Settings, SettingsError
from web.front.front_door import FrontDoor, telegram_lane, whatsapp_lane

BACKLOG = 4096  # connections waiting to be accepted
COLLECT = (20_000, 20, 50)  # thresholds of the three generations
SWAP = 0.001  # seconds, a fifth of Python's own

DEMOS = "this database is the demo's, with accounts that everybody can open: name another one"

log = structlog.get_logger()


def serve(settings: Settings, workers: int = 1) -> None:
    """Serve in this process, or start *workers* of them on one port."""
    if workers > 1 and settings.database.startswith("sqlite"):
        raise SettingsError("several workers need PostgreSQL: a SQLite file has one owner")
    if workers > 1:
        sys.exit(workers_on_one_port(settings, workers))
    uvloop.run(Serving(settings, SystemClock()).run())


class BrokenOffError(RuntimeError):
    """Some of the endless work ended by itself; the log says which, and why."""


class Serving:
    """One process's server, from opening to closing; *opened* is called once it is reached."""

    def __init__(
        self, settings: Settings, clock: Clock, opened: Callable[[], None] = lambda: None
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._opened = opened

    async def run(self) -> None:
        """Open the house, serve it, and close it in order on SIGTERM or SIGINT.

        Raises BrokenOffError when it had to end by itself, OSError when the port is taken.
        """
        stop = stop_signal()
        loops = Loops(stop)
        async with AsyncExitStack() as closing:
            channels = open_channels(self._settings)
            closing.push_async_callback(channels.close)
            house = await open_house(
                self._settings, self._clock, channels.senders, media=channels.media
            )
            closing.push_async_callback(house.close)
            channels.acquaintance.meet(house.turns, house.clock)
            hooks = Hooks.of(house, channels)
            await self._open(closing, house, hooks, loops)
            closing.push_async_callback(loops.close)
            loops.start("outbox", house.outbox.run())
            loops.start("timers", house.timers.run())
            loops.start("housekeeping", house.housekeeping.run())
            loops.start("figures", counting(house.store, house.district))
            loops.start("toll watch", house.tolls.run())
            if channels.polling:
                loops.start("polling", channels.polled_into(hooks.telegram))
            channels.background.start(channels.register(house.voices))
            channels.background.start(channels.announce())
            self._opened()
            await stop.wait()
        if loops.broken:
            raise BrokenOffError

    async def _open(
        self, closing: AsyncExitStack, house: House, hooks: Hooks, loops: Loops
    ) -> None:
        if not self._settings.demo and await is_demos(house.store):
            raise SettingsError(DEMOS)
        app = application(house, hooks, loops)
        runner = web.AppRunner(app, shutdown_timeout=5)
        closing.push_async_callback(runner.cleanup)
        await runner.setup()
        await house.outbox.sweep()  # what a crash left unsent goes first
        spare_the_collector()
        settings = self._settings
        lanes = telegram_lane(hooks.telegram, settings.telegram_secret) if hooks.pushed else {}
        if hooks.whatsapp:
            lanes |= whatsapp_lane(hooks.whatsapp, settings.whatsapp_app_secret)
        front = FrontDoor(runner, lanes)
        shared = WORKER in settings.instance or None
        await front.start(settings.host, settings.port, backlog=BACKLOG, reuse_port=shared)
        closing.push_async_callback(front.close)
        log.info("open", address=settings.address)


def spare_the_collector() -> None:
    """Look for garbage rarely: turns leave no cycles, and what is loaded now stays for good.

    Measured at a tenth of the CPU of a turn. Threads swap sooner, so that the writer's short
    steps do not wait for the loop's long ones.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)
    sys.setswitchinterval(SWAP)


def stop_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
