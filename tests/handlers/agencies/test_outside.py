"""Calls to agencies' servers: where they may lead, how long, and how much comes back."""

import asyncio
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from handlers.agencies.outside import (
    LARGEST,
    Call,
    Heard,
    Outside,
    PrivateAddressError,
    PublicOnly,
    fault,
    is_public,
    public_socket,
)
from handlers.delivery import Refused, TryLater
from tests.fakes.agency_server import AgencyServer
from tests.fakes.certificate import contexts
from tests.fakes.scripted_http import ScriptedHttp


@pytest.fixture
async def outside() -> AsyncIterator[Outside]:
    """Give a way out."""
    way = Outside()
    yield way
    await way.close()


@pytest.fixture
async def server() -> AsyncIterator[AgencyServer]:
    """Give an agency's server."""
    own = AgencyServer()
    await own.start()
    yield own
    await own.close()


async def test_a_call_and_its_answer(outside: Outside, server: AgencyServer) -> None:
    """Method, headers and body arrive as they were given; status, body and patience come back."""
    server.answers.append(web.Response(status=503, text="later", headers={"Retry-After": "120"}))
    call = Call(url=server.url, headers={"webhook-id": "a"}, body=b"{}", private=True)

    heard = await outside.call(call)

    assert heard == Heard(503, b"later", 120.0)
    assert server.got[0].headers["webhook-id"] == "a"
    assert server.got[0].body == b"{}"
    assert "cookie" not in server.got[0].headers


async def test_a_redirect_is_an_answer(outside: Outside, server: AgencyServer) -> None:
    """Nobody is followed to another place."""
    server.answers.append(web.Response(status=302, headers={"Location": "/elsewhere"}))
    assert (await outside.call(Call(url=server.url, private=True))).status == 302
    assert len(server.got) == 1


async def test_cookies_are_forgotten(outside: Outside, server: AgencyServer) -> None:
    """An agency's server leaves nothing behind with us."""
    server.answers.append(web.Response(headers={"Set-Cookie": "a=b"}))
    for _ in range(2):
        await outside.call(Call(url=server.url, private=True))
    assert "cookie" not in server.got[1].headers


async def test_an_answer_without_end(outside: Outside, server: AgencyServer) -> None:
    """More than we read is no answer; neither is one that unpacks to more."""
    server.answers.append(web.Response(body=b"x" * (LARGEST + 1)))
    with pytest.raises(TryLater):
        await outside.call(Call(url=server.url, private=True))


