"""Endless work that ends takes the process with it."""

import asyncio

import pytest

from bot.running.loops import Loops, forever
from storage.database.errors import StoreUnavailable


async def _breaks() -> None:
    await asyncio.sleep(0)
    raise LookupError


async def _goes_on() -> None:
    await asyncio.Event().wait()


async def test_a_loop_that_breaks_stops_the_process() -> None:
    """One broken loop sets the stop signal, and readiness says no."""
    stop = asyncio.Event()
    loops = Loops(stop)
    loops.start("well", _goes_on())
    loops.start("ill", _breaks())

    async with asyncio.timeout(1):
        await stop.wait()
    await loops.close()

    assert loops.broken
    assert not loops.alive


async def test_an_orderly_end_is_no_break() -> None:
    """Loops that are ended by us did not break."""
    stop = asyncio.Event()
    loops = Loops(stop)
    loops.start("well", _goes_on())

    await loops.close()
    await asyncio.sleep(0)

    assert loops.alive
    assert not stop.is_set()


async def test_a_database_that_is_away_is_waited_for() -> None:
    """Work that cannot reach the database is done again; any other error ends it."""
    errors = iter((StoreUnavailable("away"), StoreUnavailable("away"), LookupError()))
    done = []

    async def work() -> None:
        done.append(1)
        raise next(errors)

    with pytest.raises(LookupError):
        await forever("test", work, 0)
    assert len(done) == 3
