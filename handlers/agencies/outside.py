"""Calls to agencies' servers: HTTPS, public addresses only, one try, no redirects, small answers.

An address in a district's row is typed by people, and its name is answered by somebody else's
DNS; neither must lead into our own network unless the row says `private: true`.
"""

import ipaddress
import socket
import ssl
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from msgspec import Struct

from handlers.delivery import Refused, TryLater

TIMEOUT = 15.0  # seconds for a whole call; Standard Webhooks asks for 15 to 30
GOOD = range(200, 300)
LARGEST = 1 << 18  # bytes of an answer
CONNECTIONS = 50  # at once, over all agencies
HERE = frozenset({"127.0.0.1", "::1", "localhost"})  # the only hosts that http may lead to
INSIDE = tuple(  # global by their form, but they stand for an IPv4 address that may not be
    ipaddress.ip_network(net) for net in ("64:ff9b::/96", "2002::/16", "2001::/32")
)
NO_ADDRESS, NOT_SEALED, PRIVATE = "no address", "not https", "private address"
LONGEST_WAIT = 86_400.0  # seconds; a server that asks for more gets a day


class PrivateAddressError(OSError):
    """A name leads to an address that is not a public one."""


class Call(Struct, frozen=True, kw_only=True):
    """One request to an agency's server. Prints without its address, which may hold a secret."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = {}
    body: bytes | None = None
    private: bool = False  # the row says that this server stands in our own network
    largest: int = LARGEST  # bytes of the answer

    def __repr__(self) -> str:
        return f"Call({self.method})"


class Heard(Struct, frozen=True):
    """What a server answered; *after* is its Retry-After in seconds."""

    status: int
    body: bytes
    after: float | None = None

    def __repr__(self) -> str:
        return f"Heard({self.status})"


class NotTaken(TryLater):
    """The office's server answered, but took nothing."""

    def __init__(self, heard: Heard) -> None:
        super().__init__(heard.after)
        self.reason = f"HTTP {heard.status}"

    def __str__(self) -> str:
        return self.reason


class Outside:
    """The way out to agencies' servers.

    *timeout* is a whole call's, in seconds; *tls* replaces the usual trust in an https server.
    """

    def __init__(self, timeout: float = TIMEOUT, tls: ssl.SSLContext | None = None) -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._tls = tls
        self._sessions: dict[bool, aiohttp.ClientSession] = {}

    async def call(self, call: Call) -> Heard:
        """Return the answer, whatever its status.

        Raises TryLater when none came, Refused for an address that may not be called.
        """
        if why := fault(call.url, private=call.private):
            raise Refused(why)
        try:
            return await self._ask(call)
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateAddressError):
                raise Refused(PRIVATE) from None
            raise TryLater from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise TryLater from None

    async def close(self) -> None:
        """Close every connection."""
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    async def _ask(self, call: Call) -> Heard:
        asked = self._session(call.private).request(
            call.method,
            call.url,
            data=call.body,
            headers={"Accept-Encoding": "identity", **call.headers},
            ssl=self._tls or True,
            timeout=self._timeout,
            allow_redirects=False,
        )
        async with asked as answer:
            body = await _bounded(answer, call.largest)
            return Heard(answer.status, body, _after(answer.headers))

    def _session(self, private: bool) -> aiohttp.ClientSession:  # noqa: FBT001 - a row's own word
        session = self._sessions.get(private)
        if session is None:
            connector = (
                aiohttp.TCPConnector(limit=CONNECTIONS)
                if private
                else aiohttp.TCPConnector(
                    limit=CONNECTIONS, resolver=PublicOnly(), socket_factory=public_socket
                )
            )
            session = self._sessions[private] = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            )
        return session


class PublicOnly(AbstractResolver):
    """Resolves names to public addresses; one that has none is refused."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise PrivateAddressError("no public address")
        return public

    async def close(self) -> None:
        await self._inner.close()


def public_socket(address: aiohttp.AddrInfoType) -> socket.socket:
    """Return a socket for *address*, the last look before any connection, however it was named.

    Raises PrivateAddressError.
    """
    family, kind, protocol, _, (host, *_) = address
    if not is_public(str(host)):
        raise PrivateAddressError("no public address")
    return socket.socket(family, kind, protocol)


def fault(address: str, *, private: bool) -> str:
    """Return what forbids calling *address*, empty where nothing does."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return NO_ADDRESS
    if parts.scheme not in {"http", "https"} or not host or parts.username:
        return NO_ADDRESS
    if parts.scheme == "http" and not (private and host in HERE):
        return NOT_SEALED
    inside = host in HERE or (_literal(host) and not is_public(host))
    return PRIVATE if inside and not private else ""


def is_public(host: str) -> bool:
    """Tell whether the IP address *host* is one that anybody on the Internet can reach."""
    address = ipaddress.ip_address(host.partition("%")[0])
    hidden = any(address in net for net in INSIDE if net.version == address.version)
    return address.is_global and not address.is_multicast and not hidden


def _literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


async def _bounded(answer: aiohttp.ClientResponse, largest: int) -> bytes:
    """Return the body. Raises TryLater for one larger than *largest*."""
    body = bytearray()
    async for part in answer.content.iter_any():
        body += part
        if len(body) > largest:
            raise TryLater
    return bytes(body)


def _after(headers: Mapping[str, str]) -> float | None:
    """Return what Retry-After asks for, in seconds or as a date (RFC 9110, 10.2.3)."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdecimal():
        return min(float(text), LONGEST_WAIT)
    try:
        waits = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return min(max(waits.total_seconds(), 0.0), LONGEST_WAIT)
