"""Our account with an Android gateway: is it there, which telephones, whom does it tell.

No message passes through here, see handlers.sms_android_gateway.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final, TypeVar

import aiohttp
import msgspec
from msgspec import Struct, field

from handlers.delivery import TryLater
from handlers.sms_android import EVENTS
from handlers.sms_android_gateway import Login, fault
from handlers.wire_connection import Answer

PATIENCE: Final = 30.0  # seconds for one call
LARGEST: Final = 1 << 20  # bytes of an answer
NAME: Final = 8  # bytes of a webhook's id
T = TypeVar("T")


class Device(Struct, frozen=True):
    """A telephone of the account."""

    id: str = ""
    name: str = ""
    last_seen: datetime | None = field(name="lastSeen", default=None)


class Hook(Struct, frozen=True, omit_defaults=True):
    """Whom the gateway tells of one kind of event."""

    url: str
    event: str
    id: str = ""
    device_id: str | None = field(name="deviceId", default=None)


class Account:
    """Calls the API now and then. Every method but close raises DeliveryError."""

    def __init__(self, login: Login) -> None:
        self._login = login
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def devices(self) -> tuple[Device, ...]:
        """Return the account's telephones. Raises Unauthorised for a wrong password."""
        return await self._ask("GET", "/devices", tuple[Device, ...])

    async def hooks(self) -> tuple[Hook, ...]:
        """Return whom the gateway tells of what."""
        return await self._ask("GET", "/webhooks", tuple[Hook, ...])

    async def tell(self, url: str, device: str = "") -> None:
        """Have every event that we read told to *url*, by *device* alone where one is named.

        The ids are our own, so that telling twice changes nothing.
        """
        for event in missing(await self.hooks(), url):
            hook = Hook(url, event, _name(url, event), device or None)
            await self._ask("POST", "/webhooks", Hook, msgspec.json.encode(hook))

    async def _ask(self, method: str, path: str, kind: type[T], body: bytes | None = None) -> T:
        answer = await self._call(method, self._login.url.rstrip("/") + path, body)
        if error := fault(answer):
            raise error
        try:
            return msgspec.json.decode(answer.body, type=kind)
        except ValueError:
            raise TryLater from None

    async def _call(self, method: str, url: str, body: bytes | None) -> Answer:
        kind = {"Content-Type": "application/json"}
        asked = self._open().request(
            method, url, data=body, headers=kind if body else None, allow_redirects=False
        )
        try:
            async with asked as answer:
                return Answer(answer.status, await _bounded(answer), None)
        except (TimeoutError, aiohttp.ClientError):
            raise TryLater from None  # its text may hold the address

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=PATIENCE)
            self._session = aiohttp.ClientSession(headers=self._login.header, timeout=timeout)
        return self._session


def missing(hooks: Iterable[Hook], url: str) -> tuple[str, ...]:
    """Return the events that none of *hooks* tells to *url*."""
    told = {hook.event for hook in hooks if hook.url == url}
    return tuple(event for event in EVENTS if event not in told)


def _name(url: str, event: str) -> str:
    return hashlib.blake2b(f"{url} {event}".encode(), digest_size=NAME).hexdigest()


async def _bounded(answer: aiohttp.ClientResponse) -> bytes:
    """Return the body of *answer*, cut at LARGEST."""
    body = bytearray()
    async for part in answer.content.iter_any():
        body += part
        if len(body) > LARGEST:
            break
    return bytes(body)
