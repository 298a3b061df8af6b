"""A front door on 127.0.0.1 with a webhook that remembers, and a client that writes raw bytes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Self

from aiohttp import web

from web.front.fast_lane import Patience
from web.front.front_door import FrontDoor, telegram_lane
from web.health import Readiness, add_health
from web.hooks.webhooks import MOST_BYTES, TELEGRAM_SECRET, Webhook, add_telegram

SECRET = "tr0ub4dor"
PAGE = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n"
LAST_OK = OK[:-2] + b"Connection: close\r\n\r\n"


class Letterbox(Webhook):
    """Keeps every body; a body of digits is the status it earns, b"fall over" a bug.

    While *door* is shut (door.clear()), turns take their time.
    """

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.door = asyncio.Event()
        self.door.set()
        self.done = 0

    async def deliver(self, body: bytes) -> int:
        self.bodies.append(body)
        await self.door.wait()
        self.done += 1
        if body == b"fall over":
            raise ValueError(f"what is in {body!r}")
        return int(body) if body.isdigit() else 200


@dataclass
class Doorstep:
    """What a test stands before."""

    front: FrontDoor
    letterbox: Letterbox


@asynccontextmanager
async def doorstep(
    secret: str = SECRET, patience: Patience | None = None
) -> AsyncIterator[Doorstep]:
    """Open a front door before the webhook and /healthz; close it in order."""
    letterbox = Letterbox()
    app = web.Application(client_max_size=MOST_BYTES)
    add_telegram(app, letterbox, secret)
    add_health(app, _ready, dict)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    front = FrontDoor(runner, telegram_lane(letterbox, secret), patience)
    await front.start("127.0.0.1", 0)
    try:
        yield Doorstep(front, letterbox)
    finally:
        letterbox.door.set()
        await front.close()
        await runner.cleanup()


async def _ready() -> Readiness:
    return Readiness(database=True)


def head(headers: Mapping[str, str], version: str = "1.1") -> bytes:
    """Return the head of a POST with the right secret, or with the one in *headers*."""
    lines = {"Host": "x", TELEGRAM_SECRET: SECRET, **headers}
    text = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
    return f"POST /telegram HTTP/{version}\r\n{text}\r\n".encode()


def post(body: bytes = b"{}", version: str = "1.1", **headers: str) -> bytes:
    """Return a whole POST; a header's underscores are hyphens, an empty one is left out."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return head({"Content-Length": str(len(body)), **given}, version) + body


class Caller:
    """A client that writes bytes and reads answers."""

    def __init__(self, step: Doorstep) -> None:
        self._port = step.front.port

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.transport.abort()
        with suppress(ConnectionError):  # the server may have cut it before us
            await self.writer.wait_closed()

    def say(self, *requests: bytes) -> None:
        """Write *requests* in one piece."""
        self.writer.write(b"".join(requests))

    async def spell(self, request: bytes) -> None:
        """Write *request* byte by byte, each a segment of its own."""
        for byte in request:
            self.writer.write(bytes([byte]))
            await asyncio.sleep(0.0005)

    async def hear(self) -> bytes:
        """Return one whole answer, as it came."""
        async with asyncio.timeout(5):
            answer = await self.reader.readuntil(b"\r\n\r\n")
            size = answer.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]
            return answer + await self.reader.readexactly(int(size or 0))

    async def status(self) -> int:
        """Return the next answer's status."""
        return int((await self.hear()).split()[1])

    async def rest(self) -> bytes:
        """Return what comes until the server closes."""
        async with asyncio.timeout(5):
            return await self.reader.read()


async def until(true: Callable[[], bool]) -> None:
    """Wait until *true* says so, five seconds at most."""
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - what is waited for knows nothing of tests
            await asyncio.sleep(0.005)
