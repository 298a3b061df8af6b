"""A crowd of citizens against one server, and the book-keeping at the end."""

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from msgspec import Struct

from benchmarks.citizens import BotApi, Citizen, Step, World, script
from benchmarks.product import Server, database, fill, grown_ups, invented, rows
from tests.servers import free_port

RESULTS = Path(__file__).with_name("results")
CHATS = itertools.count(int(time.time()) % 1_000_000 * 1_000)
NewCitizen = Callable[[World, int, Mapping[str, str]], Citizen]


class Stage(Struct):
    """A server on a fresh database with a filled registry, and the Bot API it sends to."""

    url: str
    server: Server
    bot_api: BotApi


@asynccontextmanager
async def stage(kind: str) -> AsyncIterator[Stage]:
    """Set everything up on a database of *kind* (sqlite or pg); the server is not started yet."""
    with database(kind) as (url, folder):
        await fill(url, invented())
        bot_api, port = BotApi(), free_port()
        server = Server(url, f"http://127.0.0.1:{port}", folder)
        await bot_api.open(port)
        try:
            yield Stage(url, server, bot_api)
        finally:
            server.stop()
            await bot_api.close()


class Crowd:
    """Citizens who keep starting dialogues until told to stop."""

    def __init__(self, ids: Callable[[], int], new: NewCitizen = Citizen) -> None:
        self.counts: Counter[str] = Counter()
        self.told: set[str] = set()
        self.walked: list[Citizen] = []
        self._people = itertools.cycle(grown_ups())
        self._ids, self._new = ids, new
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, on: Stage, size: int) -> None:
        """Let *size* citizens write at a time."""
        connector = aiohttp.TCPConnector(limit=0)
        self._http = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(20))
        target = f"http://127.0.0.1:{on.server.port}/telegram"
        self.world = World(self._http, target, self.counts, self._ids, self.told)
        steps = script()
        self._tasks = [asyncio.create_task(self._walk(on.bot_api, steps)) for _ in range(size)]

    async def _walk(self, bot_api: BotApi, steps: tuple[Step, ...]) -> None:
        while not self._stop.is_set():
            citizen = self._new(self.world, next(CHATS), next(self._people))
            bot_api.citizens[citizen.chat] = citizen
            self.walked.append(citizen)
            await citizen.walk(steps)

    async def walked_through(self, dialogues: int) -> None:
        """Return when *dialogues* came to their end, or every citizen gave up."""
        while self.counts["dialogues"] < dialogues:  # noqa: ASYNC110 - a look now and then is enough
            await asyncio.sleep(0.05)

    async def stop(self, linger: float = 2.0) -> None:
        """Let dialogues under way come to their end, and late messages arrive."""
        self._stop.set()
        await asyncio.gather(*self._tasks)
        await asyncio.sleep(linger)
        self.counts["replies nobody waited for"] = sum(c.inbox.qsize() for c in self.walked)

    async def leave(self) -> None:
        """Close the citizens' connections."""
        await self._http.close()


def judged(crowd: Crowd, url: str) -> dict[str, int]:
    """Compare what citizens were told with what the database holds."""
    kept = rows(url, "SELECT code, address FROM tickets")
    codes = {str(code) for code, _ in kept}
    owners = Counter(bytes(address) for _, address in kept)
    return {
        "tickets told": len(crowd.told),
        "tickets kept": len(codes),
        "told but not kept": len(crowd.told - codes),
        "kept but not told": len(codes - crowd.told),
        "citizens with two tickets": sum(count > 1 for count in owners.values()),
        "replies waiting at the end": int(rows(url, "SELECT count(*) FROM outbox")[0][0]),
    }


def report(name: str, found: dict[str, object]) -> None:
    """Keep *found* as a line of JSON and print it as a Markdown row."""
    RESULTS.mkdir(exist_ok=True)
    with (RESULTS / f"{name}.jsonl").open("a") as lines:
        lines.write(json.dumps({"at": int(time.time()), **found}) + "\n")
    print("| " + " | ".join(found) + " |")
    print("| " + " | ".join("---" for _ in found) + " |")
    print("| " + " | ".join(str(value) for value in found.values()) + " |", flush=True)
