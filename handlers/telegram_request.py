"""python-telegram-bot's transport over aiohttp, which never lets a URL with its token out."""

from io import BytesIO

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

LARGEST = 20 << 20  # bytes; the Bot API serves no larger file


class AiohttpRequest(BaseRequest):
    """Sends one request after another over a kept session; files go as a form."""

    def __init__(self, timeout: float = 20.0) -> None:
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def initialize(self) -> None:
        if self._session is None:
            self._session = aiohttp.ClientSession()

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeout

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_: object,
        **_timeouts: object,
    ) -> tuple[int, bytes]:
        """Return status and body; a call's own timeouts are ignored for the constructor's."""
        if self._session is None:
            raise NetworkError("not initialised")
        form = _form(request_data) if request_data else None
        try:
            return await self._ask(self._session, method, url, form)
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from None  # its text may hold the URL

    async def _ask(
        self,
        session: aiohttp.ClientSession,
        method: str,
        url: str,
        form: aiohttp.FormData | None,
    ) -> tuple[int, bytes]:
        timeout = aiohttp.ClientTimeout(total=self._timeout)
        asked = session.request(method, url, data=form, timeout=timeout, allow_redirects=False)
        async with asked as answer:
            body = bytearray()
            async for part in answer.content.iter_any():
                body += part
                if len(body) > LARGEST:
                    raise NetworkError("an answer without end")
            return answer.status, bytes(body)


def _form(given: RequestData) -> aiohttp.FormData:
    """Return the arguments of a call, with the files among them, sent piece by piece."""
    form = aiohttp.FormData(given.json_parameters)
    for field, (name, content, kind) in (given.multipart_data or {}).items():
        pieces = BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(field, pieces, filename=name, content_type=kind)
    return form
