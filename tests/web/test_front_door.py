"""Opening, closing, and the patience between, on both loops."""

import asyncio
import time

import pytest
from aiohttp import web

from tests.web.doorstep import LAST_OK, OK, PAGE, Caller, doorstep, head, post, until
from web.front.fast_lane import Patience
from web.front.front_door import FrontDoor

HASTY = Patience(request=0.1, idle=0.3, parting=0.1, patrol=0.02)


async def test_what_is_in_flight_is_finished_before_the_end() -> None:
    """Closing takes nobody new, answers what was taken in, and closes idle connections at once."""
    async with doorstep() as step, Caller(step) as busy, Caller(step) as idle:
        idle.say(post(b"200"))
        assert await idle.hear() == OK
        step.letterbox.door.clear()
        busy.say(post(), post())
        await until(lambda: len(step.letterbox.bodies) == 2)
        closing = asyncio.create_task(step.front.close())
        assert await idle.rest() == b""
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", step.front.port)
        step.letterbox.door.set()
        assert await busy.rest() == LAST_OK  # the second is not begun: its provider delivers again
        await closing


async def test_who_comes_in_at_the_last_moment_is_let_out() -> None:
    """A connection that was waiting when the door closed is closed as well."""
    async with doorstep() as step:
        step.front._front.closing = True
        async with Caller(step) as late:
            assert await late.rest() == b""


async def test_a_turn_that_was_cancelled_is_to_be_delivered_again() -> None:
    """Whoever cancels turns at the end does not leave their providers without an answer."""
    async with doorstep() as step, Caller(step) as caller:
        step.letterbox.door.clear()
        caller.say(post())
        await until(lambda: bool(step.letterbox.bodies))
        (connection,) = step.front._front.connections
        assert connection.turn is not None
        connection.turn.cancel()
        assert await caller.status() == 503


async def test_the_end_waits_only_so_long() -> None:
    """A turn that hangs does not keep the server from stopping."""
    async with doorstep(patience=HASTY) as step, Caller(step) as caller:
        step.letterbox.door.clear()
        caller.say(post())
        await until(lambda: bool(step.letterbox.bodies))
        await step.front.close()
        assert await caller.rest() == b""
        assert step.letterbox.done == 0


@pytest.mark.parametrize(
    ("begun", "least", "most"),
    [
        (b"", 0.28, 1.0),
        (post(), 0.28, 1.0),
        (b"POST", 0.08, 0.25),
        (head({"Content-Length": "2"}) + b"{", 0.08, 0.25),
    ],
)
async def test_who_keeps_us_waiting_is_left(begun: bytes, least: float, most: float) -> None:
    """An idle connection has its time, a request begun has less, and single bytes win none."""
    async with doorstep(patience=HASTY) as step, Caller(step) as caller:
        began = time.monotonic()
        caller.say(begun)
        await caller.rest()
        assert least < time.monotonic() - began < most


async def test_who_was_refused_and_stays_is_left() -> None:
    """A client that neither sends nor closes after its refusal is cut off."""
    async with doorstep(patience=HASTY) as step, Caller(step) as caller:
        caller.say(post(X_Telegram_Bot_Api_Secret_Token="wrong"))
        await until(lambda: bool(step.front._front.connections))
        await until(lambda: not step.front._front.connections)


async def test_a_slow_turn_is_not_the_clients_fault() -> None:
    """Patience is for clients; a turn has its own bounds."""
    async with doorstep(patience=HASTY) as step, Caller(step) as caller:
        step.letterbox.door.clear()
        caller.say(post())
        await asyncio.sleep(0.4)
        step.letterbox.door.set()
        assert await caller.hear() == OK


async def test_pages_are_none_of_our_patience() -> None:
    """A connection that became aiohttp's is aiohttp's to end."""
    async with doorstep(patience=HASTY) as step, Caller(step) as caller:
        caller.say(PAGE)
        assert await caller.status() == 200
        await asyncio.sleep(0.4)
        caller.say(PAGE)
        assert await caller.status() == 200


async def test_a_door_needs_a_house() -> None:
    """A runner that was not set up has nothing to hand connections to."""
    with pytest.raises(RuntimeError, match="set up"):
        FrontDoor(web.AppRunner(web.Application()), {})


@pytest.mark.parametrize(("letters", "status"), [(60_000, 200), (70_000, 400)])
async def test_a_gateway_may_tell_a_long_text_in_the_address(letters: int, status: int) -> None:
    """A long text in Javanese is tens of thousands of letters; there is an end all the same."""
    async with doorstep() as step, Caller(step) as caller:
        caller.say(PAGE.replace(b"/healthz", b"/healthz?text=" + b"a" * letters))
        assert await caller.status() == status
