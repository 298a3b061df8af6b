"""Our account with WhatsApp: files of citizens, files of ours, and whether all is set up.

No message passes through here, see handlers.whatsapp_sender.
"""

import hmac
from collections.abc import Mapping
from io import BytesIO
from typing import Final, TypeVar
from urllib.parse import urlsplit

import aiohttp
import msgspec
from msgspec import Struct

from handlers.delivery import DeliveryError, Refused, TryLater
from handlers.whatsapp_faults import Trouble, fault
from handlers.whatsapp_media import fits
from handlers.whatsapp_sender import Line
from handlers.wire_connection import Answer

PATIENCE = 30.0  # seconds for one call
LARGEST = 1 << 20  # bytes of an answer that is no file
PIECE = 64 << 10  # bytes
OK, NOT_FOUND = 200, 404
# Hosts of Meta's that files lie on; our token goes nowhere else.
FILE_HOSTS: Final = (".fbsbx.com", ".facebook.com", ".fbcdn.net", ".whatsapp.net")
T = TypeVar("T")


class Kept(Struct, frozen=True):
    """Where a file lies for five minutes."""

    url: str
    file_size: int = 0


class Uploaded(Struct, frozen=True):
    """A file of ours that Meta keeps."""

    id: str


class Hooks(Struct, frozen=True):
    """Where Meta delivers what concerns a number; the number's own address counts first."""

    phone_number: str = ""
    whatsapp_business_account: str = ""
    application: str = ""

    @property
    def address(self) -> str:
        """The one that counts."""
        return self.phone_number or self.whatsapp_business_account or self.application


class Number(Struct, frozen=True):
    """Our number as Meta shows it."""

    display_phone_number: str = ""
    verified_name: str = ""
    quality_rating: str = ""
    webhook_configuration: Hooks = Hooks()


class Known(Struct, frozen=True):
    """A template as Meta keeps it; only an APPROVED one may be sent."""

    name: str
    language: str
    status: str = ""


class Page(Struct, frozen=True):
    """Templates of an account."""

    data: tuple[Known, ...] = ()


class Subscribed(Struct, frozen=True):
    """The apps that hear what happens to an account."""

    data: tuple[msgspec.Raw, ...] = ()


class Told(Struct, frozen=True):
    """An answer that holds an error, or none."""

    error: Trouble | None = None


class Account:
    """Calls the Graph API now and then. Every method but close raises DeliveryError."""

    def __init__(self, api_url: str, line: Line, app_secret: str = "") -> None:
        self._url = api_url.rstrip("/")
        self._line = line
        self._proof = _proof(line.token, app_secret) if app_secret else {}
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def number(self) -> Number:
        """Return our number. Raises Unauthorised for a wrong token, Refused for a wrong secret."""
        fields = "display_phone_number,verified_name,quality_rating,webhook_configuration"
        asked = {"fields": fields, **self._proof}
        return await self._ask(Number, self._line.phone_id, asked)

    async def templates(self, account_id: str) -> tuple[Known, ...]:
        """Return the templates of the business account *account_id*."""
        asked = {"fields": "name,language,status", "limit": "200"}
        return (await self._ask(Page, f"{account_id}/message_templates", asked)).data

    async def is_subscribed(self, account_id: str) -> bool:
        """Say whether any app hears what happens to the business account *account_id*."""
        return bool((await self._ask(Subscribed, f"{account_id}/subscribed_apps", {})).data)

    async def fetch(self, ref: str, largest: int) -> bytes | None:
        """Return the file that an Attachment names, None when it has more than *largest* bytes.

        It takes two calls: Meta first says where the file lies for the next minutes.
        """
        if not ref.isdecimal():
            raise Refused("no media id")
        kept = await self._ask(Kept, ref, {"phone_number_id": self._line.phone_id})
        if kept.file_size > largest:
            return None
        if not self._may_hold_token(kept.url):
            raise Refused("a file on a foreign host")
        return await self._call("GET", kept.url, largest=largest)

    async def upload(self, content: bytes, mime: str, name: str) -> str:
        """Hand *content* to Meta and return its id, good for 30 days."""
        if not fits(mime, len(content)):
            raise Refused("a file that WhatsApp does not show")
        form = aiohttp.FormData({"messaging_product": "whatsapp", "type": mime})
        form.add_field("file", BytesIO(content), content_type=mime, filename=name)
        body = await self._call("POST", f"{self._url}/{self._line.phone_id}/media", data=form)
        return _decoded(Uploaded, body).id

    async def _ask(self, kind: type[T], path: str, asked: Mapping[str, str]) -> T:
        return _decoded(kind, await self._call("GET", f"{self._url}/{path}", params=asked))

    def _may_hold_token(self, url: str) -> bool:
        """Say whether *url* is Meta's, or the server's that the settings name."""
        parts, ours = urlsplit(url), urlsplit(self._url)
        host = parts.hostname or ""
        if parts.netloc == ours.netloc and parts.scheme == ours.scheme:
            return True
        return parts.scheme == "https" and host.endswith(FILE_HOSTS)

    async def _call(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: aiohttp.FormData | None = None,
        largest: int = LARGEST,
    ) -> bytes | None:
        """Return the body of a good answer, None where it is too large. Raises DeliveryError."""
        session = self._open()
        try:
            asked = session.request(method, url, params=params, data=data, allow_redirects=False)
            async with asked as answer:
                body = await _bounded(answer, largest if answer.status == OK else LARGEST)
                status = answer.status
        except (TimeoutError, aiohttp.ClientError):
            raise TryLater from None  # its text may hold the address
        if status != OK:
            raise _why(status, body or b"")
        return body

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"Authorization": f"Bearer {self._line.token}"},
                timeout=aiohttp.ClientTimeout(total=PATIENCE),
            )
        return self._session


async def _bounded(answer: aiohttp.ClientResponse, largest: int) -> bytes | None:
    """Return the body of *answer*, None when it has more than *largest* bytes."""
    body = bytearray()
    async for part in answer.content.iter_chunked(PIECE):
        body += part
        if len(body) > largest:
            return None
    return bytes(body)


def _proof(token: str, app_secret: str) -> dict[str, str]:
    """Return Meta's proof that who holds the token also holds the app's secret."""
    made = hmac.digest(app_secret.encode(), token.encode(), "sha256").hex()
    return {"appsecret_proof": made}


def _why(status: int, body: bytes) -> DeliveryError:
    try:
        trouble = msgspec.json.decode(body, type=Told).error or Trouble()
    except ValueError:
        trouble = Trouble()
    return fault(Answer(status, b"", None), trouble)


def _decoded(kind: type[T], body: bytes | None) -> T:
    try:
        return msgspec.json.decode(body or b"", type=kind, strict=False)
    except ValueError:
        raise TryLater from None
