"""Webhooks at full speed: POSTs to a few exact paths are taken here, the rest goes to aiohttp.

Both live on one port. At the start of each request, while nothing is in flight, the first bytes
decide: one of our paths, or a connection that becomes aiohttp's for good. What is rare in a
webhook (UNUSUAL) is aiohttp's as well: there the same path has the same Webhook and secret.
"""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import cast

import httptools
from msgspec import Struct

from web.front.fast_answers import LAST, answer, outcome
from web.front.lanes import Lane
from web.unproven import UNPROVEN, Unproven

MOST_HEAD = 16 << 10  # bytes of request line and headers
MOST_HELD = 64 << 10  # bytes that may wait behind a request in flight before reading pauses
PART = 100  # bytes that each piece of a body costs beside its own
HEAD_END = b"\r\n\r\n"
UNUSUAL = frozenset({b"transfer-encoding", b"expect", b"content-encoding"})


class Patience(Struct, frozen=True):
    """How long we wait, in seconds: for the rest of a request, for the next, and at the end."""

    request: float = 30.0
    idle: float = 75.0
    parting: float = 5.0
    patrol: float = 1.0  # between two looks at all connections


class Front:
    """What all connections of one door share: where requests go, and who is open."""

    def __init__(
        self,
        lanes: Mapping[str, Lane],
        pages: Callable[[], asyncio.Protocol],
        patience: Patience,
        unproven: Unproven = UNPROVEN,
    ) -> None:
        self._lanes = [(f"POST {path} HTTP/1.".encode(), lane) for path, lane in lanes.items()]
        self.pages = pages
        self.patience = patience
        self.unproven = unproven
        self.connections: set[Connection] = set()
        self.closing = False

    def lane(self, held: bytes) -> Lane | None:
        """Return the lane whose path the request that begins with *held* names."""
        for start, lane in self._lanes:
            if held.startswith(start):
                return lane
        return None

    def may_become_ours(self, held: bytes) -> bool:
        """Say whether *held* is too little to tell."""
        return any(start.startswith(held) for start, _ in self._lanes)


