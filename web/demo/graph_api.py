"""A stand-in for Meta's Graph API, enough for the demo: our own sender talks to it over HTTP."""

import asyncio
import hmac
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from aiohttp import web
from msgspec import Struct

from handlers.whatsapp_templates import Template
from web.demo.graph_wire import Refused, Sending, check, happening
from web.demo.meta_deliveries import Handled, arrived, delivery
from web.demo.phones import Phones, Shape, Taken, Wa, citizen_of_phone
from web.demo.pictures import content_of
from web.forms import read_body, read_bounded

Deliver = Callable[[bytes, str], Awaitable[int]]  # body and signature, gives the HTTP status

JSON = "application/json"
LARGEST = 256 * 1024  # bytes of one call
UPLOAD = 11 * 1024 * 1024
MOST_KEPT = 60  # pictures of ours
SHUT = 131047  # Meta's number of: they did not write for a day
SHAPES: Mapping[str, Shape] = {
    "photo": "photo",
    "document": "document",
    "place": "place",
    "contact": "contact",
}
KINDS = {"1": "demo-photo-{}-1280", "2": "demo-document-{}"}  # the first digit of a media id


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the demo's WhatsApp is connected to. *secret* signs what Meta would sign."""

    deliver: Deliver
    phone_id: str
    token: str
    secret: str
    templates: tuple[Template, ...]


class Upload(Struct, frozen=True):
    """A picture of ours that Meta keeps."""

    kind: str
    content: bytes


@dataclass(slots=True)
class GraphApi:
    """Answers our sender's calls, and posts what people do on their WhatsApp."""

    phones: Phones
    line: Line
    now: Callable[[], datetime]
    _shut: set[int] = field(default_factory=set)
    _uploads: OrderedDict[int, Upload] = field(default_factory=OrderedDict)
    _telling: set[asyncio.Task[object]] = field(default_factory=set)

    async def touched(self, request: web.Request) -> web.Response:
        """POST /simulator/whatsapp/messages: somebody used the WhatsApp telephone."""
        try:
            handled = msgspec.json.decode(await read_body(request, JSON), type=Handled)
        except msgspec.DecodeError:
            raise web.HTTPBadRequest from None
        if handled.kind == "later":
            self._shut.add(handled.citizen)
            return web.json_response({"status": 200})
        self._shut.discard(handled.citizen)
        number, now = self.phones.number(), self.now()
        self._show_own(handled, number, now)
        status = await self._post(delivery(handled, number, self.line.phone_id, now))
        self.phones.show(Taken(citizen=handled.citizen, message=number, status=status))
        return web.json_response({"status": status})

    async def messages(self, request: web.Request) -> web.Response:
        """POST /{phone}/messages: we send."""
        self._check_token(request)
        try:
            sending = msgspec.json.decode(await read_bounded(request, LARGEST), type=Sending)
            citizen = self._reached(sending)
            check(sending)
        except msgspec.DecodeError:
            return _refused(100, "not a message")
        except Refused as error:
            return _refused(error.code, str(error))
        number = self.phones.number()
        self.phones.show(happening(sending, self.line.templates, citizen, number, self.now()))
        self._tell_later(f"wamid.demo.{number}", sending.named)
        return web.json_response({
            "messaging_product": "whatsapp",
            "contacts": [{"input": sending.to, "wa_id": sending.to}],
            "messages": [{"id": f"wamid.demo.{number}"}],
        })  # fmt: skip

    async def upload(self, request: web.Request) -> web.Response:
        """POST /{phone}/media: a picture of ours."""
        self._check_token(request)
        form = await request.clone(client_max_size=UPLOAD).post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            return _refused(100, "no file")
        number = self.phones.number()
        with file.file as content:
            self._uploads[number] = Upload(file.content_type, content.read())
        while len(self._uploads) > MOST_KEPT:
            self._uploads.popitem(last=False)
        return web.json_response({"id": str(number)})

    async def where(self, request: web.Request) -> web.Response:
        """GET /{media}: where a citizen's file lies."""
        self._check_token(request)
        media = request.match_info["media"]
        content = _sent(media)
        if content is None:
            return _refused(100, "no such media")
        place = f"{request.scheme}://{request.host}/simulator/graph/file/{media}"
        return web.json_response({"id": media, "url": place, "file_size": len(content)})

    async def file(self, request: web.Request) -> web.Response:
        """GET /file/{media}: that file, for who holds the token."""
        self._check_token(request)
        content = _sent(request.match_info["media"])
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="application/octet-stream")

    async def shown(self, request: web.Request) -> web.Response:
        """GET /simulator/whatsapp/pictures/{media}: a picture of ours, for the telephone."""
        found = self._uploads.get(int(request.match_info["media"]))
        if found is None:
            raise web.HTTPNotFound
        return web.Response(body=found.content, content_type=found.kind)

    def _reached(self, sending: Sending) -> int:
        """Return whose telephone it is. Raises Refused where it is nobody's, or shut."""
        citizen = citizen_of_phone(f"+{sending.to}")
        if citizen is None:
            raise Refused(131026, "undeliverable")
        if citizen in self._shut and sending.type != "template":
            raise Refused(SHUT, "more than 24 hours since they wrote")
        return citizen

    def _show_own(self, handled: Handled, number: int, now: datetime) -> None:
        own = Wa(
            citizen=handled.citizen,
            message=number,
            at=now.timestamp(),
            mine=True,
            text=handled.text,
            shape=SHAPES.get(handled.kind, "text"),
        )
        self.phones.show(own)

    def _tell_later(self, reference: str, named: str) -> None:
        """Have Meta say soon that it arrived: only that starts what waits for it."""
        told = self._post(arrived(reference, named, self.line.phone_id, self.now()))
        task = asyncio.ensure_future(told)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _post(self, body: bytes) -> int:
        """Post *body* as Meta does: signed with the app's secret."""
        made = hmac.digest(self.line.secret.encode(), body, "sha256").hex()
        return await self.line.deliver(body, f"sha256={made}")

    def _check_token(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bearer {self.line.token}":
            raise web.HTTPUnauthorized


def add_graph(app: web.Application, api: GraphApi) -> None:
    """Serve the stand-in, and take what happens on the telephone."""
    root = "/simulator/graph/v23.0"
    app.router.add_post(f"{root}/{api.line.phone_id}/messages", api.messages)
    app.router.add_post(f"{root}/{api.line.phone_id}/media", api.upload)
    app.router.add_get(f"{root}/{{media:[0-9]+}}", api.where)
    app.router.add_get("/simulator/graph/file/{media:[0-9]+}", api.file)
    app.router.add_get("/simulator/whatsapp/pictures/{media:[0-9]+}", api.shown)
    app.router.add_post("/simulator/whatsapp/messages", api.touched)


def _sent(media: str) -> bytes | None:
    """Return what a telephone sent as *media*."""
    pattern = KINDS.get(media[:1])
    return content_of(pattern.format(media[1:])) if pattern else None


def _refused(code: int, why: str) -> web.Response:
    error: Mapping[str, object] = {"message": f"(#{code}) {why}", "code": code}
    return web.json_response({"error": error}, status=400)
