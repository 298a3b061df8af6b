"""What a browser may bring as a cookie."""

import asyncio

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from web.cookies import brought

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
