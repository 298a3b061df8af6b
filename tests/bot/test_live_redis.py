"""What happens to cases is heard in other processes, through a real Valkey."""

import asyncio
from collections.abc import Callable

from redis.asyncio import Redis

from bot.console.live_redis import CHANNEL, Relay
from tests.servers import Valkey
from web.console.listener import Happening

NEWS = Happening("482109379", "new", 1)


class Ears:
    """A process that listens."""

    def __init__(self, url: str) -> None:
        self.heard: list[Happening] = []
        self.reloads = 0
        self.redis = Redis.from_url(url)
        self.relay = Relay(self.redis, self.heard.extend, self._missed, rest=0.1)
        self.running = asyncio.ensure_future(self.relay.run())

    def _missed(self) -> None:
        self.reloads += 1

    async def close(self) -> None:
        """End it."""
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)
        await self.redis.aclose()


async def until(so: Callable[[], bool]) -> None:
    """Return when it is so."""
    async with asyncio.timeout(20):
        while not so():  # noqa: ASYNC110 - what it waits for has no event
            await asyncio.sleep(0.02)


async def test_what_one_process_tells_the_other_hears(valkey_url: str) -> None:
    """Once, and the teller not again."""
    here, there = Ears(valkey_url), Ears(valkey_url)
    await until(lambda: bool(here.reloads and there.reloads))
    here.relay.pass_on([NEWS])
    await until(lambda: bool(there.heard))
    assert (here.heard, there.heard) == ([], [NEWS])
    await here.close()
    await there.close()


async def test_strangers_words_are_passed_over(valkey_url: str) -> None:
    """Whatever else is said on the channel harms nobody."""
    here, there = Ears(valkey_url), Ears(valkey_url)
    await until(lambda: bool(here.reloads and there.reloads))
    for word in (b"", b"\xff", b"{}", b'["x", [["1"]]]', b"[" * 5000):
        await here.redis.publish(CHANNEL, word)
    here.relay.pass_on([NEWS])
    await until(lambda: bool(there.heard))
    assert there.heard == [NEWS]
    await here.close()
    await there.close()


async def test_after_an_outage_pages_are_loaded_anew() -> None:
    """Redis is away: commits do not wait, nothing ends, and when it is back all is heard again."""
    with Valkey() as server:
        here, there = Ears(server.url()), Ears(server.url())
        await until(lambda: bool(here.reloads and there.reloads))
        server.stop()
        here.relay.pass_on([NEWS])
        await asyncio.sleep(0.3)
        server.start()
        await until(lambda: min(here.reloads, there.reloads) >= 2)
        here.relay.pass_on([NEWS])
        await until(lambda: NEWS in there.heard)
        assert not here.running.done()
        await here.close()
        await there.close()