class Connection(asyncio.Protocol):
    """One connection, until it is aiohttp's; at most one of its requests is in flight.

    llhttp parses; it calls the on_… methods. It is fed one request at a time, so that what follows
    stays unparsed in *_held* for whoever takes it.
    """

    __slots__ = (
        "_begun", "_ended", "_front", "_headers", "_held", "_keep", "_lane", "_leaving",
        "_missing", "_parser", "_parts", "_paused", "_transport", "_until", "_weight", "turn",
    )  # fmt: skip

    def __init__(self, front: Front) -> None:
        self._front = front
        self._parser = httptools.HttpRequestParser(self)
        self._held = b""
        self._headers: dict[bytes, bytes] = {}
        self._lane: Lane | None = None  # known from a request's head to its answer
        self._missing = 0  # bytes of its body
        self._parts: list[bytes] = []
        self._weight = 0  # bytes that they hold while nobody proved to have sent them
        self.turn: asyncio.Task[int] | None = None
        self._until = 0.0  # loop time at which patience ends
        self._begun = self._keep = self._paused = False
        self._ended = self._leaving = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._wait(self._front.patience.idle)
        self._front.connections.add(self)
        if self._front.closing:
            self.close()

    def data_received(self, data: bytes) -> None:
        if self._leaving:
            return
        self._held = self._held + data if self._held else data
        if self.turn is None:
            self._go_on()
        elif len(self._held) > MOST_HELD:
            self._paused = True
            self._transport.pause_reading()

    def eof_received(self) -> bool:
        """Keep the other direction open while an answer is owed."""
        self._ended = True
        return self.turn is not None

    def pause_writing(self) -> None:
        """Leave who asks thousands of times and never reads an answer."""
        self._transport.abort()

    def connection_lost(self, _error: Exception | None) -> None:
        del self._parser  # which knows us: a circle that nobody needs to collect
        self._let_go()
        if self.turn is None:
            self._front.connections.discard(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; of several the first counts, as in aiohttp."""
        self._headers.setdefault(name.lower(), value)

    def on_headers_complete(self) -> None:
        """Note whether the connection lasts, which llhttp forgets at the end of the request."""
        parser = self._parser
        self._keep = parser.should_keep_alive() and parser.get_http_version() == "1.1"

    def close(self) -> None:
        """Close once nothing is owed any more."""
        if self.turn is None:
            self._transport.close()

    def abort(self) -> None:
        """Cut the connection; a turn under way completes all the same."""
        self._transport.abort()

    def overdue(self, now: float) -> bool:
        """Say whether the client's time is over at loop time *now*; ours is the webhook's."""
        return self.turn is None and now > self._until

    def _wait(self, seconds: float) -> None:
        self._until = asyncio.get_running_loop().time() + seconds

    def _go_on(self) -> None:
        """Take what is held as far as it goes: a turn, aiohttp, an error, or more patience."""
        try:
            if self._lane is None:
                self._take_head()
            if self._lane is not None:
                self._take_body(self._lane)
        except httptools.HttpParserError:
            self._refuse(HTTPStatus.BAD_REQUEST)
        if self.turn is None and not self._begun:
            self._begun = True
            self._wait(self._front.patience.request)

    def _take_head(self) -> None:
        held = self._held
        lane = self._front.lane(held)
        if lane is None:
            if not self._front.may_become_ours(held):
                self._hand_over()
            return
        end = held.find(HEAD_END, 0, MOST_HEAD)
        if end >= 0:
            self._judge(lane, end + len(HEAD_END))
        elif len(held) >= MOST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def _judge(self, lane: Lane, end: int) -> None:
        """Parse the head, which ends at *end*, and let its body in, or not."""
        try:
            self._parser.feed_data(self._held[:end])
        except httptools.HttpParserUpgrade:
            self._hand_over()
            return
        length = int(self._headers.get(b"content-length", 0))  # llhttp let only digits pass
        if not UNUSUAL.isdisjoint(self._headers):
            self._hand_over()
        elif not lane.admits(self._headers, None if lane.secret else self._remote()):
            self._refuse(HTTPStatus.UNAUTHORIZED)
        elif length > lane.webhook.most:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        else:
            self._held, self._missing, self._lane = self._held[end:], length, lane

    def _remote(self) -> str | None:
        address, *_ = self._transport.get_extra_info("peername") or (None,)
        return cast("str | None", address)

    def _take_body(self, lane: Lane) -> None:
        if self._missing:
            part = self._held[: self._missing]
            self._held = self._held[len(part) :]
            self._missing -= len(part)
            self._parser.feed_data(part)
            self._parts.append(part)
            if self._missing and lane.signs and not self._has_room(len(part) + PART):
                self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
                return
        if not self._missing:
            body = b"".join(self._parts)
            self._let_go()
            if not lane.trusts(self._headers, body):
                self._refuse(HTTPStatus.UNAUTHORIZED)
                return
            delivery = lane.webhook.deliver(body)
            self.turn = asyncio.get_running_loop().create_task(delivery)
            self.turn.add_done_callback(self._answer)

    def _has_room(self, more: int) -> bool:
        """Say whether *more* bytes may be held of who has proven nothing yet."""
        size = self._weight + more
        if not self._front.unproven.grow(self._weight, size):
            return False
        self._weight = size
        return True

    def _let_go(self) -> None:
        """Hold nothing of the body any more."""
        self._parts.clear()
        self._front.unproven.free(self._weight)
        self._weight = 0

    def _answer(self, turn: "asyncio.Task[int]") -> None:
        self.turn = None
        status = outcome(turn)
        if self._transport.is_closing():  # the client has left; its turn is done all the same
            self._front.connections.discard(self)
        elif self._keep and not self._front.closing:
            self._transport.write(answer(status))
            self._start_anew()
        else:
            self._transport.write(answer(status, LAST))
            self._transport.close()

    def _start_anew(self) -> None:
        """Turn to the next request."""
        self._lane = None
        self._headers.clear()
        self._begun = False
        self._wait(self._front.patience.idle)
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        if self._held:
            self._go_on()
        if self._ended:
            self.close()

    def _hand_over(self) -> None:
        """Let aiohttp have the connection, from the first byte of this request on."""
        self._front.connections.discard(self)
        if self._ended:  # which aiohttp takes for a client that has left
            self._transport.close()
            return
        del self._parser
        pages = self._front.pages()
        self._transport.set_protocol(pages)
        pages.connection_made(self._transport)
        pages.data_received(self._held)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer, and hear nothing more: what comes is thrown away until the client leaves.

        To close at once would reset the connection under a client that still sends, and take the
        answer from it.
        """
        self._leaving = self._begun = True
        self._held, self._lane = b"", None
        self._let_go()
        self._wait(self._front.patience.parting)
        self._transport.write(answer(status, LAST))
        if self._ended:
            self._transport.close()
        else:
            self._transport.write_eof()
