"""Speed limits: the arithmetic with a clock of our own, and the waiting with a real one."""

import asyncio
import time
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from handlers import pace as pace_module
from handlers.pace import KEPT, Bucket, Pace, SharedPace
from tests.fakes.valkey import valkey


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_goes_at_once_and_the_rest_in_step() -> None:
    """After a rest five go at once, then one every tenth of a second."""
    bucket = Bucket(10)
    slots = [bucket.reserve(1000.0) for _ in range(8)]
    assert slots == pytest.approx([1000.0] * 5 + [1000.1, 1000.2, 1000.3])


def test_a_rest_earns_the_burst_back() -> None:
    """Half a second at ten a second is worth five messages."""
    bucket = Bucket(10)
    for _ in range(5):
        bucket.reserve(1000.0)
    assert [bucket.reserve(1000.5) for _ in range(5)] == pytest.approx([1000.5] * 5)


def test_rate_zero_lifts_the_limit() -> None:
    """No limit means no waiting, however many."""
    bucket = Bucket(0)
    assert {bucket.reserve(1000.0) for _ in range(10_000)} == {1000.0}


def test_after_a_freeze_there_is_no_burst() -> None:
    """Who was told to wait starts again one by one."""
    bucket = Bucket(10)
    bucket.freeze(1003.0)
    assert [bucket.reserve(1000.0) for _ in range(3)] == pytest.approx([1003.0, 1003.1, 1003.2])


@settings(deadline=None)
@given(st.lists(st.floats(0, 0.5), min_size=2, max_size=60), st.integers(1, 20))
def test_no_second_gets_more_than_its_share(gaps: list[float], rate: int) -> None:
    """Whenever messages come, slots never overtake, and no second has more than rate and burst."""
    bucket, now, slots = Bucket(rate), 1000.0, []
    for gap in gaps:
        now += gap
        slots.append(bucket.reserve(now))
    assert all(earlier <= later for earlier, later in pairwise(slots))
    for start in slots:
        within = sum(start <= slot < start + 1 - 1e-6 for slot in slots)
        assert within <= rate + pace_module.BURST


async def test_nothing_limited_means_nothing_kept() -> None:
    """With both limits lifted a thousand messages leave no trace and take no time."""
    pace = Pace(0, 0)
    for chat in range(1000):
        await pace.wait(str(chat))
    assert pace._chats == {}


async def test_a_chat_waits_and_the_others_do_not() -> None:
    """One chat's seventh message waits its turn while a stranger's goes at once."""
    pace = Pace(0, 20)
    began = time.monotonic()
    for _ in range(7):
        await pace.wait("1")
    assert 0.1 <= time.monotonic() - began < 1
    assert pace._chats.keys() == {"1"}
    await asyncio.wait_for(pace.wait("2"), 0.04)


async def test_all_chats_together_keep_the_overall_rate() -> None:
    """Ten chats at fifty a second: five at once, five in a tenth of a second."""
    pace = Pace(50, 0)
    began = time.monotonic()
    await asyncio.gather(*(pace.wait(str(chat)) for chat in range(10)))
    assert 0.1 <= time.monotonic() - began < 1


async def test_a_freeze_reaches_those_who_already_wait() -> None:
    """Who sleeps until a slot sleeps on when the chat is told to rest meanwhile."""
    pace = Pace(0, 20)
    for _ in range(5):
        await pace.wait("1")
    began = time.monotonic()
    waiting = asyncio.create_task(pace.wait("1"))
    await asyncio.sleep(0.01)
    pace.freeze("1", 0.2)
    await waiting
    assert time.monotonic() - began >= 0.2


async def test_one_frozen_chat_does_not_stop_the_others() -> None:
    """A limit of one chat is that chat's."""
    pace = Pace(0, 0, clock := Clock())
    pace.freeze("1", 5)
    await asyncio.wait_for(pace.wait("2"), 0.1)
    clock.now += 6
    await asyncio.wait_for(pace.wait("1"), 0.1)


async def test_two_frozen_chats_stop_everybody() -> None:
    """When Telegram slows a second chat down, the limit is the bot's own."""
    pace = Pace(0, 0, clock := Clock())
    pace.freeze("1", 5)
    pace.freeze("2", 5)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(pace.wait("3"), 0.05)
    clock.now += 6
    await asyncio.wait_for(pace.wait("3"), 0.1)


async def test_quiet_chats_are_forgotten() -> None:
    """However many citizens write over the years, only the lively ones are remembered."""
    pace = Pace(0, 1, clock := Clock())
    for chat in range(20 * KEPT):
        await pace.wait(str(chat))
        clock.now += 0.01
    assert len(pace._chats) <= KEPT


@pytest.fixture
async def redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Redis]:
    """Return a client of a fresh Valkey."""
    monkeypatch.setattr(pace_module, "REDIS_PATIENCE", 10.0)  # a test machine may be busy
    with valkey(tmp_path) as url:
        client = Redis.from_url(url, retry=None)
        yield client
        await client.aclose()


async def test_two_processes_share_one_rate(redis: Redis) -> None:
    """Two paces with one name let through together what one alone may."""
    first, second = (SharedPace(50, 0, redis, "telegram") for _ in range(2))
    began = time.monotonic()
    await asyncio.gather(*(pace.wait("1") for pace in (first, second) for _ in range(10)))
    assert 0.25 <= time.monotonic() - began < 2


async def test_names_do_not_share(redis: Redis) -> None:
    """Another channel has a rate of its own."""
    first, second = SharedPace(5, 0, redis, "telegram"), SharedPace(5, 0, redis, "sms")
    began = time.monotonic()
    await asyncio.gather(*(pace.wait("1") for pace in (first, second) for _ in range(5)))
    assert time.monotonic() - began < 0.9


async def test_no_shared_limit_means_no_question(redis: Redis) -> None:
    """A lifted overall rate costs Redis nothing, also while a chat rests."""
    pace = SharedPace(0, 1, redis, "telegram")
    await pace.wait("1")
    assert await redis.dbsize() == 0


async def test_without_redis_each_keeps_to_the_rate_alone(tmp_path: Path) -> None:
    """Redis away: messages still go, at the local pace, and Redis is let alone for a while."""
    client = Redis.from_url(f"unix://{tmp_path}/nowhere.sock", retry=None)
    pace = SharedPace(50, 0, client, "telegram")
    began = time.monotonic()
    for _ in range(10):
        await pace.wait("1")
    assert 0.1 <= time.monotonic() - began < 1
    await client.aclose()
