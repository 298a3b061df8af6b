"""What is sent to us: bounded in size and time; forms and files from our own pages only."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web
from msgspec import Struct

from web.unproven import Unproven
from web.uploads import SMALL_FORM, Moving, Place, Uploads

LARGEST = 16 * 1024  # bytes of a form or of a message from the simulator
MOST_FIELDS = 20
ONCE = 64  # characters of the name under which a form is done once
PATIENCE = 10.0  # seconds in which a body must arrive
FORM = "application/x-www-form-urlencoded"
UPLOAD = "multipart/form-data"
MOST_WITH_FILES = 52 * 1024 * 1024  # bytes of a form with its files: five of the largest
PATIENCE_WITH_FILES = 300.0  # seconds: a photo takes long where the signal is weak
PIECE = 64 * 1024  # bytes


class Room:
    """Room for a few large bodies at a time; who finds none is told to come again."""

    def __init__(self, places: int) -> None:
        self.places = places
        self._taken = 0

    @contextmanager
    def place(self, request: web.Request) -> Iterator[None]:
        """Hold a place while *request*'s body is read. Raises HTTPServiceUnavailable.

        A body that says it is small needs none, and so is never kept out by large ones.
        """
        if request.content_length is not None and request.content_length <= SMALL_FORM:
            yield
            return
        if self._taken >= self.places:
            raise web.HTTPServiceUnavailable
        self._taken += 1
        try:
            yield
        finally:
            self._taken -= 1


UPLOADS = Uploads()  # of this process


async def read_form(request: web.Request) -> Mapping[str, str]:
    """Return the fields of the form in *request*, stripped.

    Raises HTTPForbidden for another site's form, HTTPUnsupportedMediaType, HTTPBadRequest,
    HTTPRequestTimeout and HTTPRequestEntityTooLarge.
    """
    body = await read_body(request, FORM)
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError:
        raise web.HTTPBadRequest from None
    return {name: text.replace("\r\n", "\n").strip() for name, text in pairs}


def once_in(form: Mapping[str, str]) -> str:
    """Return the name under which *form* is done once, empty for one that brings none."""
    return form.get("once", "")[:ONCE]


async def read_body(request: web.Request, kind: str) -> bytes:
    """Return the body that one of our own pages sent as *kind*. Raises as read_form does."""
    if not from_our_pages(request):
        raise web.HTTPForbidden
    if request.content_type != kind:
        raise web.HTTPUnsupportedMediaType
    return await read_bounded(request, LARGEST)


async def read_bounded(request: web.Request, most: int, unproven: Unproven | None = None) -> bytes:
    """Return the body, at most *most* bytes, all of which arrive within PATIENCE.

    *unproven* is the room where the body itself is to show who sent it. Raises
    HTTPRequestEntityTooLarge, HTTPRequestTimeout, HTTPServiceUnavailable without room, and
    HTTPBadRequest for a body that breaks its own encoding or off with its connection: nobody is
    left then to hear of it.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await _pieces(request, most, unproven or Unproven(most))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ConnectionError, web.RequestPayloadError):
        raise web.HTTPBadRequest from None


async def _pieces(request: web.Request, most: int, room: Unproven) -> bytes:
    declared = request.content_length or 0
    body = b""
    try:
        while declared <= most and len(body) <= most:
            piece = await request.content.readany()
            if not piece:
                return body
            if not room.grow(len(body), len(body) + len(piece)):
                raise web.HTTPServiceUnavailable
            body += piece
    finally:
        room.free(len(body))
    raise web.HTTPRequestEntityTooLarge(most, max(declared, len(body)))


def from_our_pages(request: web.Request) -> bool:
    """Say whether the browser got this form from us.

    Browsers since 2020 say so in Sec-Fetch-Site. An older one sends Origin, which our
    Referrer-Policy turns into "null"; an address that is secret is then the whole proof.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.host


class Sent(Struct, frozen=True):
    """A form as it came: its fields, and its files that are not empty, by their fields' names."""

    fields: Mapping[str, str] = {}
    chosen: tuple[tuple[str, bytes], ...] = ()

    @property
    def files(self) -> tuple[bytes, ...]:
        """The contents of its files, whichever field they came in."""
        return tuple(content for _, content in self.chosen)

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"{name}({len(self.fields)} fields, {len(self.files)} files)"


async def read_sent(request: web.Request, who: str, most: int = MOST_FIELDS) -> Sent:
    """Return the form in *request*, with files where it has some; of *most* parts.

    *who* is the account or link that sends it, of which only few come at a time. Raises as
    read_form does, and HTTPServiceUnavailable where too many large ones come at once.
    """
    if request.content_type != UPLOAD:
        return Sent(await read_form(request))
    if not from_our_pages(request):
        raise web.HTTPForbidden
    try:
        with UPLOADS.place(request, who) as place:
            async with asyncio.timeout(PATIENCE_WITH_FILES) as limit:
                with Moving(request.content, limit):
                    return await _parts(request, most, place)
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ConnectionError, ValueError, LookupError, RuntimeError, web.RequestPayloadError):
        raise web.HTTPBadRequest from None  # broken off, or not what its header says


async def _parts(request: web.Request, most: int, place: Place) -> Sent:
    fields: dict[str, str] = {}
    chosen: list[tuple[str, bytes]] = []
    left = MOST_WITH_FILES
    async for part in MultipartReader(request.headers, request.content):
        if not isinstance(part, BodyPartReader) or len(fields) + len(chosen) > most:
            raise web.HTTPBadRequest
        pieces = _pieces_of(part, request, place)
        content = await _part(pieces, LARGEST if part.filename is None else left)
        left -= len(content)
        if part.filename is None:
            fields[part.name or ""] = content.decode().replace("\r\n", "\n").strip()
        elif content:
            chosen.append((part.name or "", content))
    return Sent(fields, tuple(chosen))


async def _pieces_of(
    part: BodyPartReader, request: web.Request, place: Place
) -> AsyncIterator[bytes]:
    """Yield what *part* holds; nothing is decoded that a browser never encodes."""
    while piece := await part.read_chunk(PIECE):
        place.grown(request.content)
        yield piece


async def _part(pieces: AsyncIterator[bytes], most: int) -> bytes:
    """Return *pieces* as one. Raises HTTPRequestEntityTooLarge for more than *most* bytes."""
    content = bytearray()
    async for piece in pieces:
        content += piece
        if len(content) > most:
            raise web.HTTPRequestEntityTooLarge(most, len(content))
    return bytes(content)
