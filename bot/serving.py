"""Run the server until it is told to stop."""

import asyncio
import gc
import signal
import sys
from contextlib import AsyncExitStack

import structlog
import uvloop
from aiohttp import web

from bot.assembly import House, open_house
from bot.background import Background
from bot.channels import Channels, open_channels
from bot.clock import Clock, SystemClock
from bot.pages import application
from bot.settings import Settings, SettingsError
from bot.workers import WORKER, workers_on_one_port
from handlers import sms_http
from handlers.telegram import read as telegram_read
from web.front_door import FrontDoor, telegram_lane
from web.webhooks import Webhook

BACKLOG = 4096  # connections waiting to be accepted

log = structlog.get_logger()


def serve(settings: Settings, workers: int = 1) -> None:
    """Serve in this process, or start *workers* of them on one port."""
    if workers > 1 and settings.database.startswith("sqlite"):
        raise SettingsError("several workers need PostgreSQL: a SQLite file has one owner")
    if workers > 1:
        sys.exit(workers_on_one_port(settings, workers))
    uvloop.run(Serving(settings, SystemClock()).run())


class Serving:
    """One process's server, from opening to closing."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    async def run(self) -> None:
        """Open the house, serve it, and close it in order on SIGTERM or SIGINT."""
        async with AsyncExitStack() as closing:
            stop = stop_signal()
            channels = open_channels(self._settings)
            house = await open_house(self._settings, self._clock, channels.senders)
            closing.push_async_callback(channels.close)
            closing.push_async_callback(house.close)
            await self._serve(closing, house, channels)
            await stop.wait()

    async def _serve(self, closing: AsyncExitStack, house: House, channels: Channels) -> None:
        receive, now = house.door.receive, house.clock.now
        telegram = Webhook(telegram_read, receive, now, channels.acknowledge)
        app = application(house, telegram, Webhook(sms_http.read, receive, now))
        runner = web.AppRunner(app, access_log=None, keepalive_timeout=75, shutdown_timeout=5)
        closing.push_async_callback(runner.cleanup)
        await runner.setup()
        await house.outbox.sweep()  # what a crash left unsent goes first
        gc.collect()
        gc.freeze()  # what lives as long as the process is never looked at again
        front = await self._open_front(runner, telegram)
        endless = Background()
        closing.push_async_callback(endless.close)
        closing.push_async_callback(front.close)
        for work in (house.outbox.run(), house.timers.run(), channels.register(house.voices)):
            endless.start(work)
        endless.start(channels.poll(telegram))
        log.info("open", address=self._settings.address)

    async def _open_front(self, runner: web.AppRunner, telegram: Webhook) -> FrontDoor:
        settings = self._settings
        front = FrontDoor(runner, telegram_lane(telegram, settings.telegram_secret))
        shared = WORKER in settings.instance or None
        await front.start(settings.host, settings.port, backlog=BACKLOG, reuse_port=shared)
        return front


def stop_signal() -> asyncio.Event:
    """Return an event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
