"""Whoever smsbox calls: what it told, as it came and as we read it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from aiohttp import web

from conversations.messages import Inbound
from handlers.arrival import Receipt, Renumbered
from handlers.sms_kannel import read, read_receipt
from tests.kannel import SECRET
from web.hooks.kannel import KannelHooks, add_kannel
from web.hooks.webhooks import Webhook

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
PATIENCE = 60.0  # seconds, on a busy machine


class Desk:
    """Listens on a port; *status* is what it answers to everything."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.status = 200
        self.heard: list[Inbound] = []
        self.reports: list[Receipt] = []
        self.asked: list[str] = []
        self._runner: web.AppRunner | None = None

    async def open(self) -> None:
        """Listen."""
        app = web.Application()
        app.on_response_prepare.append(self._watch)
        add_kannel(
            app,
            KannelHooks(
                messages=Webhook(read, self._receive, lambda: NOW),
                reports=Webhook(read_receipt, self._receive, lambda: NOW, note=self._note),
            ),
            SECRET,
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def close(self) -> None:
        """Be gone, as after a kill."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _watch(self, request: web.Request, _answer: web.StreamResponse) -> None:
        self.asked.append(request.raw_path)

    async def _receive(self, inbound: Inbound) -> int:
        if self.status == 200:
            self.heard.append(inbound)
        return self.status

    async def _note(self, news: Receipt | Renumbered) -> int:
        assert isinstance(news, Receipt)
        if self.status == 200:
            self.reports.append(news)
        return self.status

    def by(self, number: str) -> list[Inbound]:
        """Return what came from *number*."""
        return [one for one in self.heard if one.sender.id == number]

    def of(self, name: str) -> list[Receipt]:
        """Return the reports on the text *name*."""
        return [one for one in self.reports if one.reference == name]


async def until(done: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Return as soon as *done* holds."""
    async with asyncio.timeout(seconds):
        while not done():  # noqa: ASYNC110 - another process's doing
            await asyncio.sleep(0.02)
