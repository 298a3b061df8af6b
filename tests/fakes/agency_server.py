"""An agency's own web server on 127.0.0.1: keeps what it got, answers as a test tells it to."""

from collections import deque
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Got:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]  # names in small letters
    body: bytes


@dataclass
class AgencyServer:
    """Answers 200 and nothing, or in turn with *answers*."""

    answers: deque[web.StreamResponse] = field(default_factory=deque)
    got: list[Got] = field(default_factory=list)

    async def start(self) -> None:
        """Listen on a free port; *url* is then the hook's."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"

    async def close(self) -> None:
        """Stop."""
        await self._runner.cleanup()

    async def _take(self, request: web.Request) -> web.StreamResponse:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.got.append(Got(request.path, headers, await request.read()))
        return self.answers.popleft() if self.answers else web.Response()
