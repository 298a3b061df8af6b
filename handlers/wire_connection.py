"""One kept-alive HTTP/1.1 connection with at most one request in flight (llhttp parses)."""

import asyncio
from typing import NamedTuple, Protocol, cast

import httptools

from handlers.delivery import TryLater, Unanswered


class Answer(NamedTuple):
    """What a server answered; *after* is its Retry-After in seconds."""

    status: int
    body: bytes
    after: float | None


class Call:
    """A request under way and the future that its answer goes to."""

    __slots__ = ("again", "answer", "connection", "request", "sent", "until")

    def __init__(self, request: bytes, answer: "asyncio.Future[Answer]") -> None:
        self.request = request
        self.answer = answer
        self.until = 0.0  # loop time at which patience ends
        self.connection: Connection | None = None
        self.sent = False  # the server may have read it
        self.again = False  # it was already moved from a dead connection to a fresh one

    def fail(self) -> None:
        """Give up: too late, cut off, or not HTTP."""
        if not self.answer.done():
            self.answer.set_exception(Unanswered() if self.sent else TryLater())

    def drop(self) -> None:
        """Leave the connection; one that still owes an answer cannot be used again."""
        if self.connection is not None:
            self.connection.abort()
            self.connection = None


class Pool(Protocol):
    """Where connections come home to; the wire fills it in."""

    def made(self, connection: "Connection") -> None:
        """Hear that a connection stands."""
        ...

    def release(self, connection: "Connection") -> None:
        """Take back an idle connection."""
        ...

    def lost(self, connection: "Connection", call: Call | None) -> None:
        """Hear that a connection is gone, and of a call that may be tried on another."""
        ...


class Connection(asyncio.Protocol):
    """One connection; llhttp calls its on_… methods while data_received feeds it."""

    __slots__ = (
        "_after", "_body", "_call", "_ended", "_heard", "_idle_since", "_keep", "_largest",
        "_length_known", "_parser", "_pool", "_served", "_transport", "gone",
    )  # fmt: skip

    def __init__(self, pool: Pool, largest: int) -> None:
        self._pool = pool
        self._largest = largest
        self._call: Call | None = None
        self._served = self._heard = self._ended = self._keep = False
        self._idle_since = 0.0
        self._body = b""
        self._after: float | None = None
        self._length_known = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._parser = httptools.HttpResponseParser(self)
        self.gone = asyncio.get_running_loop().create_future()
        self._pool.made(self)

    def carry(self, call: Call) -> None:
        """Send *call*'s request; its answer will follow on this connection."""
        self._call = call
        self._heard = False
        call.connection = self
        call.sent = True
        self._transport.write(call.request)

    def usable(self, oldest: float) -> bool:
        """Return whether the idle connection is open and in use since loop time *oldest*."""
        if self._idle_since < oldest:
            self._transport.close()
        return not self._transport.is_closing()

    def abort(self) -> None:
        """Cut the connection at once."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._heard = True
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._transport.abort()
            return
        if self._ended:
            self._come_home()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note the three headers that matter."""
        match name.lower():
            case b"content-length" | b"transfer-encoding":
                self._length_known = True
            case b"retry-after" if value.isdigit():
                self._after = float(value)
            case _:
                pass

    def on_body(self, part: bytes) -> None:
        """Collect the body, up to the bound."""
        self._body = self._body + part if self._body else part
        if len(self._body) > self._largest:
            raise ValueError("an answer without end")

    def on_message_complete(self) -> None:
        """Hand the answer over, unless it is a provisional one (RFC 9110, 15.2)."""
        status = self._parser.get_status_code()
        if status >= 200:  # noqa: PLR2004 - the first final status
            self._hand_over(status)
            self._ended = True
            self._keep = self._parser.should_keep_alive()  # llhttp forgets it right after
        self._forget()

    def connection_lost(self, error: Exception | None) -> None:
        if error is None and not self._length_known and self._body and self._call is not None:
            self._hand_over(self._parser.get_status_code())  # the end of the stream ends the body
        call, self._call = self._call, None
        if call is not None:
            call.connection = None
            call = self._second_chance(call)
        self._pool.lost(self, call)
        self.gone.set_result(None)

    def _second_chance(self, call: Call) -> Call | None:
        if self._served and not self._heard and not call.again and not call.answer.done():
            call.again = True
            return call
        call.fail()
        return None

    def _hand_over(self, status: int) -> None:
        call, self._call = self._call, None
        if call is None:
            raise ValueError("an answer to no question")
        call.connection = None
        if not call.answer.done():
            call.answer.set_result(Answer(status, self._body, self._after))

    def _come_home(self) -> None:
        self._ended = False
        self._served = True
        if not self._keep:
            self._transport.close()
            return
        self._idle_since = asyncio.get_running_loop().time()
        self._pool.release(self)

    def _forget(self) -> None:
        self._body = b""
        self._after = None
        self._length_known = False
