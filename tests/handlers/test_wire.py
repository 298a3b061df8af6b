"""The lean HTTP client, against servers that do all that HTTP/1.1 allows and some it does not."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator

import pytest

from handlers import wire as wire_module
from handlers.delivery import TryLater, Unanswered
from handlers.wire import Wire
from tests.fakes.certificate import contexts
from tests.fakes.scripted_http import CUT, ScriptedHttp

OK = (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",)


@pytest.fixture
async def server() -> AsyncIterator[ScriptedHttp]:
    """Return a server without a script yet."""
    fake = ScriptedHttp()
    await fake.start()
    yield fake
    await fake.close()


@pytest.fixture
async def wire(server: ScriptedHttp) -> AsyncIterator[Wire]:
    """Return a client of the server, with two connections and little patience."""
    client = Wire(server.url, limit=2, timeout=0.4, largest=1000)
    yield client
    await client.close()


async def post(wire: Wire, body: bytes = b"{}") -> tuple[int, bytes]:
    """Return status and body of one call."""
    answer = await wire.post(wire.head("/x"), body)
    return answer.status, answer.body


async def test_a_request_is_plain_http(server: ScriptedHttp, wire: Wire) -> None:
    """The request has its host, type, length, further headers and body."""
    server.answers.append(OK)
    await wire.post(wire.head("/a b?c=1", {"Authorization": "Bearer s"}), b'{"a":1}')
    host = server.url.removeprefix("http://")
    assert server.requests[0].decode() == (
        f"POST /a%20b?c=1 HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        'Authorization: Bearer s\r\nContent-Length: 7\r\n\r\n{"a":1}'
    )


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (OK, (200, b"ok")),
        ((b"HTTP/1.1 20", b"0 OK\r\nContent-Le", b"ngth: 2\r\n\r\no", b"k"), (200, b"ok")),
        (
            (
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n",
                b"1\r\nk\r\n0\r\n\r\n",
            ),
            (200, b"ok"),
        ),
        ((b"HTTP/1.1 204 No Content\r\n\r\n",), (204, b"")),
        ((b"HTTP/1.1 100 Continue\r\n\r\n" + OK[0],), (200, b"ok")),
        ((b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", *OK), (200, b"ok")),
        (
            (b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok", CUT),
            (200, b"ok"),
        ),
        ((b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", CUT), (200, b"ok")),
        ((b"HTTP/1.0 200 OK\r\n\r\no", b"k", CUT), (200, b"ok")),
        ((b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",), (500, b"")),
    ],
)
async def test_answers_of_every_shape_are_read(
    server: ScriptedHttp, wire: Wire, pieces: tuple[bytes, ...], expected: tuple[int, bytes]
) -> None:
    """Pieces, chunks, provisional answers, HTTP/1.0 and closing ones; and the next call works."""
    server.answers += [pieces, OK]
    assert await post(wire) == expected
    assert await post(wire) == (200, b"ok")


@pytest.mark.parametrize(
    "pieces",
    [
        (b"SSH-2.0-OpenSSH\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", CUT),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nok", CUT),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + b"x" * 2000,),
        (b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n",),
        (CUT,),
        (),
    ],
)
async def test_what_is_no_answer_is_tried_later(
    server: ScriptedHttp, wire: Wire, pieces: tuple[bytes, ...]
) -> None:
    """Nonsense, cut-off, endless and missing answers fail the call, and only that call."""
    server.answers += [pieces, OK]
    with pytest.raises(TryLater):
        await post(wire)
    server.answers.clear()
    server.answers.append(OK)
    assert await post(wire) == (200, b"ok")


async def test_a_connection_is_kept(server: ScriptedHttp, wire: Wire) -> None:
    """Calls one after another share a connection."""
    server.answers += [OK] * 5
    for _ in range(5):
        await post(wire)
    assert server.connections == 1


async def test_connections_grow_to_the_limit_and_calls_wait_in_order(
    server: ScriptedHttp, wire: Wire
) -> None:
    """Six calls at once use two connections, and each gets an answer."""
    server.answers += [OK] * 6
    bodies = [b"%d" % n for n in range(6)]
    assert await asyncio.gather(*(post(wire, body) for body in bodies)) == [(200, b"ok")] * 6
    assert server.connections == 2
    assert sorted(request[-1:] for request in server.requests) == bodies
    assert {request[-1:] for request in server.requests[:2]} == {b"0", b"1"}


async def test_a_dead_connection_is_replaced(server: ScriptedHttp, wire: Wire) -> None:
    """A server that closed an idle connection does not cost us a message."""
    server.answers += [OK, OK]
    await post(wire)
    server.cut()
    assert await post(wire) == (200, b"ok")
    assert server.connections == 2


async def test_a_connection_that_dies_under_a_request_is_replaced_once(
    server: ScriptedHttp, wire: Wire
) -> None:
    """Closed the moment we wrote on it: the call moves to a fresh connection, but only once."""
    server.answers += [OK, (CUT,), OK]
    await post(wire)
    assert await post(wire) == (200, b"ok")
    server.answers += [(CUT,), (CUT,), OK]
    with pytest.raises(Unanswered):
        await post(wire)


async def test_what_may_go_once_only_goes_once(server: ScriptedHttp, wire: Wire) -> None:
    """Who must not be heard twice is told that nobody knows, and decides."""
    server.answers += [OK, (CUT,), OK]
    await post(wire)
    with pytest.raises(Unanswered):
        await wire.post(wire.head("/x"), b"{}", once=True)
    assert len(server.requests) == 2


async def test_an_old_idle_connection_is_not_trusted(
    server: ScriptedHttp, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection idle for longer than firewalls remember is closed by us."""
    monkeypatch.setattr(wire_module, "IDLE", -1.0)
    server.answers += [OK, OK]
    await post(wire)
    await post(wire)
    assert server.connections == 2


