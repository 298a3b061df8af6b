"""Where a mail server on another machine hands in what came back: POST /mail/bounces."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.arrival import secret_ok
from web.forms import read_bounded
from web.hooks.webhooks import MOST_BYTES, UNAUTHORIZED

Take = Callable[[bytes], Awaitable[int]]  # takes a whole mail in; gives the HTTP status
BEARER = "Bearer "


def add_bounces(app: web.Application, take: Take, secret: str) -> None:
    """Take whole mails (message/rfc822) from who knows *secret*; 503 asks for them again."""

    async def handle(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "")
        if not given.startswith(BEARER) or not secret_ok(given.removeprefix(BEARER), secret):
            return web.Response(status=UNAUTHORIZED)
        try:
            mail = await read_bounded(request, MOST_BYTES)
        except web.HTTPException as error:
            return web.Response(status=error.status)
        return web.Response(status=await take(mail))

    app.router.add_post("/mail/bounces", handle)
