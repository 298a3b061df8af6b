"""What happens to cases told from process to process, through Redis. What is lost is reloaded."""

import asyncio
import contextlib
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

import msgspec
import structlog
from msgspec import Struct
from redis.asyncio import Redis
from redis.exceptions import RedisError

from web.console.listener import Happening

CHANNEL = "satupintu:live"
MOST_WAITING = 1000  # happenings; while Redis is away older ones are forgotten
REST = 5.0  # seconds after Redis failed
TICK = 1.0  # seconds of one wait for a message

log = structlog.get_logger()


class Word(Struct, frozen=True, array_like=True):
    """What one process tells the others."""

    by: str
    happened: tuple[Happening, ...]


_read = msgspec.json.Decoder(Word).decode


class Relay:
    """Passes on what happens here, and hears what happens elsewhere.

    *hear* takes what another process told; *missed* is called whenever something may have been.
    """

    def __init__(
        self,
        redis: Redis,
        hear: Callable[[Iterable[Happening]], None],
        missed: Callable[[], None],
        rest: float = REST,
    ) -> None:
        self._redis = redis
        self._hear = hear
        self._missed = missed
        self._rest = rest
        self._me = secrets.token_hex(8)
        self._waiting: deque[Happening] = deque(maxlen=MOST_WAITING)
        self._news = asyncio.Event()

    def pass_on(self, happened: Iterable[Happening]) -> None:
        """Have other processes told soon; nobody waits for it."""
        self._waiting += happened
        self._news.set()

    async def run(self) -> None:
        """Tell and hear, for ever."""
        await asyncio.gather(self._until_ended(self._telling), self._until_ended(self._hearing))

    async def _until_ended(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            with contextlib.suppress(RedisError, OSError):
                await work()
            log.warning("Redis is out of reach: other processes' news wait for a reload")
            await asyncio.sleep(self._rest)

    async def _telling(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            told = Word(self._me, tuple(self._waiting))
            self._waiting.clear()
            await self._redis.publish(CHANNEL, msgspec.json.encode(told))

    async def _hearing(self) -> None:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
            await heard.subscribe(CHANNEL)
            self._missed()
            while True:
                message = await heard.get_message(timeout=TICK)
                if message is not None:
                    self._take(message["data"])

    def _take(self, body: bytes) -> None:
        try:
            word = _read(body)
        except msgspec.DecodeError:
            log.warning("Redis told something that is not ours")
            return
        if word.by != self._me:
            self._hear(word.happened)
