"""Errors before and behind the routes say a status, and quote nothing of what was sent."""

import asyncio
import time
import zlib
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from tests.web.doorstep import PAGE, SECRET, Caller, Doorstep, Letterbox
from web import forms
from web.front.front_door import FrontDoor
from web.headers import add_headers
from web.hooks.webhooks import TELEGRAM_SECRET, add_telegram

SECRET_WORD = "9901014107800001"
TRICKLE = (
    f"POST /telegram HTTP/1.1\r\nHost: x\r\n{TELEGRAM_SECRET}: {SECRET}\r\n"
    "Transfer-Encoding: chunked\r\n\r\n2\r\n{{\r\n"
).encode()


async def fall_over(_request: web.Request) -> web.Response:
    """Fail as a bug does, with a citizen's words in the error."""
    raise ValueError(SECRET_WORD)


async def break_off(request: web.Request) -> web.StreamResponse:
    """Fail when part of the answer is out."""
    answer = web.StreamResponse()
    await answer.prepare(request)
    await answer.write(b"begun")
    raise ValueError(SECRET_WORD)


@pytest.fixture
async def caller() -> AsyncIterator[Caller]:
    """Return a client before a door with faulty pages and a webhook."""
    app = web.Application()
    app.on_response_prepare.append(add_headers)
    app.router.add_get("/bug", fall_over)
    app.router.add_get("/begun", break_off)
    app.router.add_get("/healthz", well)
    letterbox = Letterbox()
    add_telegram(app, letterbox, SECRET)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    front = FrontDoor(runner, {})
    await front.start("127.0.0.1", 0)
    async with Caller(Doorstep(front, letterbox)) as caller:
        yield caller
    await front.close()
    await runner.cleanup()


async def well(_request: web.Request) -> web.Response:
    """Answer."""
    return web.Response(text="ok\n")


@pytest.mark.parametrize(
    "wrong",
    [
        f"GARBAGE {SECRET_WORD} nothing\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\n{SECRET_WORD}\x00: y\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: {SECRET_WORD}x\r\n\r\n",
        f"GET /{SECRET_WORD * 9000} HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
async def test_what_is_not_http_is_not_quoted(
    caller: Caller, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A bare 400 answers it, and the log names the kind of error alone."""
    with capture_logs() as logs:
        caller.say(wrong.encode())
        answer = (await caller.rest()).decode()
    assert answer.split()[1] == "400"
    assert answer.endswith("\r\n\r\n400\n")
    assert "Server:" not in answer
    assert [entry["event"] for entry in logs] == ["a request was refused"]
    assert SECRET_WORD not in f"{answer}{logs}{caplog.text}"


async def test_a_bug_is_told_by_its_place(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    """A page that fails answers 500; the log has the error's type and where, not its words."""
    with capture_logs() as logs:
        caller.say(b"GET /bug HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n")
        answer = (await caller.rest()).decode()
    assert answer.startswith("HTTP/1.1 500 ")
    assert answer.endswith("\r\n\r\n500\n")
    assert (logs[0]["error"], logs[0]["log_level"]) == ("ValueError", "error")
    assert logs[0]["at"][-1].endswith("fall_over")
    assert SECRET_WORD not in f"{answer}{logs}{caplog.text}"


async def test_an_answer_that_was_begun_is_cut(caller: Caller) -> None:
    """Nothing can be said any more; the connection ends before the answer's own end."""
    with capture_logs() as logs:
        caller.say(b"GET /begun HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = await caller.rest()
    assert not answer.endswith(b"0\r\n\r\n")
    assert [entry["error"] for entry in logs] == ["ValueError"]


async def test_no_answer_names_its_server(caller: Caller) -> None:
    """Whoever looks for known holes learns nothing from a header."""
    caller.say(PAGE)
    answer = await caller.hear()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"Server:" not in answer


async def test_a_body_must_arrive_in_time(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who sends a body by single bytes is told 408 when the time is over."""
    monkeypatch.setattr(forms, "PATIENCE", 0.1)
    caller.say(TRICKLE)
    assert await caller.status() == 408


@pytest.mark.parametrize("start", ["POST /telegram", "POST /nowhere", "GET /healthz"])
@pytest.mark.parametrize("packed", ["gzip", "deflate", "br", "identity", "whatever"])
async def test_nothing_packed_is_taken(caller: Caller, start: str, packed: str) -> None:
    """A bare 415 at every address, before any of the body came; and the connection ends."""
    head = f"{start} HTTP/1.1\r\nHost: x\r\nContent-Encoding: {packed}\r\n"
    caller.say(f"{head}Content-Length: 1000000\r\n\r\n".encode())
    assert await caller.status() == 415
    caller.writer.write_eof()
    assert await caller.rest() == b""


async def test_what_is_packed_is_not_unpacked(caller: Caller) -> None:
    """A small body that would fill the memory, and hold everybody up, stays as small as it is."""
    packer, zeros = zlib.compressobj(9, zlib.DEFLATED, 31), bytes(16 << 20)
    bomb = b"".join([*(packer.compress(zeros) for _ in range(32)), packer.flush()])
    begun = time.process_time()
    caller.say(
        b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n",
        f"Content-Length: {len(bomb)}\r\n\r\n".encode() + bomb,
    )
    assert await caller.status() == 415
    assert await caller.rest() == b""
    assert time.process_time() - begun < 0.2


async def test_who_leaves_in_mid_body_leaves_no_trace(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    """A client that goes is no bug, and no traceback."""
    with capture_logs() as logs:
        caller.say(TRICKLE)
        await asyncio.sleep(0.05)
        caller.writer.transport.abort()
        await asyncio.sleep(0.1)
    assert logs == []
    assert caplog.text == ""
