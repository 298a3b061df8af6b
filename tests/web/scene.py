"""A real browser before the demo, and what its pages complained of."""

from dataclasses import dataclass
from typing import Literal

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, ConsoleMessage, Page

from tests.web.stage import BOT, Telephones
from web.demo.phones import phone_of

DESK = (1280, 860)
Scheme = Literal["light", "dark"]


@dataclass
class Scene:
    """A browser, the demo it looks at, and what went wrong on its pages."""

    browser: Browser
    server: TestServer
    telephones: Telephones
    troubles: list[str]

    async def open(
        self, path: str, size: tuple[int, int] = DESK, scheme: Scheme = "light"
    ) -> Page:
        """Open *path* in a window of *size* whose owner likes *scheme*."""
        width, height = size
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale="id-ID",
            reduced_motion="reduce",
        )
        page = await context.new_page()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._hear)
        await page.goto(str(self.server.make_url(path)))
        return page

    async def say(self, citizen: int, text: str, **more: object) -> None:
        """Let the bot send a message."""
        url = self.server.make_url(f"/simulator/botapi/bot{BOT}/sendMessage")
        body = {"chat_id": 700_000_000 + citizen, "text": text, **more}
        page = await self.browser.new_page()
        await page.request.post(str(url), data=body)
        await page.close()

    async def text(self, citizen: int, times: int) -> None:
        """Let our own SMS channel send a message some times over."""
        url = str(self.server.make_url("/simulator/smsgateway"))
        page = await self.browser.new_page()
        for _ in range(times):
            await page.request.post(url, data={"to": phone_of(citizen), "text": "b" * 161})
        await page.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(message.text)
