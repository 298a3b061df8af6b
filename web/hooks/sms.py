"""The addresses that SMS gateways call, each with its own way to prove who it is."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from aiohttp import web
from msgspec import Struct

from handlers.sms_auth import Knock, admits
from handlers.sms_http_row import Calls, Method, Shape
from handlers.sms_proofs import Auth, Signature
from web.forms import read_bounded
from web.hooks.webhooks import OK, UNAUTHORIZED, Webhook, allowed
from web.unproven import UNPROVEN
from web.visitors import FORWARDED

HTTP = "/sms/http"
ANDROID = "/sms/android"
NOT_FOUND, NOT_ALLOWED = 404, 405
POSTED = Calls()  # one JSON body by POST, as most do

Handler = Callable[[web.Request], Awaitable[web.Response]]


class Door(Struct, frozen=True):
    """One address: what comes in by it, how, and from whom. Prints without the secret."""

    webhook: Webhook
    auth: Auth
    secret: str
    calls: Calls = POSTED

    def __repr__(self) -> str:
        return f"Door({type(self.auth).__name__})"


class Doors(Struct, frozen=True):
    """The open addresses by the gateway's name; the one named "" is for all other names."""

    messages: Mapping[str, Door] = {}
    receipts: Mapping[str, Door] = {}
    android: Door | None = None


def add_gateways(
    app: web.Application, doors: Doors, address: str, now: Callable[[], datetime]
) -> None:
    """Take messages at /sms/http/NAME, receipts at …/NAME/receipt, telephones at /sms/android.

    *address* is how callers write our own, for those that sign it.
    """
    opened = Porter(address, now)
    app.router.add_route("*", f"{HTTP}/{{name}}", opened.named(doors.messages))
    app.router.add_route("*", f"{HTTP}/{{name}}/receipt", opened.named(doors.receipts))
    if doors.android:
        app.router.add_route("*", ANDROID, opened.only(doors.android))


class Porter:
    """Lets gateways in. Bodies of errors are empty."""

    def __init__(self, address: str, now: Callable[[], datetime]) -> None:
        self._address = address
        self._now = now

    def named(self, doors: Mapping[str, Door]) -> Handler:
        """Return the handler that finds each gateway's door by the name in the address."""

        async def handle(request: web.Request) -> web.Response:
            door = doors.get(request.match_info["name"]) or doors.get("")
            return await self._through(door, request) if door else _status(NOT_FOUND)

        return handle

    def only(self, door: Door) -> Handler:
        """Return the handler of an address with one door."""

        async def handle(request: web.Request) -> web.Response:
            return await self._through(door, request)

        return handle

    async def _through(self, door: Door, request: web.Request) -> web.Response:
        if request.method != door.calls.method:
            return _status(NOT_ALLOWED)
        signs = isinstance(door.auth, Signature)
        if not signs and not self._admits(door, request, b""):
            return _status(UNAUTHORIZED)
        try:
            body = await _body(door, request)
        except web.HTTPException as error:
            return _status(error.status)
        if signs and not self._admits(door, request, body):
            return _status(UNAUTHORIZED)
        status = await door.webhook.deliver(body)
        return web.Response(status=status, text=door.calls.says if status == OK else "")

    def _admits(self, door: Door, request: web.Request, body: bytes) -> bool:
        """Say whether the caller knows the secret; without one only this machine may call."""
        if not door.secret:
            forwarded = FORWARDED in request.headers
            return allowed("", "", "", request.remote, forwarded=forwarded)
        url = f"{self._address}{request.raw_path}"
        knock = Knock(request.headers, request.query, url, body, self._now())
        return admits(door.auth, door.secret, knock)


async def _body(door: Door, request: web.Request) -> bytes:
    """Return what the gateway says, which may stand in the address. Raises HTTPException."""
    if door.calls.shape is Shape.QUERY and door.calls.method is Method.GET:
        return request.rel_url.raw_query_string.encode(errors="surrogateescape")
    unproven = UNPROVEN if isinstance(door.auth, Signature) else None
    return await read_bounded(request, door.webhook.most, unproven)


def _status(status: int) -> web.Response:
    return web.Response(status=status)
