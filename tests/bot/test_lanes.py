"""One slow office, or one slow mail server, never delays another."""

import asyncio
from collections.abc import Sequence
from itertools import islice

import pytest

from bot.post import lanes
from bot.post.lanes import OF_A_WAY, OF_AN_OFFICE, WAITING, Lanes


async def hold(room: Lanes, office: str, way: str, until: asyncio.Event) -> bool:
    """Hold a place until told; say whether there was one."""
    async with room.place(office, way) as free:
        if free:
            await until.wait()
        return free


async def settle() -> None:
    """Let every task go as far as it can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def given_up(tasks: Sequence[asyncio.Task[bool]], count: int) -> None:
    """Return when *count* of *tasks* found no place; the others hold theirs."""
    for first in islice(asyncio.as_completed(tasks), count):
        assert not await first


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be impatient."""
    monkeypatch.setattr(lanes, "PATIENCE", 0.1)


async def test_another_office_goes_past_a_slow_one() -> None:
    """The slow one has a few letters under way; who comes later waits, and then gives up."""
    room, end = Lanes(), asyncio.Event()
    slow = [asyncio.create_task(hold(room, "slow", "email", end)) for _ in range(5)]
    await settle()
    done = asyncio.Event()
    done.set()
    assert await hold(room, "quick", "email", done)
    assert await hold(room, "slow", "telegram", done)
    await given_up(slow, 5 - OF_AN_OFFICE)
    end.set()
    assert (
        sorted(await asyncio.gather(*slow)) == [False] * (5 - OF_AN_OFFICE) + [True] * OF_AN_OFFICE
    )


async def test_another_way_goes_past_a_slow_one() -> None:
    """A mail server that hangs for every office leaves the telephones alone."""
    room, end, done = Lanes(), asyncio.Event(), asyncio.Event()
    done.set()
    stuck = [asyncio.create_task(hold(room, f"o{n}", "email", end)) for n in range(OF_A_WAY + 3)]
    await settle()
    assert await hold(room, "o1", "telegram", done)
    await given_up(stuck, 3)
    end.set()
    assert (await asyncio.gather(*stuck)).count(True) == OF_A_WAY


async def test_a_burst_to_one_office_goes_through() -> None:
    """They wait for each other, and all have their turn."""
    room, done = Lanes(), asyncio.Event()
    done.set()
    assert all(await asyncio.gather(*(hold(room, "busy", "email", done) for _ in range(WAITING))))


async def test_only_so_many_wait() -> None:
    """More than that come back later, so that a dead office fills no process."""
    room, end = Lanes(), asyncio.Event()
    many = [
        asyncio.create_task(hold(room, "dead", "email", end))
        for _ in range(OF_AN_OFFICE + WAITING + 9)
    ]
    await settle()
    assert sum(task.done() for task in many) == 9
    end.set()
    await asyncio.gather(*many)


async def test_after_a_failure_an_office_rests() -> None:
    """Who waited behind it does not try, and neither does the next; another way is not touched."""
    room, end, done = Lanes(), asyncio.Event(), asyncio.Event()
    done.set()
    first = [asyncio.create_task(hold(room, "ill", "email", end)) for _ in range(OF_AN_OFFICE + 1)]
    await settle()
    room.rest("ill", "email")
    end.set()
    assert (await asyncio.gather(*first)).count(False) == 1
    assert not await hold(room, "ill", "email", done)
    assert await hold(room, "ill", "sms", done)
    room.rest("other", "email")
    assert not await hold(room, "ill", "email", done)


async def test_a_cancelled_letter_leaves_its_place() -> None:
    """The end of a process, or of a patience, blocks nobody."""
    room, end, done = Lanes(), asyncio.Event(), asyncio.Event()
    done.set()
    held = [asyncio.create_task(hold(room, "a", "email", end)) for _ in range(OF_AN_OFFICE + 2)]
    await settle()
    for task in held:
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    assert all([await hold(room, "a", "email", done) for _ in range(OF_AN_OFFICE + 1)])
