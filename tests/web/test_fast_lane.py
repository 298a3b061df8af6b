"""One connection's requests, on real sockets and both loops."""

import asyncio
from collections.abc import AsyncIterator
from socket import SO_RCVBUF, SO_SNDBUF, SOL_SOCKET

import pytest
from structlog.testing import capture_logs

from tests.web.doorstep import (
    LAST_OK,
    OK,
    PAGE,
    Caller,
    Doorstep,
    doorstep,
    head,
    post,
    until,
)
from web.front.fast_lane import MOST_HEAD, MOST_HELD
from web.hooks.webhooks import MOST_BYTES


@pytest.fixture
async def step() -> AsyncIterator[Doorstep]:
    """Return an open door."""
    async with doorstep() as step:
        yield step


@pytest.fixture
async def caller(step: Doorstep) -> AsyncIterator[Caller]:
    """Return a client before it."""
    async with Caller(step) as caller:
        yield caller


async def test_a_delivery_is_answered_in_constant_bytes(step: Doorstep, caller: Caller) -> None:
    """The body reaches the webhook and its status comes back, on a connection that stays."""
    for body in (b'{"update_id":1}', b"", b"x" * MOST_BYTES):
        caller.say(post(body))
        assert await caller.hear() == OK
        assert step.letterbox.bodies.pop() == body


async def test_requests_may_come_byte_by_byte(step: Doorstep, caller: Caller) -> None:
    """A request is the same however it was cut."""
    await caller.spell(post(b"400") + post(b"200"))
    assert [await caller.status(), await caller.status()] == [400, 200]
    await caller.spell(PAGE)
    assert (await caller.hear()).endswith(b"\r\n\r\nok\n")


async def test_pipelined_requests_are_answered_in_order(step: Doorstep, caller: Caller) -> None:
    """However many come at once, one is in flight, and answers follow the requests."""
    caller.say(post(b"400"), post(b"503"), post(b"200"), PAGE, PAGE)
    assert [await caller.status() for _ in range(5)] == [400, 503, 200, 200, 200]
    assert step.letterbox.bodies == [b"400", b"503", b"200"]


async def test_lane_then_page_on_one_connection(step: Doorstep, caller: Caller) -> None:
    """A connection becomes aiohttp's with the first other request, and serves both from then."""
    for request in (post(), PAGE, post(), PAGE):
        caller.say(request)
        assert await caller.status() == 200
    assert len(step.letterbox.bodies) == 2


async def test_page_then_lane_on_one_connection(step: Doorstep, caller: Caller) -> None:
    """A connection that began with a page takes deliveries as well."""
    for request in (PAGE, post()):
        caller.say(request)
        assert await caller.status() == 200
    assert step.letterbox.bodies == [b"{}"]


async def test_a_page_waits_for_the_turn_before_it(step: Doorstep, caller: Caller) -> None:
    """Aiohttp gets the connection only when nothing is owed on it."""
    step.letterbox.door.clear()
    caller.say(post(b"400"), PAGE)
    await until(lambda: bool(step.letterbox.bodies))
    await asyncio.sleep(0.05)
    step.letterbox.door.set()
    assert [await caller.status(), await caller.status()] == [400, 200]


@pytest.mark.parametrize("path", ["/telegram/", "/telegram?x", "/telegrams"])
async def test_only_the_exact_path_is_a_lane(caller: Caller, path: str) -> None:
    """What is not exactly the path is judged by aiohttp's routes."""
    caller.say(post().replace(b"/telegram", path.encode()))
    assert await caller.status() == (200 if "?" in path else 404)


async def test_chunked_bodies(step: Doorstep, caller: Caller) -> None:
    """A body without a length is read to its end, and the connection goes on."""
    chunks = b"2\r\n{}\r\n3\r\n{}\n\r\n0\r\n\r\n"
    caller.say(head({"Transfer-Encoding": "chunked"}) + chunks, post())
    assert [await caller.status(), await caller.status()] == [200, 200]
    assert step.letterbox.bodies == [b"{}{}\n", b"{}"]


async def test_who_expects_100_continue_gets_it(step: Doorstep, caller: Caller) -> None:
    """A client may ask before it sends the body."""
    caller.say(head({"Expect": "100-continue", "Content-Length": "2"}))
    assert await caller.status() == 100
    caller.say(b"{}")
    assert await caller.status() == 200
    assert step.letterbox.bodies == [b"{}"]


async def test_who_offers_an_upgrade_is_answered_without(step: Doorstep, caller: Caller) -> None:
    """An offer of HTTP/2 does not lose the delivery."""
    caller.say(post(Connection="Upgrade", Upgrade="h2c"))
    assert await caller.status() == 200
    assert step.letterbox.bodies == [b"{}"]


async def test_http_1_0_gets_one_answer(step: Doorstep, caller: Caller) -> None:
    """HTTP/1.0 has no connections that stay."""
    caller.say(post(version="1.0"))
    assert await caller.rest() == LAST_OK


async def test_connection_close_is_respected(step: Doorstep, caller: Caller) -> None:
    """Who asks for the connection's end gets it, after the answer."""
    caller.say(post(Connection="close"), PAGE)
    assert await caller.rest() == LAST_OK


async def test_a_body_that_is_too_long_is_refused(step: Doorstep, caller: Caller) -> None:
    """413 reaches even who goes on sending; the webhook hears nothing."""
    caller.say(post(b"x" * (MOST_BYTES + 1)))
    assert await caller.status() == 413
    assert await caller.rest() == b""
    assert step.letterbox.bodies == []


