"""News while a page is open: events of codes and kinds; pages are then fetched as always."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec
from aiohttp import web

from casework.staff.person import Staff
from referrals.district.staffing import Power
from web.console.addresses import ROOT
from web.console.guard import GATE, signed, staff_of
from web.console.listener import Listener

LIVE = f"{ROOT}/live"
HEARTBEAT = 15.0  # seconds; proxies let go of what is silent for longer
SLOWEST = 20.0  # seconds in which a browser must take what it is told
HEADERS = {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
FULL = 204  # tells a browser not to come again (WHATWG HTML, server-sent events)


class Feed(Protocol):
    """Where news comes from."""

    def listen(self, staff: Staff, alive: Callable[[], bool]) -> Listener | None:
        """Have *staff* told of what is theirs; None where no more can listen."""
        ...

    def leave(self, listener: Listener) -> None:
        """Tell *listener* nothing more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePages:
    """The stream. *holds* gives who has the session of a token, and is no click of theirs."""

    feed: Feed
    holds: Callable[[str], Awaitable[Staff | None]]
    now: Callable[[], datetime]
    heartbeat: float = HEARTBEAT

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """GET: what happens to cases that one may see, for as long as the session holds."""
        listener = self.feed.listen(staff_of(request), lambda: _open(request))
        if listener is None:
            return web.Response(status=FULL)
        answer = web.StreamResponse(headers=HEADERS)
        try:
            with contextlib.suppress(ConnectionResetError, TimeoutError):
                await answer.prepare(request)
                async for piece in self._pieces(request, listener):
                    async with asyncio.timeout(SLOWEST):
                        await answer.write(piece)
        finally:
            self.feed.leave(listener)
        return answer

    async def _pieces(self, request: web.Request, listener: Listener) -> AsyncIterator[bytes]:
        token = request.app[GATE].cookies.session.read(request)
        yield b"retry: 5000\n" + _event("hello", moment_of(self.now()))
        loop = asyncio.get_running_loop()
        looked = loop.time()
        while not listener.over:
            await listener.wait(self.heartbeat)
            if listener.doubted or loop.time() - looked >= self.heartbeat:
                listener.doubted, looked = False, loop.time()
                staff = await self.holds(token)
                if staff is None or not staff.may(Power.WORKLIST):
                    yield _event("gone", 0)
                    return
                listener.staff = staff
            yield _told(listener)


def moment_of(at: datetime) -> int:
    """Return *at* as pages and the stream know it: in Unix milliseconds."""
    return int(at.timestamp() * 1000)


def add_live(app: web.Application, pages: LivePages) -> None:
    """Serve the stream; the guard comes first."""
    app.router.add_get(LIVE, signed(Power.WORKLIST)(pages.stream), allow_head=False)


def _told(listener: Listener) -> bytes:
    lost, happenings = listener.take()
    pieces = [_event("reload", 0)] if lost else []
    pieces += [
        _event("case", one.at, msgspec.json.encode({"code": one.code, "kind": one.kind}))
        for one in happenings
    ]
    return b"".join(pieces) or b": beat\n\n"


def _event(name: str, number: int, body: bytes = b"{}") -> bytes:
    return b"event: %b\nid: %d\ndata: %b\n\n" % (name.encode(), number, body)


def _open(request: web.Request) -> bool:
    transport = request.transport
    return transport is not None and not transport.is_closing()
