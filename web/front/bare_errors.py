"""What aiohttp answers when no handler of ours could: a bare status, nothing of the request."""

import traceback
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from web.headers import HEADERS

PACKED = 415
MISTAKEN = 500  # from here on it is our mistake, below the caller's

log = structlog.get_logger()

Answering = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Bare(web.Response):
    """A status and nothing else, not even who serves it."""

    def __init__(self, status: int) -> None:
        super().__init__(status=status, text=f"{status}\n", headers=HEADERS)
        self.force_close()

    async def _prepare_headers(self) -> None:
        """Drop what aiohttp adds after everybody else, on answers that no application sees."""
        await super()._prepare_headers()
        self.headers.pop("Server", None)


class BareErrors(web.RequestHandler):
    """aiohttp's side of a connection; unlike its own it quotes the request to nobody."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = MISTAKEN,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002 - holds what was sent to us
    ) -> web.StreamResponse:
        """Return a bare *status*. Raises ConnectionError where an answer was begun already."""
        if not isinstance(exc, ConnectionError):  # who has left needs neither answer nor log line
            _tell(status, exc)
        if request.writer.output_size:
            raise ConnectionError("an answer broke off")
        return Bare(status)


def plain_only(answering: Answering) -> Answering:
    """Return *answering*, which hears of no request with a Content-Encoding.

    No browser and no program that we know packs what it sends; a small body could hold gigabytes.
    """

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if "Content-Encoding" not in request.headers:
            return await answering(request)
        _tell(PACKED, None)
        return Bare(PACKED)

    return answer


def _tell(status: int, error: BaseException | None) -> None:
    kind = type(error).__name__ if error else ""
    if status < MISTAKEN:
        log.info("a request was refused", status=status, error=kind)
        return
    trace = traceback.extract_tb(error.__traceback__) if error else []
    at = [f"{place.filename}:{place.lineno} {place.name}" for place in trace]
    log.error("a request failed", status=status, error=kind, at=at)
