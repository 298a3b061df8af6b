"""Meta's deliveries on the fast lane: signed bodies are read, all others turned away."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from tests.web.doorstep import OK, Caller, Doorstep, Letterbox
from web.front.front_door import FrontDoor, whatsapp_lane
from web.hooks.whatsapp import MetaWebhook, Secrets, add_whatsapp
from web.unproven import FREE, UNPROVEN, Unproven

SECRET = "tr0ub4dor"


class MetaLetterbox(Letterbox, MetaWebhook):
    """Keeps every body of Meta's."""


@asynccontextmanager
async def doorstep(secret: str, unproven: Unproven = UNPROVEN) -> AsyncIterator[Doorstep]:
    """Open a front door before Meta's webhook, on the lane and behind it."""
    letterbox = MetaLetterbox()
    app = web.Application()
    add_whatsapp(app, letterbox, Secrets(secret, "kata"), unproven)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    front = FrontDoor(runner, whatsapp_lane(letterbox, secret), unproven=unproven)
    await front.start("127.0.0.1", 0)
    try:
        yield Doorstep(front, letterbox)
    finally:
        await front.close()
        await runner.cleanup()


@pytest.fixture
async def step() -> AsyncIterator[Doorstep]:
    """Return an open door."""
    async with doorstep(SECRET) as step:
        yield step


@pytest.fixture
async def caller(step: Doorstep) -> AsyncIterator[Caller]:
    """Return a client before it."""
    async with Caller(step) as caller:
        yield caller


def post(body: bytes, signature: str | None = None, more: str = "") -> bytes:
    """Return a delivery, with Meta's signature where none is given."""
    made = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    given = f"sha256={made}" if signature is None else signature
    lines = f"Host: x\r\nX-Hub-Signature-256: {given}\r\n{more}"
    return f"POST /whatsapp HTTP/1.1\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def test_a_signed_delivery_is_read(step: Doorstep, caller: Caller) -> None:
    """However it was cut and however large, and the connection stays."""
    for body in (b'{"a":"\\u00e9"}', b"", b"x" * (3 << 20)):
        caller.say(post(body))
        assert await caller.hear() == OK
        assert step.letterbox.bodies.pop() == body
    await caller.spell(post(b"503"))
    assert await caller.status() == 503


@pytest.mark.parametrize("signature", ["", "sha256=" + "0" * 64, "sha1=1", "sha256=\u00e9"])
async def test_what_meta_did_not_sign_is_not_read(
    step: Doorstep, caller: Caller, signature: str
) -> None:
    """401, and the connection ends."""
    caller.say(post(b"{}", signature))
    assert await caller.status() == 401
    assert step.letterbox.bodies == []


async def test_a_delivery_without_end_is_turned_away(step: Doorstep, caller: Caller) -> None:
    """Beyond what Meta sends nothing is read, signed or not."""
    caller.say(post(b"x" * ((3 << 20) + 1)))
    assert await caller.status() == 413
    assert step.letterbox.bodies == []


async def test_both_ways_in_judge_alike(step: Doorstep, caller: Caller) -> None:
    """What is rare goes to the pages behind, where the same signature counts."""
    unusual = "Expect: 100-continue\r\n"
    caller.say(post(b"{}", more=unusual))
    statuses = [await caller.status()]
    if statuses == [100]:
        statuses = [await caller.status()]
    assert statuses == [200]
    caller.say(post(b"{}", "sha256=" + "0" * 64))
    assert await caller.status() == 401


async def test_metas_question_goes_to_the_pages_behind(caller: Caller) -> None:
    """GET on the same path answers the challenge."""
    asked = "hub.mode=subscribe&hub.verify_token=kata&hub.challenge=77"
    caller.say(f"GET /whatsapp?{asked} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert (await caller.hear()).endswith(b"77")


async def test_without_a_secret_only_this_machine_may_call() -> None:
    """On a laptop nobody signs; a proxy in between is somebody else."""
    async with doorstep("") as step, Caller(step) as caller:
        caller.say(post(b"{}"))
        assert await caller.status() == 200
        caller.say(post(b"{}", more="X-Forwarded-For: 10.0.0.1\r\n"))
        assert await caller.status() == 401


LARGE = b"x" * (1 << 20)
CHUNKED = "Transfer-Encoding: chunked\r\n"


async def until(true: Callable[[], bool]) -> None:
    """Wait until *true*."""
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - a number, no event
            await asyncio.sleep(0.005)


def begun(body: bytes, *, chunked: bool) -> bytes:
    """Return all but the end of a delivery by somebody who knows no secret."""
    if not chunked:
        return post(body, "sha256=" + "0" * 64)[:-1]
    start = "POST /whatsapp HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=0\r\n"
    return f"{start}{CHUNKED}\r\n{len(body):x}\r\n".encode() + body


@pytest.mark.parametrize("chunked", [False, True])
async def test_bodies_of_who_proved_nothing_share_one_room(*, chunked: bool) -> None:
    """Who finds it full comes again; ordinary deliveries are read, and it is free at once."""
    room = Unproven(3 << 19)
    async with doorstep(SECRET, room) as step, Caller(step) as first, Caller(step) as second:
        first.say(begun(LARGE, chunked=chunked))
        await until(lambda: room.left <= (3 << 19) - len(LARGE) + FREE)
        second.say(begun(LARGE, chunked=chunked))
        assert await second.status() == 503
        async with Caller(step) as third:
            third.say(post(b"{}"))
            assert await third.hear() == OK
        first.writer.transport.abort()
        await until(lambda: room.left == 3 << 19)
        async with Caller(step) as third:
            third.say(post(LARGE))
            assert await third.hear() == OK
    assert room.left == 3 << 19


def test_a_body_takes_room_beyond_what_is_free_and_gives_it_back() -> None:
    """The first bytes of each cost nothing; what has no room takes none."""
    room = Unproven(10)
    assert room.grow(0, FREE)
    assert room.grow(FREE, FREE + 6)
    assert not room.grow(0, FREE + 5)
    assert room.left == 4
    room.free(FREE + 6)
    assert room.left == 10
