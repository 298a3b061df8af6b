"""An smsbox that delays, fails and forgets to answer by chance, and reports what it took."""

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from enum import StrEnum
from random import Random

from aiohttp import web

NAME = re.compile(r"[?&]id=(\w+)&")
SLOWEST = 0.03  # seconds before an answer

Tell = Callable[[str], Awaitable[None]]
Part = tuple[int, int]  # the message's number, and which part of it


class Mood(StrEnum):
    """What becomes of a call."""

    TAKEN = "taken"
    BUSY = "busy"  # come again at once
    BROKEN = "broken"  # no word of when
    CUT = "cut"  # the line breaks before anything was read
    DEAF = "deaf"  # taken, and the line breaks before the answer


WEIGHTS = {Mood.TAKEN: 80, Mood.BUSY: 12, Mood.BROKEN: 2, Mood.CUT: 3, Mood.DEAF: 3}


class MoodySmsbox:
    """The fake. *tell* is called with the name of each part that it took, at its own time.

    What we name is told nobody else: *meant* says what each name stands for.
    """

    def __init__(self, dice: Random, tell: Tell) -> None:
        self._dice = dice
        self._tell = tell
        self._telling: set[asyncio.Task[None]] = set()
        self.took: defaultdict[str, list[Part]] = defaultdict(list)  # by telephone, in order
        self.meant: dict[str, Part] = {}
        self.moods: Counter[Mood] = Counter()

    async def start(self) -> str:
        """Start on a free port and return the address to send to."""
        app = web.Application()
        app.router.add_post("/cgi-bin/sendsms", self._call)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}/cgi-bin/sendsms"

    async def close(self) -> None:
        """Stop, once everything was told."""
        await asyncio.gather(*self._telling)
        await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.Response:
        await request.read()
        (mood,) = self._dice.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()))
        self.moods[mood] += 1
        if mood in (Mood.TAKEN, Mood.DEAF):
            self._take(request)
        await asyncio.sleep(self._dice.uniform(0, SLOWEST))
        if mood in (Mood.CUT, Mood.DEAF) and request.transport:
            request.transport.close()
        if mood is Mood.TAKEN:
            return web.Response(status=202, text="0: Accepted for delivery")
        return web.Response(status=503, headers={"Retry-After": "0"} if mood is Mood.BUSY else {})

    def _take(self, request: web.Request) -> None:
        named = NAME.search(request.headers["X-Kannel-DLR-Url"])
        assert named
        self.took[request.headers["X-Kannel-To"]].append(self.meant[named[1]])
        task = asyncio.create_task(self._report(named[1]))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _report(self, name: str) -> None:
        await asyncio.sleep(self._dice.uniform(0, 2 * SLOWEST))
        await self._tell(name)
