"""A browser that listens to the console's stream, and writes down what it is told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientResponse
from msgspec import Struct

from tests.web.console.conftest import BROWSER, SignedClient

LIVE = "/console/live"
PATIENCE = 10.0  # seconds: a busy machine takes some


class Heard(Struct, frozen=True):
    """One event: its name, what it carries, its number."""

    name: str
    told: dict[str, str]
    number: int


class Ear:
    """Reads one stream."""

    def __init__(self, answer: ClientResponse) -> None:
        self.answer = answer

    async def next(self) -> Heard:
        """Return the next event. Raises TimeoutError, and EOFError where the stream ended."""
        found: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE):
            while line := await self.answer.content.readline():
                key, _, text = line.decode().rstrip("\n").partition(": ")
                if key:
                    found[key] = text
                elif "event" in found:
                    return Heard(found["event"], json.loads(found["data"]), int(found["id"]))
        raise EOFError

    async def silent(self, seconds: float = 0.8) -> bool:
        """Tell whether nothing is heard for *seconds*."""
        try:
            async with asyncio.timeout(seconds):
                await self.next()
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def listening(browser: SignedClient) -> AsyncIterator[Ear]:
    """Open the stream of *browser* and hear its greeting."""
    async with browser.client.get(LIVE, headers=BROWSER, allow_redirects=False) as answer:
        assert (answer.status, answer.content_type) == (200, "text/event-stream")
        ear = Ear(answer)
        assert (await ear.next()).name == "hello"
        yield ear
