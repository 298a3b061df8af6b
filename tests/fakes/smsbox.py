"""A small smsbox on 127.0.0.1: takes texts as Kannel 1.4.5 does, and can be told to fail."""

import asyncio
import itertools
from collections import deque
from typing import NamedTuple

from aiohttp import web
from multidict import CIMultiDictProxy

from handlers.sms_parts import MOST_PARTS
from handlers.sms_text import is_gsm7, segments

USERNAME, PASSWORD = "satupintu", "sandi-1"
PATH = "/cgi-bin/sendsms"


class Sent(NamedTuple):
    """A text that was taken."""

    to: str
    text: str
    report_to: str  # with %-signs for Kannel to fill in; empty where nobody wants to hear

    def report(self, kind: int, why: str = "ACK%2F") -> str:
        """Return the address that Kannel calls with a report of type *kind*."""
        filled = self.report_to.replace("%d", str(kind)).replace("%A", why)
        return filled.replace("%T", "1795402800")


class Trouble(NamedTuple):
    """What happens instead of an answer; a text may be *taken* all the same."""

    status: int = 503
    hang: bool = False
    taken: bool = False


class FakeSmsbox:
    """The fake. Plan *troubles* for the next texts."""

    def __init__(self) -> None:
        self.url = ""
        self.sent: list[Sent] = []
        self.violations: list[str] = []
        self.troubles: deque[Trouble] = deque()
        self._ids = itertools.count(1)
        self._news = asyncio.Condition()

    async def start(self) -> None:
        """Start on a free port; *url* is then where texts go."""
        app = web.Application()
        app.router.add_post(PATH, self._take)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}{PATH}"

    async def close(self) -> None:
        """Stop."""
        await self._runner.cleanup()

    def to(self, number: str) -> list[str]:
        """Return the texts that *number* got."""
        return [one.text for one in self.sent if one.to == number]

    async def wait_for(self, number: str, count: int) -> None:
        """Return when *number* got *count* texts in all."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.to(number)) >= count)

    def new_id(self) -> str:
        """Return an id of Kannel's that no message had."""
        return f"00000000-0000-4000-8000-{next(self._ids):012}"

    async def _take(self, request: web.Request) -> web.Response:
        said, body = request.headers, await request.text()
        if not request.content_type.startswith("text/"):
            return web.Response(status=400, text="Invalid content-type")
        if (said.get("X-Kannel-Username"), said.get("X-Kannel-Password")) != (USERNAME, PASSWORD):
            return web.Response(status=403, text="Authorization failed for sendsms")
        to = said.get("X-Kannel-To", "")
        if not to:
            return web.Response(status=400, text="Missing receiver(s) number(s), rejected")
        trouble = self.troubles.popleft() if self.troubles else Trouble(202, taken=True)
        if trouble.taken:
            await self._note(Sent(to, body, said.get("X-Kannel-DLR-Url", "")), said)
        if trouble.hang:
            await asyncio.sleep(60)
        return web.Response(status=trouble.status, text="0: Accepted for delivery")

    async def _note(self, sent: Sent, said: CIMultiDictProxy[str]) -> None:
        if (said.get("X-Kannel-Coding") == "0") is not is_gsm7(sent.text):
            self.violations.append("the wrong coding")
        if segments(sent.text).count > MOST_PARTS or not sent.text:
            self.violations.append("too long, or empty")
        async with self._news:
            self.sent.append(sent)
            self._news.notify_all()
