"""What a browser may bring as a cookie."""

import asyncio
from datetime import timedelta
from typing import Literal

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.house import tree
from web.cookies import Cookie, brought

REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\nCookie: ours=%s\r\nConnection: close\r\n\r\n"


async def answered(cookie: bytes) -> bytes:
    """Return what a server reads of *cookie* that comes byte for byte."""

    async def told(request: web.Request) -> web.Response:
        return web.Response(text=f"<{brought(request, 'ours')}>")

    app = web.Application()
    app.router.add_get("/", told)
    async with TestServer(app) as server:
        reader, writer = await asyncio.open_connection(server.host, server.port)
        writer.write(REQUEST % cookie)
        answer = await reader.read()
        writer.close()
    return answer.rpartition(b"\r\n")[2]


@pytest.mark.parametrize(
    ("cookie", "read"), [(b"a.b", b"<a.b>"), (b"a\xffb", b"<>"), ("\u00e9".encode(), b"<>")]
)
async def test_what_we_never_write_is_no_cookie(cookie: bytes, read: bytes) -> None:
    """Bytes that are no letters of ours read as if nothing was brought."""
    assert await answered(cookie) == read


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize("site", ["Lax", "Strict"])
def test_every_cookie_has_the_same_flags(*, secure: bool, site: Literal["Lax", "Strict"]) -> None:
    """No script reads it and no other site sends it, given or taken back; https keeps to https."""
    cookie = Cookie(name="c", path="/p", secure=secure, lasts=timedelta(minutes=1), site=site)
    for step, age in ((lambda answer: cookie.give(answer, "v"), "60"), (cookie.take, "0")):
        answer = web.Response()
        step(answer)
        given = answer.cookies["c"]
        assert (given["httponly"], given["samesite"], given["path"]) == (True, site, "/p")
        assert (bool(given["secure"]), given["max-age"]) == (secure, age)


def test_cookies_are_given_in_one_place() -> None:
    """A flag that is forgotten somewhere else is forgotten nowhere."""
    givers = [path for path in tree.python("web", "bot") if "_cookie(" in tree.text(path)]
    assert givers == ["web/cookies.py"]
