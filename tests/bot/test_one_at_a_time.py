"""One citizen, one turn at a time."""

import asyncio

import pytest

from bot.taking.one_at_a_time import OneAtATime


async def test_work_of_one_key_never_overlaps_and_keeps_its_order() -> None:
    """Ten pieces of work for one citizen are done one after the other, as they came."""
    turns, under_way, done = OneAtATime(), [0], []

    async def work(number: int) -> None:
        under_way[0] += 1
        assert under_way[0] == 1
        await asyncio.sleep(0.001 * (10 - number))
        under_way[0] -= 1
        done.append(number)

    async def one(number: int) -> None:
        await turns.run("a", lambda: work(number))

    await asyncio.gather(*(one(number) for number in range(10)))

    assert done == list(range(10))
    assert not turns._lines


async def test_whoever_gives_up_lets_nobody_in_early() -> None:
    """A waiter that is cancelled does not let the next one run beside the first."""
    turns, gate, running = OneAtATime(), asyncio.Event(), []

    async def first() -> None:
        running.append("first")
        await gate.wait()
        running.remove("first")

    async def last() -> list[str]:
        return list(running)

    one = asyncio.ensure_future(turns.run("a", first))
    await asyncio.sleep(0)
    two = asyncio.ensure_future(turns.run("a", first))
    await asyncio.sleep(0)
    three = asyncio.ensure_future(turns.run("a", last))
    two.cancel()
    with pytest.raises(asyncio.CancelledError):
        await two
    gate.set()
    await one

    assert await three == []
    assert not turns._lines


async def test_whoever_gives_up_when_the_turn_comes_passes_it_on() -> None:
    """A waiter that is cancelled in the very moment its turn comes holds up nobody."""
    turns, gate = OneAtATime(), asyncio.Event()

    async def first() -> None:
        await gate.wait()
        asyncio.get_running_loop().call_soon(two.cancel)

    async def works() -> int:
        return 1

    one = asyncio.ensure_future(turns.run("a", first))
    await asyncio.sleep(0)
    two = asyncio.ensure_future(turns.run("a", works))
    three = asyncio.ensure_future(turns.run("a", works))
    await asyncio.sleep(0)
    gate.set()
    await one
    with pytest.raises(asyncio.CancelledError):
        await two

    assert await three == 1
    assert not turns._lines


async def test_a_failure_frees_the_next() -> None:
    """Work that fails tells its own caller and holds up nobody."""
    turns = OneAtATime()

    async def fails() -> None:
        raise LookupError

    async def works() -> int:
        return 1

    with pytest.raises(LookupError):
        await turns.run("a", fails)
    assert await turns.run("a", works) == 1