async def test_a_head_that_is_too_long_is_refused(step: Doorstep, caller: Caller) -> None:
    """431 and the end, whether or not the head would have had one."""
    caller.say(post(X_Long="x" * MOST_HEAD))
    assert await caller.status() == 431
    assert await caller.rest() == b""


@pytest.mark.parametrize(
    "wrong",
    [
        head({"Content-Length": "two"}),
        head({"Content-Length": "2", "Transfer-Encoding": "chunked"}),
        post(b"{}", X_Fold="a\r\nb"),
        post(b"{}", version="1.7"),
        post(b"{}").replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\n"),
    ],
)
async def test_what_is_not_http_is_refused(step: Doorstep, caller: Caller, wrong: bytes) -> None:
    """400 and the end: after an error nobody knows where a request begins."""
    caller.say(wrong, post())
    answer = await caller.hear()
    assert (answer.split()[1], answer[-4:]) == (b"400", b"\r\n\r\n")
    assert await caller.rest() == b""
    assert step.letterbox.bodies == []


@pytest.mark.parametrize("given", ["", "wrong", "rahasi\N{LATIN SMALL LETTER A WITH ACUTE}"])
async def test_who_does_not_know_the_secret(step: Doorstep, caller: Caller, given: str) -> None:
    """401 without a word, and nothing read into the webhook."""
    caller.say(post(X_Telegram_Bot_Api_Secret_Token=given))
    answer = b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nCache-Control: no-store\r\n"
    assert await caller.rest() == answer + b"Connection: close\r\n\r\n"
    assert step.letterbox.bodies == []


async def test_without_a_secret_only_this_machine_may_call() -> None:
    """A bare webhook serves local tests, and nobody through a proxy."""
    async with doorstep(secret="") as step, Caller(step) as caller:
        caller.say(post(), post(X_Forwarded_For="203.0.113.9"))
        assert [await caller.status(), await caller.status()] == [200, 401]


async def test_a_bug_asks_for_another_delivery(step: Doorstep, caller: Caller) -> None:
    """503 with Retry-After; one line in the log, without a word of the body; all goes on."""
    with capture_logs() as logs:
        caller.say(post(b"fall over"), post())
        assert b" 503 " in (refused := await caller.hear())
        assert b"Retry-After: 1\r\n" in refused
        assert await caller.hear() == OK
    assert [(line["event"], line["error"]) for line in logs] == [
        ("a webhook failed", "ValueError")
    ]
    assert "fall over" not in str(logs)


async def test_who_leaves_in_mid_request_is_forgotten(step: Doorstep, caller: Caller) -> None:
    """Half a request is no delivery."""
    caller.say(post(b"{}" * 100)[:-1])
    await asyncio.sleep(0.02)
    caller.writer.close()
    await until(lambda: not step.front._front.connections)
    assert step.letterbox.bodies == []


async def test_a_turn_outlives_its_client(step: Doorstep, caller: Caller) -> None:
    """Who went away after the last byte is not answered, but the turn is completed."""
    step.letterbox.door.clear()
    caller.say(post())
    await until(lambda: bool(step.letterbox.bodies))
    caller.writer.transport.abort()
    await asyncio.sleep(0.02)
    step.letterbox.door.set()
    await until(lambda: not step.front._front.connections)
    assert step.letterbox.done == 1


async def test_who_has_said_everything_still_hears_the_answers(
    step: Doorstep, caller: Caller
) -> None:
    """A client may close its direction first; our answers come, then the end."""
    step.letterbox.door.clear()
    caller.say(post(), post(b"400"))
    await until(lambda: bool(step.letterbox.bodies))
    caller.writer.write_eof()
    await asyncio.sleep(0.02)
    step.letterbox.door.set()
    assert [await caller.status(), await caller.status()] == [200, 400]
    assert await caller.rest() == b""


@pytest.mark.parametrize("after", [PAGE, b"POST /telegram HTTP/1.1\r\n:\r\n\r\n", b"POST"])
async def test_after_its_end_a_client_gets_no_more_than_the_end(
    step: Doorstep, caller: Caller, after: bytes
) -> None:
    """What follows the last delivery on a half-closed connection ends it."""
    step.letterbox.door.clear()
    caller.say(post(), after)
    await until(lambda: bool(step.letterbox.bodies))
    caller.writer.write_eof()
    await asyncio.sleep(0.02)
    step.letterbox.door.set()
    assert await caller.hear() == OK
    assert (await caller.rest())[:12] in {b"", b"HTTP/1.1 400"}
    await until(lambda: not step.front._front.connections)


async def test_reading_pauses_behind_a_slow_turn(step: Doorstep, caller: Caller) -> None:
    """What waits on one connection is bounded; everything is answered in the end."""
    step.letterbox.door.clear()
    caller.say(*[post(b"x" * MOST_HELD) for _ in range(300)])
    await asyncio.sleep(0.2)
    (connection,) = step.front._front.connections
    assert MOST_HELD < len(connection._held) < 10 * MOST_HELD
    step.letterbox.door.set()
    assert [await caller.hear() for _ in range(300)] == [OK] * 300


async def test_who_never_reads_is_left(step: Doorstep, caller: Caller) -> None:
    """Answers do not pile up for a client that only writes."""
    await until(lambda: bool(step.front._front.connections))
    (connection,) = step.front._front.connections
    connection._transport.set_write_buffer_limits(high=1024)
    for end in (connection._transport, caller.writer.transport):
        end.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_SNDBUF, 4096)
        end.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_RCVBUF, 4096)
    caller.writer.transport.pause_reading()
    caller.say(post(b"") * 5000)
    await until(lambda: not step.front._front.connections)
    assert step.letterbox.done < 5000
