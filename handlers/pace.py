"""Keep to a channel's speed limits: over all chats, within one chat, and when told to wait.

The arithmetic is the generic cell rate algorithm (ITU-T I.371): one number a bucket, no timers.
"""

import asyncio
import time
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

BURST = 5  # messages that may go at once after a quiet time
KEPT = 1000  # chats remembered before the quiet ones are looked for
REDIS_PATIENCE = 0.25  # seconds for one answer
REDIS_REST = 5.0  # seconds without asking Redis after it failed

# The same arithmetic as Bucket.reserve, in microseconds of Redis's own clock.
RESERVE = """
local t = redis.call('TIME')
local now = t[1] * 1000000 + t[2]
local interval, slack = tonumber(ARGV[1]), tonumber(ARGV[2])
local due = tonumber(redis.call('GET', KEYS[1]) or now)
local slot = math.max(now, due - slack)
due = math.max(slot, due) + interval
redis.call('SET', KEYS[1], string.format('%.0f', due), 'PX', math.ceil((due - now) / 1000) + 1000)
return math.ceil(slot - now)
"""


class Bucket:
    """Slots at *rate* a second, *burst* of them at once after a rest; rate 0 lifts the limit.

    All times are seconds of one monotonic clock.
    """

    __slots__ = ("_due", "frozen", "interval", "slack")

    def __init__(self, rate: float, burst: int = BURST) -> None:
        self.interval = 1 / rate if rate else 0.0
        self.slack = (burst - 1) * self.interval
        self._due = 0.0
        self.frozen = 0.0  # nothing goes before this time

    def reserve(self, now: float) -> float:
        """Take the next slot and return its time; slots never overtake each other."""
        slot = max(now, self._due - self.slack)
        self._due = max(slot, self._due) + self.interval
        return slot

    def freeze(self, until: float) -> None:
        """Let nothing go before *until*, and no burst right after it."""
        self.frozen = max(self.frozen, until)
        self._due = max(self._due, until + self.slack)

    def idle(self, now: float) -> bool:
        """Return whether forgetting the bucket would change nothing."""
        return self._due <= now and self.frozen <= now


class Pace:
    """A channel's limits: *rate* messages a second in all, *chat_rate* within a chat; 0 lifts.

    *chat_burst* messages may go to a chat at once after a quiet time.
    """

    def __init__(
        self,
        rate: float,
        chat_rate: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        chat_burst: int = BURST,
    ) -> None:
        self._all = Bucket(rate)
        self._chat_rate = chat_rate
        self._chat_burst = chat_burst
        self._chats: dict[str, Bucket] = {}
        self._look_at = KEPT
        self._clock = clock
        self._lifted = not rate and not chat_rate
        self._frozen_chat = ""

    async def wait(self, chat: str) -> None:
        """Return when *chat* may get its next message."""
        if self._lifted:
            return
        now = self._clock()
        bucket = self._chats.get(chat)
        if bucket is None and self._chat_rate:
            bucket = self._open(chat, now)
        if bucket is not None:
            await self._until(bucket.reserve(now), bucket)
        await self._until(await self._reserve(), self._all)

    def freeze(self, chat: str, seconds: float) -> None:
        """Obey "retry after": *chat* rests, and everybody when a second chat is told so too."""
        now = self._clock()
        other = self._chats.get(self._frozen_chat)
        if other is not None and self._frozen_chat != chat and other.frozen > now:
            self._all.freeze(now + seconds)
        (self._chats.get(chat) or self._open(chat, now)).freeze(now + seconds)
        self._frozen_chat = chat
        self._lifted = False

    async def _reserve(self) -> float:
        """Return the time of the next slot over all chats."""
        return self._all.reserve(self._clock())

    async def _until(self, slot: float, bucket: Bucket) -> None:
        """Sleep until *slot*, or longer when the bucket froze meanwhile."""
        while (left := max(slot, bucket.frozen) - self._clock()) > 0:  # noqa: ASYNC110 - time, no event
            await asyncio.sleep(left)

    def _open(self, chat: str, now: float) -> Bucket:
        """Begin a chat's bucket; now and then forget the quiet ones."""
        if len(self._chats) >= self._look_at:
            self._chats = {c: b for c, b in self._chats.items() if not b.idle(now)}
            self._look_at = max(KEPT, 2 * len(self._chats))
        bucket = self._chats[chat] = Bucket(self._chat_rate, self._chat_burst)
        return bucket


class SharedPace(Pace):
    """A Pace whose overall rate is shared through Redis by all processes with the same *name*.

    Without Redis each process keeps to the whole rate by itself until Redis is back.
    """

    def __init__(
        self, rate: float, chat_rate: float, redis: Redis, name: str, *, chat_burst: int = BURST
    ) -> None:
        super().__init__(rate, chat_rate, chat_burst=chat_burst)
        self._script = redis.register_script(RESERVE)
        self._key = f"satupintu:pace:{name}"
        self._ask_again = 0.0

    async def _reserve(self) -> float:
        now = self._clock()
        if not self._all.interval or now < self._ask_again:
            return self._all.reserve(now)
        arguments = [round(self._all.interval * 1e6), round(self._all.slack * 1e6)]
        try:
            asked = self._script(keys=[self._key], args=arguments)
            wait = await asyncio.wait_for(asked, REDIS_PATIENCE)
        except (RedisError, OSError, TimeoutError):
            self._ask_again = now + REDIS_REST
            return self._all.reserve(now)
        return now + int(wait) / 1e6