async def test_silence_ends() -> None:
    """A server that says nothing, breaks off or is not there is tried later."""
    hasty, outside = Outside(timeout=0.3), Outside()
    server = ScriptedHttp()
    await server.start()
    with pytest.raises(TryLater):
        await hasty.call(Call(url=server.url, body=b"", private=True))
    server.answers.append((b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", b""))
    with pytest.raises(TryLater):
        await outside.call(Call(url=server.url, body=b"", private=True))
    await server.close()
    with pytest.raises(TryLater):
        await outside.call(Call(url=server.url, body=b"", private=True))
    for way in (hasty, outside):
        await way.close()


async def test_https_is_checked() -> None:
    """A certificate that nobody vouches for is no server of ours."""
    of_server, of_client = contexts()
    server = ScriptedHttp()
    await server.start(of_server)
    server.answers.append((b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",))
    trusting, strict = Outside(tls=of_client), Outside()
    call = Call(url=server.url, body=b"", private=True)

    assert (await trusting.call(call)).status == 200
    with pytest.raises(TryLater):
        await strict.call(call)

    for one in (trusting, strict):
        await one.close()
    await server.close()


@pytest.mark.parametrize(
    ("url", "private", "why"),
    [
        ("https://dinsos.example.go.id/hook", False, ""),
        ("https://dinsos.example.go.id:8443/hook?a=b", False, ""),
        ("https://10.1.2.3/hook", True, ""),
        ("http://127.0.0.1:8080/hook", True, ""),
        ("http://127.0.0.1:8080/hook", False, "not https"),
        ("http://dinsos.example.go.id/hook", True, "not https"),
        ("https://127.0.0.1/", False, "private address"),
        ("https://localhost/", False, "private address"),
        ("https://10.1.2.3/", False, "private address"),
        ("https://169.254.169.254/latest", False, "private address"),
        ("https://[::1]/", False, "private address"),
        ("https://[fd00::1]/", False, "private address"),
        ("https://[::ffff:10.0.0.1]/", False, "private address"),
        ("https://[64:ff9b::a00:1]/", False, "private address"),
        ("https://224.0.0.1/", False, "private address"),
        ("https://user:word@dinsos.example.go.id/", False, "no address"),
        ("ftp://dinsos.example.go.id/", False, "no address"),
        ("dinsos.example.go.id", False, "no address"),
        ("https://[::1", False, "no address"),
        ("", False, "no address"),
    ],
)
def test_where_a_call_may_lead(url: str, why: str, *, private: bool) -> None:
    """Sealed, and outside our own network unless the row says otherwise."""
    assert fault(url, private=private) == why


async def test_a_forbidden_address_is_never_called(outside: Outside, server: AgencyServer) -> None:
    """The row's slip is told at once, and nothing left the house."""
    with pytest.raises(Refused) as refused:
        await outside.call(Call(url=server.url))
    assert refused.value.reason == "not https"
    assert not server.got


async def test_a_name_that_leads_inside_is_refused(outside: Outside) -> None:
    """Whatever a DNS says, no connection into our own network is opened."""
    with pytest.raises(PrivateAddressError):
        await PublicOnly().resolve("localhost", 443, socket.AF_INET)
    with pytest.raises(Refused) as refused:
        await outside.call(Call(url=f"https://{socket.gethostname()}/hook"))
    assert refused.value.reason == "private address"


async def test_the_last_look_is_at_the_connection(outside: Outside) -> None:
    """Even an address that no check of names sees is looked at before it is connected to."""
    at = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 443))
    with pytest.raises(PrivateAddressError):
        public_socket(at)
    public_socket((*at[:4], ("203.0.114.7", 443))).close()
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(socket_factory=public_socket)
    ) as session:
        with pytest.raises(aiohttp.ClientConnectorError) as error:
            await session.get("https://127.0.0.1:9/")
    assert isinstance(error.value.os_error, PrivateAddressError)


def test_public_addresses() -> None:
    """What anybody can reach, and what only looks like it."""
    assert is_public("203.0.114.7")
    assert is_public("2606:4700::1111")
    assert not is_public("2002:0a00:0001::1")
    assert not is_public("fe80::1%eth0")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "9999999"}, 86_400.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, None),
        ({}, None),
        (
            {
                "Date": "Mon, 23 Nov 2026 03:00:00 GMT",
                "Retry-After": "Mon, 23 Nov 2026 03:02:00 GMT",
            },
            120.0,
        ),
        (
            {
                "Date": "Mon, 23 Nov 2026 03:00:00 GMT",
                "Retry-After": "Mon, 23 Nov 2026 02:00:00 GMT",
            },
            0.0,
        ),
    ],
)
async def test_how_long_to_wait(
    outside: Outside, server: AgencyServer, headers: dict[str, str], seconds: float | None
) -> None:
    """Retry-After in seconds or as a date, a day at most; anything else is not there."""
    server.answers.append(web.Response(status=429, headers=headers))
    assert (await outside.call(Call(url=server.url, private=True))).after == seconds


async def test_calls_do_not_wait_for_each_other(outside: Outside, server: AgencyServer) -> None:
    """Many at once are all answered."""
    calls = [outside.call(Call(url=server.url, private=True)) for _ in range(60)]
    assert {heard.status for heard in await asyncio.gather(*calls)} == {200}


def test_what_is_logged_tells_no_address() -> None:
    """An address may hold a secret, an answer a person."""
    assert repr(Call(url="https://x/secret")) == "Call(POST)"
    assert repr(Heard(200, b"Siti")) == "Heard(200)"
