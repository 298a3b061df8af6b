"""Hand texts to the HTTP gateway that a row describes, and understand what it answers."""

import asyncio
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from handlers.delivery import Blocked, DeliveryError, Refused, TryLater, Unauthorised
from handlers.sms_http_filled import body, escaped, headers, target, uses, written
from handlers.sms_http_row import GatewayRow, Meaning, Verdict
from handlers.sms_http_values import fits, text, within
from handlers.sms_name import name
from handlers.sms_sender import Text
from handlers.wire import CONNECT, PORTS, Wire
from handlers.wire_connection import Answer

LARGEST: Final = 64 << 10  # bytes of an answer
PATIENCE: Final = 30.0  # seconds for one
BUSY: Final = frozenset({408, 429})
DENIED: Final = frozenset({401, 403})
OK, REDIRECTED, WRONG, BROKEN = 200, 300, 400, 500  # where HTTP's kinds of status begin


class Told(Struct, frozen=True):
    """An answer, read once."""

    status: int
    words: str
    found: object  # its JSON, None where it is none

    @classmethod
    def of(cls, answer: Answer) -> "Told":
        """Return what *answer* tells."""
        try:
            found = msgspec.json.decode(answer.body)
        except (ValueError, RecursionError):
            found = None
        return cls(answer.status, answer.body.decode(errors="replace"), found)


class HttpGateway:
    """The gateway of *row*; *secrets* are what the row's blanks in capitals stand for."""

    def __init__(
        self,
        row: GatewayRow,
        secrets: Mapping[str, str],
        salt: str = "",
        patience: float = PATIENCE,
    ) -> None:
        parts = urlsplit(row.send.url)
        server = f"{parts.scheme}://{parts.netloc}"
        self._wire = Wire(server, timeout=patience, largest=LARGEST)
        self._row = row
        self._secrets = dict(secrets)
        self._salt = salt

    async def take(self, text: Text, /) -> str:
        """Hand *text* over and return what receipts will call it, if anything."""
        sends, named = self._row.send, name(text, self._salt)
        values = self._secrets | {
            "to": written(text.to, sends.numbers),
            "text": text.words,
            "id": named,
            "from": self._row.sender,
        }
        head = self._wire.head(target(sends, values), headers(sends, values), sends.method)
        told, after = await self._post(head, body(sends, values))
        if error := judged(told, sends.answers, after):
            raise error
        found = self._found(told) or (named if uses(sends, "id") else "")
        return reference(self._row, found)

    async def look(self) -> None:
        """See whether the gateway is there and knows us, without sending. Raises DeliveryError.

        A gateway with no page to ask is called without a word.
        """
        if not self._row.send.check:
            await self._call()
            return
        values = self._secrets | {"from": self._row.sender}
        sends, path = self._row.send, escaped(self._row.send.check, values)
        shown = headers(sends, values)
        told, after = await self._post(self._wire.head(path, shown, "GET"), b"")
        if error := judged(told, (), after):
            raise error

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._wire.close()

    async def _call(self) -> None:
        """Connect, and leave. Raises TryLater where nobody is there."""
        parts = urlsplit(self._row.send.url)
        port, tls = parts.port or PORTS[parts.scheme], parts.scheme == "https"
        try:
            async with asyncio.timeout(CONNECT):
                _, writer = await asyncio.open_connection(parts.hostname, port, ssl=tls or None)
        except OSError:
            raise TryLater from None
        writer.transport.abort()

    async def _post(self, head: bytes, body: bytes) -> tuple[Told, float | None]:
        answer = await self._wire.post(head, body)
        return Told.of(answer), answer.after

    def _found(self, told: Told) -> str:
        """Return what the gateway calls the message, where its answer tells."""
        sends = self._row.send
        by_pattern = within(sends.id_in, told.words) if sends.id_in else ""
        return text(told.found, sends.id_at) or by_pattern or ""


def reference(row: GatewayRow, found: str) -> str:
    """Return *found*, a gateway's name of a message, so that no other gateway has the same."""
    return f"{row.name}:{found}" if found and row.name else found


def judged(told: Told, verdicts: tuple[Verdict, ...], after: float | None) -> DeliveryError | None:
    """Return why the message was not taken, None where it was; the first verdict that fits counts.

    Where none does: 2xx is a yes, unless the row knows how a yes looks; other answers mean what
    HTTP says. *after* are the seconds that the gateway asked us to wait.
    """
    means = next((one.means for one in verdicts if _holds(one, told)), None)
    if means is None:
        means = _by_status(told.status, knows_yes=any(v.means is Meaning.TAKEN for v in verdicts))
    match means:
        case Meaning.TAKEN:
            return None
        case Meaning.LATER:
            return TryLater(after)
        case Meaning.DENIED:
            return Unauthorised()
        case Meaning.BLOCKED:
            return Blocked()
        case Meaning.REFUSED:
            return Refused(f"HTTP {told.status}")


def _holds(verdict: Verdict, told: Told) -> bool:
    if verdict.status and not fits(verdict.status, str(told.status)):
        return False
    if verdict.at:
        return fits(verdict.matches, text(told.found, verdict.at))
    return not verdict.matches or within(verdict.matches, told.words) is not None


def _by_status(status: int, *, knows_yes: bool) -> Meaning:
    if OK <= status < REDIRECTED:
        return Meaning.REFUSED if knows_yes else Meaning.TAKEN
    if status in DENIED:
        return Meaning.DENIED
    if status in BUSY or not WRONG <= status < BROKEN:
        return Meaning.LATER
    return Meaning.REFUSED