async def test_an_answer_nobody_asked_for_closes_the_connection(
    server: ScriptedHttp, wire: Wire
) -> None:
    """A second answer to one request is never taken for the next request's."""
    server.answers += [(OK[0] + b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad",), OK]
    assert await post(wire) == (200, b"ok")
    assert await post(wire) == (200, b"ok")
    assert server.connections == 2


async def test_a_cancelled_call_frees_its_place(server: ScriptedHttp, wire: Wire) -> None:
    """Whoever stops waiting leaves no answer behind for the next call."""
    calls = [asyncio.create_task(post(wire)) for _ in range(3)]  # two hang, one waits in line
    await asyncio.sleep(0.05)
    for call in calls:
        call.cancel()
    await asyncio.gather(*calls, return_exceptions=True)
    server.answers.append(OK)
    assert await post(wire) == (200, b"ok")


async def test_a_call_in_line_gives_up_in_time(server: ScriptedHttp, wire: Wire) -> None:
    """Waiting for a connection counts as waiting; who knows that nobody heard them is told so."""
    began = time.monotonic()
    calls = [post(wire) for _ in range(5)]
    failed = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(failure) for failure in failed] == [Unanswered] * 2 + [TryLater] * 3
    assert time.monotonic() - began < 1.5


async def test_every_call_to_a_closed_port_fails() -> None:
    """Nobody waits for ever for a server that is away."""
    wire = Wire("http://127.0.0.1:9", limit=2)
    failed = await asyncio.gather(*(post(wire) for _ in range(7)), return_exceptions=True)
    assert [type(failure) for failure in failed] == [TryLater] * 7
    await wire.close()


async def test_closing_ends_everything(server: ScriptedHttp) -> None:
    """Calls under way, in line and later all fail at once."""
    wire = Wire(server.url, limit=1)
    calls = [asyncio.create_task(post(wire)) for _ in range(3)]
    await asyncio.sleep(0.05)
    await wire.close()
    failed = await asyncio.gather(*calls, post(wire), return_exceptions=True)
    assert [type(failure) for failure in failed] == [Unanswered] + [TryLater] * 3


async def test_closing_while_connecting_ends_everything(server: ScriptedHttp) -> None:
    """A connection that is just being opened is closed as well."""
    wire = Wire(server.url)
    call = asyncio.create_task(post(wire))
    await asyncio.sleep(0)
    await wire.close()
    with pytest.raises(TryLater):
        await call


async def test_retry_after_is_handed_on(server: ScriptedHttp, wire: Wire) -> None:
    """A gateway may say how long to wait; a date instead of seconds is passed over."""
    server.answers += [
        (b"HTTP/1.1 503 x\r\nRetry-After: 12\r\nContent-Length: 0\r\n\r\n",),
        (b"HTTP/1.1 503 x\r\nRetry-After: Sun, 22 Nov 2026\r\nContent-Length: 0\r\n\r\n",),
    ]
    assert (await wire.post(wire.head("/"), b"")).after == 12
    assert (await wire.post(wire.head("/"), b"")).after is None


async def test_https_trusts_only_whom_it_should() -> None:
    """A server with our authority's certificate is spoken to, a stranger's is not."""
    theirs, ours = contexts()
    server = ScriptedHttp()
    await server.start(theirs)
    server.answers.append(OK)
    trusting, strict = Wire(server.url, tls=ours), Wire(server.url)
    assert await post(trusting) == (200, b"ok")
    with pytest.raises(TryLater):
        await post(strict)
    await trusting.close()
    await strict.close()
    await server.close()


@pytest.mark.parametrize("line", ["a\r\nX: y", "a\rX: y", "a\nX: y", "a\0b"])
def test_a_header_cannot_smuggle_another(line: str) -> None:
    """A secret or a name with a line break of any server's in it is refused at the start."""
    for header in ({"Authorization": line}, {line: "a"}):
        with pytest.raises(ValueError, match="breaks its line"):
            Wire("http://127.0.0.1").head("/", header)


def test_https_is_the_default_port_and_trust() -> None:
    """An https URL without a port means 443 and the usual trust."""
    wire = Wire("https://api.telegram.org/prefix/")
    assert wire._port == 443
    assert isinstance(wire._tls, ssl.SSLContext)
    assert wire.head("/x").startswith(b"POST /prefix/x HTTP/1.1\r\nHost: api.telegram.org\r\n")
