"""A lean HTTP/1.1 client: POST over kept-alive connections to one server.

It does what sending thousands of small messages a second needs and nothing else: no redirects,
no cookies, no proxies. It never logs, because a Bot API path holds the token.
"""

import asyncio
import re
import ssl
from collections import deque
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from handlers.delivery import TryLater
from handlers.wire_connection import Answer, Call, Connection

IDLE = 45.0  # seconds; servers and firewalls forget connections after about a minute
CONNECT = 10.0  # seconds
PATROL = 1.0  # seconds between two looks at all calls; one may take so much longer
BREAKS = re.compile(r"[\0\r\n]")  # any of them ends a line for some server
PORTS = {"http": 80, "https": 443}


class Wire:
    """At most *limit* connections to one server, opened on demand; calls beyond that queue up.

    *timeout* is a whole call's, in seconds; an answer may have *largest* bytes; *tls* replaces
    the usual trust in an https server.
    """

    def __init__(
        self,
        url: str,
        *,
        limit: int = 512,
        timeout: float = 30.0,
        largest: int = 1 << 20,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        self._host_header, self._prefix = parts.netloc.rpartition("@")[2], parts.path.rstrip("/")
        self._tls = (tls or ssl.create_default_context()) if parts.scheme == "https" else None
        self._limit, self._timeout, self._largest = limit, timeout, largest
        self._connections: set[Connection] = set()
        self._openings: set[asyncio.Task[None]] = set()
        self._free: list[Connection] = []
        self._waiting: deque[Call] = deque()
        self._closed = False
        self._under_way: set[Call] = set()
        self._between = min(PATROL, timeout / 4)
        self._patrol: asyncio.TimerHandle | None = None

    def head(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "POST"
    ) -> bytes:
        """Return the unchanging part of a JSON request to *path*, to be handed to post."""
        target = quote(self._prefix + path, safe="/:@!$&'()*+,;=-._~?%")
        lines = {"Host": self._host_header, "Content-Type": "application/json", **(headers or {})}
        if BREAKS.search("".join(part for line in lines.items() for part in line)):
            raise ValueError("a header's value breaks its line")
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {target} HTTP/1.1\r\n{text}Content-Length: ".encode()

    async def post(self, head: bytes, body: bytes, *, once: bool = False) -> Answer:
        """Return the server's answer, whatever its status.

        Raises TryLater where the server cannot be reached, Unanswered where it may have acted.
        Unless it may go *once* only, a request that died with a kept connection gets another: so a
        server that died between reading and answering may see it twice.
        """
        loop = asyncio.get_running_loop()
        call = Call(b"%b%d\r\n\r\n%b" % (head, len(body), body), loop.create_future())
        call.until = loop.time() + self._timeout
        call.again = once
        self._under_way.add(call)
        if self._patrol is None:
            self._patrol = loop.call_later(self._between, self._look_round)
        self._start(call)
        try:
            return await call.answer
        finally:
            self._under_way.discard(call)
            call.drop()

    async def close(self) -> None:
        """Fail what is under way and close every connection."""
        self._closed = True
        if self._patrol is not None:
            self._patrol.cancel()
        for opening in self._openings:
            opening.cancel()
        for call in self._waiting:
            call.fail()
        await asyncio.gather(*self._openings, return_exceptions=True)
        for connection in self._connections:
            connection.abort()
        await asyncio.gather(*(connection.gone for connection in self._connections))

    def made(self, connection: Connection) -> None:
        """Count *connection*, which now stands."""
        self._connections.add(connection)

    def release(self, connection: Connection) -> None:
        """Give *connection* to the call that has waited longest, or keep it."""
        while self._waiting:
            call = self._waiting.popleft()
            if not call.answer.done():
                connection.carry(call)
                return
        self._free.append(connection)

    def lost(self, connection: Connection, call: Call | None) -> None:
        """Forget *connection*; *call* died with it unheard and deserves a fresh one."""
        self._connections.discard(connection)
        if connection in self._free:
            self._free.remove(connection)
        if call is not None:
            self._waiting.appendleft(call)
        self._grow()

    def _look_round(self) -> None:
        """Give up calls whose time is over: one timer for all of them."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for call in self._under_way:
            if call.until <= now:
                call.fail()
        self._patrol = None
        if self._under_way:
            self._patrol = loop.call_later(self._between, self._look_round)

    def _start(self, call: Call) -> None:
        oldest = asyncio.get_running_loop().time() - IDLE
        while self._free:
            connection = self._free.pop()
            if connection.usable(oldest):
                connection.carry(call)
                return
        self._waiting.append(call)
        self._grow()

    def _grow(self) -> None:
        """Open as many connections as calls wait for, up to the limit."""
        if self._closed:
            for call in self._waiting:
                call.fail()
            return
        room = self._limit - len(self._connections) - len(self._openings)
        for _ in range(min(room, len(self._waiting) - len(self._openings))):
            opening = asyncio.get_running_loop().create_task(self._open())
            self._openings.add(opening)
            opening.add_done_callback(self._opened)

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        connecting = loop.create_connection(
            lambda: Connection(self, self._largest), self._host, self._port, ssl=self._tls
        )
        try:
            _, connection = await asyncio.wait_for(connecting, CONNECT)
        except OSError:  # also TimeoutError and ssl.SSLError
            self._fail_one()
        else:
            self.release(connection)

    def _opened(self, opening: "asyncio.Task[None]") -> None:
        """Go on for the calls that a failed opening leaves behind."""
        self._openings.discard(opening)
        self._grow()

    def _fail_one(self) -> None:
        while self._waiting:
            call = self._waiting.popleft()
            if not call.answer.done():
                call.answer.set_exception(TryLater())
                return
