"""What the channels' providers call: read, hand in, and answer 200 only after the commit."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import ClassVar

from aiohttp import web

from conversations.messages import Inbound
from handlers import telegram
from handlers.arrival import NotUnderstood, Receipt, Renumbered, Skipped, secret_ok
from web.forms import read_bounded
from web.visitors import FORWARDED

TELEGRAM_SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MOST_BYTES = 1 << 20  # a body may have; the channels' own stay far below
LOOPBACK = frozenset({"127.0.0.1", "::1"})
OK, BAD_REQUEST, UNAUTHORIZED, TOO_LARGE = 200, 400, 401, 413

News = Receipt | Renumbered  # of a message of ours, or of an address
Heard = Inbound | Skipped | News
Receive = Callable[[Inbound], Awaitable[int]]  # takes the turn; gives the HTTP status
Note = Callable[[News], Awaitable[int]]  # keeps what channels tell; gives the HTTP status
Read = Callable[[bytes, datetime], Heard | tuple[Heard, ...]]
Acknowledge = Callable[[telegram.Tap], None]


class Webhook:
    """One channel's webhook. Bodies of errors are constant and echo nothing."""

    most: ClassVar[int] = MOST_BYTES

    def __init__(
        self,
        read: Read,
        receive: Receive,
        now: Callable[[], datetime],
        acknowledge: Acknowledge | None = None,
        note: Note | None = None,
    ) -> None:
        self._read = read
        self._receive = receive
        self._now = now
        self._acknowledge = acknowledge
        self._note = note

    async def deliver(self, body: bytes) -> int:
        """Take in one delivery and return the HTTP status it earns."""
        if len(body) > self.most:
            return TOO_LARGE
        try:
            heard = self._read(body, self._now())
        except NotUnderstood:
            return BAD_REQUEST
        for one in heard if isinstance(heard, tuple) else (heard,):
            status = await self._take(one)
            if status != OK:  # what was taken before that is known by its id when all comes again
                return status
            if isinstance(one, telegram.Tapped) and self._acknowledge:
                self._acknowledge(one.tap)
        return OK

    def _take(self, heard: Heard) -> Awaitable[int]:
        """Return what takes *heard* in: here, so that nothing waits but the turn itself."""
        if isinstance(heard, Inbound):
            return self._receive(heard)
        return self._hear_of(heard)

    async def _hear_of(self, news: Skipped | News) -> int:
        if self._note is None or isinstance(news, Skipped):
            return OK
        return await self._note(news)


def guarded(
    webhook: Webhook, header: str, secret: str, prefix: str = ""
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """Return *webhook* as a handler that lets in only who knows *secret*."""

    async def handle(request: web.Request) -> web.Response:
        given, forwarded = request.headers.get(header, ""), FORWARDED in request.headers
        if not allowed(given, secret, prefix, request.remote, forwarded=forwarded):
            return web.Response(status=UNAUTHORIZED)
        try:
            body = await read_bounded(request, MOST_BYTES)
        except web.HTTPException as error:
            return web.Response(status=error.status)
        return web.Response(status=await webhook.deliver(body))

    return handle


def allowed(given: str, secret: str, prefix: str, remote: str | None, *, forwarded: bool) -> bool:
    """Say whether the caller knows the secret; without one only this very machine may call.

    *given* is the header's value, *remote* the address of the connection's other end; *forwarded*
    says whether somebody else stands behind it.
    """
    if secret:
        return given.startswith(prefix) and secret_ok(given.removeprefix(prefix), secret)
    return remote in LOOPBACK and not forwarded


def add_telegram(app: web.Application, webhook: Webhook, secret: str) -> None:
    """Take Telegram's updates at /telegram."""
    app.router.add_post("/telegram", guarded(webhook, TELEGRAM_SECRET, secret))
