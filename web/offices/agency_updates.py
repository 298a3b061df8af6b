"""What an office's own program posts: signed, once, and answered with nothing but a word."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Annotated

import msgspec
from aiohttp import web
from msgspec import Meta, Struct, field

from casework.programs.office_news import Update, Verdict
from handlers.agencies.signature import Keys, Stamp, believed, stamp_of
from storage.database.errors import StoreUnavailable
from web.forms import Room, read_bounded

LARGEST = 8 * 1024 * 1024  # bytes of an update with its photos
AT_ONCE = 8  # large updates read at once, of which nobody knows yet who signed them
MOST_FILES = 5
UNAUTHORIZED, BAD_REQUEST, UNAVAILABLE = 401, 400, 503
STATUSES = {
    Verdict.DONE: 200,
    Verdict.REPEATED: 200,
    Verdict.OLD: 200,
    Verdict.NOTHING_NEW: 200,
    Verdict.STRANGER: 404,
    Verdict.NOT_NOW: 409,
    Verdict.UNKNOWN: 422,
    Verdict.INCOMPLETE: 422,
    Verdict.UNFIT: 422,
    Verdict.BUSY: 503,
}
ANSWERS = {one: msgspec.json.encode({"outcome": one.value}) for one in Verdict}

KeysOf = Callable[[str], Keys | None]  # by the code of an agency; None: it may not post
Take = Callable[[str, Update, datetime], Awaitable[Verdict]]
Short = Annotated[str, Meta(max_length=200)]
Aware = Annotated[datetime, Meta(tz=True)]


class Posted(Struct, frozen=True, kw_only=True):
    """The body of an update; docs/channels/agency-systems.md explains each key."""

    ticket: Annotated[str, Meta(pattern=r"\A([0-9] ?){9}\Z")]
    status: Annotated[str, Meta(min_length=1, max_length=200)]
    leg: Annotated[int, Meta(ge=1, le=1000)] | None = None
    id: Short = ""
    reference: Short = ""
    words: str = ""
    reason: Short = ""
    better: Short = ""
    expected: date | None = None
    occurred_at: Aware | None = None
    files: Annotated[tuple[bytes, ...], Meta(max_length=MOST_FILES)] = ()  # base64


_read = msgspec.json.Decoder(Posted).decode


class Posting(Struct, frozen=True):
    """Takes what the programs of agencies post. *now* is aware UTC."""

    keys: KeysOf
    take: Take
    now: Callable[[], datetime]
    room: Room = field(default_factory=lambda: Room(AT_ONCE))

    async def receive(self, request: web.Request) -> web.Response:
        """Answer one update; without a head that could be right no body is waited for."""
        code, now = request.match_info["code"], self.now()
        keys, stamp = self.keys(code), stamp_of(request.headers, now)
        if keys is None or stamp is None:
            return web.Response(status=UNAUTHORIZED)
        try:
            with self.room.place(request):
                body = await read_bounded(request, LARGEST)
        except web.HTTPException as error:
            return web.Response(status=error.status)
        if not believed(keys, request.headers, body):
            return web.Response(status=UNAUTHORIZED)
        update = update_in(body, stamp)
        return web.Response(status=BAD_REQUEST) if update is None else await self._do(code, update)

    async def _do(self, code: str, update: Update) -> web.Response:
        try:
            verdict = await self.take(code, update, self.now())
        except StoreUnavailable:
            return web.Response(status=UNAVAILABLE)
        return web.Response(
            status=STATUSES[verdict], body=ANSWERS[verdict], content_type="application/json"
        )


def update_in(body: bytes, stamp: Stamp) -> Update | None:
    """Return the update in *body*, or None where it is none."""
    try:
        posted = _read(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return Update(
        id=posted.id or stamp.id,
        ticket=posted.ticket.replace(" ", ""),
        status=posted.status,
        leg=posted.leg or 0,
        reference=posted.reference,
        words=posted.words,
        reason=posted.reason,
        better=posted.better,
        expected=posted.expected,
        occurred_at=posted.occurred_at,
        files=posted.files,
    )


def add_agency_updates(app: web.Application, posting: Posting) -> None:
    """Take updates at /agencies/{code}/updates."""
    app.router.add_post("/agencies/{code:[a-z0-9-]{1,60}}/updates", posting.receive)
