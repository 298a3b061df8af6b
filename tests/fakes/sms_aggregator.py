"""An SMS aggregator on 127.0.0.1 that answers as it is told to and remembers every request."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import web


class Reaction(NamedTuple):
    """What to answer; *hang* never answers."""

    body: object = ""  # a text, or what becomes JSON
    status: int = 200
    retry_after: int | None = None
    hang: bool = False


class Asked(NamedTuple):
    """A request as it came."""

    method: str
    path: str  # with its query, as written
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        """The body's fields."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def query(self) -> dict[str, str]:
        """The address's fields."""
        return dict(parse_qsl(self.path.partition("?")[2], keep_blank_values=True))

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever was sent
        """The body's JSON."""
        return json.loads(self.body)


class SmsAggregator:
    """The fake. Plan *reactions* for the next requests; *usual* answers all others: *taken*."""

    def __init__(self, usual: Reaction | None = None) -> None:
        self.url = ""
        self.usual = usual or Reaction()
        self.asked: list[Asked] = []
        self.taken: list[Asked] = []
        self.reactions: deque[Reaction | None] = deque()
        self._news = asyncio.Condition()

    async def start(self) -> None:
        """Start on a free port."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def close(self) -> None:
        """Stop."""
        await self._runner.cleanup()

    async def wait_until(self, true: Callable[[], bool]) -> None:
        """Return when *true* says so, after some request."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(true)

    async def _answer(self, request: web.Request) -> web.Response:
        asked = Asked(
            request.method, request.raw_path, dict(request.headers), await request.read()
        )
        reaction = (self.reactions.popleft() if self.reactions else None) or self.usual
        async with self._news:
            self.asked.append(asked)
            if reaction is self.usual:
                self.taken.append(asked)
            self._news.notify_all()
        if reaction.hang:
            await asyncio.sleep(60)
        after = {} if reaction.retry_after is None else {"Retry-After": str(reaction.retry_after)}
        if isinstance(reaction.body, str):
            return web.Response(text=reaction.body, status=reaction.status, headers=after)
        return web.json_response(reaction.body, status=reaction.status, headers=after)
