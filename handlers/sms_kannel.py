"""SMS through Kannel, an open gateway to the operators: its smsbox calls us, and we call it.

What its 1.4.5 does with odd messages was tried; tests/handlers/sms_kannel holds what it sent.
"""

import asyncio
import hashlib
import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote_to_bytes, urlsplit

from msgspec import Struct

from conversations.messages import Address, Channel, Inbound
from conversations.phones import number_told
from handlers.arrival import LONGEST_MESSAGE, Arrived, NotUnderstood, Receipt, Skipped, plausible
from handlers.delivery import (
    Blocked,
    DeliveryError,
    Refused,
    TryLater,
    Unanswered,
    Unauthorised,
)
from handlers.sms_name import name as named
from handlers.sms_sender import Text
from handlers.sms_text import is_gsm7
from handlers.wire import Wire
from handlers.wire_connection import Answer

MOST_FIELDS: Final = 64
LONGEST_NAME: Final = 64  # bytes of an id
BINARY, UCS2 = b"1", b"2"  # %c, beside "0" for texts
UTF8 = b"UTF-8"
STATES: Final = {  # %d, the type of a report
    b"1": Arrived.DELIVERED,
    b"2": Arrived.FAILED,
    b"4": Arrived.SENT,  # the operator keeps it until the telephone is on
    b"8": Arrived.SENT,
    b"16": Arrived.FAILED,
}
REPORTS: Final = str(sum(map(int, STATES)))  # the mask that asks for all of them
EXPIRED: Final = re.compile(rb"\bstat:(EXPIRED|ENROUTE|ACCEPTD)\b")
NO_SUCH_NUMBER: Final = re.compile(rb"\bstat:(UNDELIV|DELETED)\b|NACK/0x0*(b|55|63)\b")
SECRET: Final = re.compile(r"[A-Za-z0-9_-]*")  # nothing that Kannel or an address would escape
DENIED: Final = b"denied"
DIGITS: Final = re.compile(r"\+?\d{4,}")  # which may be somebody's
LONGEST_REASON: Final = 100  # letters
SMSBOX_CALLS: Final = 4  # at once; it works them off one by one
ANSWERS_WITHIN = 10.0  # seconds; a smsbox that just started may leave its first calls unanswered
HINDSIGHT = 10.0  # seconds for a report on what smsbox took and did not live to say

MOST_UNSURE: Final = 10_000  # texts remembered that smsbox did not answer for

Fields = dict[bytes, bytes]


def fields(query: bytes) -> Fields:
    """Return what *query* says; of several fields of a name the first counts.

    Raises NotUnderstood for more fields than Kannel has.
    """
    said = query.split(b"&", MOST_FIELDS)
    if len(said) > MOST_FIELDS:
        raise NotUnderstood("too many fields")
    pairs = (field.replace(b"+", b" ").partition(b"=") for field in reversed(said))
    return {unquote_to_bytes(name): unquote_to_bytes(value) for name, _, value in pairs}


def read(query: bytes, now: datetime, region: str = "ID") -> Inbound | Skipped:
    """Return the message that smsbox tells of; numbers without a country are of *region*.

    The id is Kannel's own and the same in each try. *now* stands in for a time that is missing or
    in no calendar. Raises NotUnderstood where id or sender is missing: an operator's mistake.
    """
    said = fields(query)
    message_id, sender = _word(said, b"id"), said.get(b"from")
    if not message_id or sender is None:
        raise NotUnderstood("no message of Kannel's")
    number = number_told(sender.decode(errors="replace"), region)
    if number is None:
        return Skipped("no telephone number", message_id)
    text = _text(said)
    return Inbound(
        sender=Address(Channel.SMS, number),
        message_id=message_id,
        received_at=_time(said, now),
        text=(text or "")[:LONGEST_MESSAGE],
        unreadable="binary" if text is None else None,
    )


def _word(said: Fields, name: bytes) -> str:
    """Return the field *name*; of a longer one its digest, so that no two become one."""
    told = said.get(name, b"")
    if len(told) > LONGEST_NAME:
        return hashlib.blake2b(told, digest_size=LONGEST_NAME // 2).hexdigest()
    return told.decode(errors="backslashreplace")


def _time(said: Fields, now: datetime) -> datetime:
    try:
        return plausible(datetime.fromtimestamp(int(said[b"time"]), UTC), now)
    except (KeyError, ValueError, OverflowError, OSError):
        return now


def _text(said: Fields) -> str | None:
    """Return what was written, None for what is no text.

    Kannel says UTF-8 with mo-recode, and at times where the bytes are another alphabet's.
    """
    raw, coding = said.get(b"text", b""), said.get(b"coding")
    if coding == UCS2 and said.get(b"charset") != UTF8:
        return raw.decode("utf-16-be", "ignore")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None if coding == BINARY else raw.decode("latin-1")
    return text if coding != BINARY or not text or text.isprintable() else None


def read_receipt(query: bytes, now: datetime) -> Receipt | Skipped:
    """Return how far the message came that *query* names as we did.

    Raises NotUnderstood without name or type.
    """
    said = fields(query)
    reference, kind = _word(said, b"id"), said.get(b"type", b"")
    if not reference or not kind.isdigit():
        raise NotUnderstood("no report of Kannel's")
    state = STATES.get(kind)
    if state is None:
        return Skipped("a report of another type", reference)
    error = _why(said.get(b"why", b"")) if state is Arrived.FAILED else None
    return Receipt(Channel.SMS, reference, state, _time(said, now), error)


def _why(told: bytes) -> DeliveryError:
    """Return what the operator's report or refusal, as it came (%A), means for the message."""
    if EXPIRED.search(told):
        return TryLater()
    if NO_SUCH_NUMBER.search(told):
        return Blocked()
    return Refused(_reason(told.partition(b"stat:")[2].split(b" ")[0] or told or b"failed"))


def _reason(told: bytes) -> str:
    """Return the gateway's own word, without numbers that may be somebody's."""
    return DIGITS.sub("…", told.decode(errors="replace"))[:LONGEST_REASON]


class Smsbox(Struct, frozen=True, kw_only=True):
    """How smsbox is reached, and where it reaches us. Prints without secrets."""

    url: str
    username: str
    password: str
    sender: str = ""  # what people answer to; empty for the global-sender of kannel.conf
    callback: str = ""  # our address as smsbox sees it; without it nobody reports
    secret: str = ""

    def __repr__(self) -> str:
        return f"Smsbox({urlsplit(self.url).netloc.rpartition('@')[2]})"


class Kannel:
    """Hands texts to smsbox; what it took lies in bearerbox's store until the operator has it.

    A text that smsbox did not answer for, as when it was killed, may be on its way all the same.
    It is not handed over again before smsbox is back and had a moment to report it. *salt* keeps
    our names our own.
    """

    def __init__(self, smsbox: Smsbox, salt: str = "") -> None:
        parts = urlsplit(smsbox.url)
        self._path = parts.path or "/"
        server = f"{parts.scheme}://{parts.netloc}"
        self._wire = Wire(server, limit=SMSBOX_CALLS, timeout=ANSWERS_WITHIN)
        self._smsbox = smsbox
        self._salt = salt
        self._unsure: dict[str, asyncio.Event] = {}  # by name; set once it was reported

    async def take(self, text: Text, /) -> str:
        """Hand *text* over and return the name that it will be reported by, if it will be.

        Kannel gives no id: the name is ours, and nobody else's to make up. Raises DeliveryError.
        """
        reported = text.name and self._smsbox.callback
        name = named(text, self._salt) if reported else ""
        if name in self._unsure and await self._was_taken(name):
            return name
        await self._post(text, name)
        return name

    def reported(self, name: str) -> None:
        """Hear that Kannel reports on the text *name*: so it was taken."""
        if known := self._unsure.get(name):
            known.set()

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._wire.close()

    async def _post(self, text: Text, name: str) -> None:
        head = self._wire.head(self._path, headers(self._smsbox, text, name))
        if name:  # its report may well come before the answer
            self._unsure[name] = asyncio.Event()
            if len(self._unsure) > MOST_UNSURE:  # the oldest were given up long ago
                del self._unsure[next(iter(self._unsure))]
        try:
            answer = await self._wire.post(head, text.words.encode(), once=True)
        except TryLater as error:
            if not isinstance(error, Unanswered):
                self._unsure.pop(name, None)
            raise
        self._unsure.pop(name, None)
        if refusal := fault(answer):
            raise refusal

    async def _was_taken(self, name: str) -> bool:
        """Say whether the text *name* is reported soon after smsbox is back. Raises TryLater."""
        reported = self._unsure[name]
        if not reported.is_set():
            await self._wire.post(self._wire.head(self._path), b"")  # refused, if anybody is there
            with suppress(TimeoutError):
                await asyncio.wait_for(reported.wait(), HINDSIGHT)
        self._unsure.pop(name, None)
        return reported.is_set()


def headers(smsbox: Smsbox, text: Text, name: str) -> dict[str, str]:
    """Return all but the words of *text*; nothing of it stands in an address, which get logged."""
    said = {
        "Content-Type": "text/plain; charset=UTF-8",
        "X-Kannel-Username": smsbox.username,
        "X-Kannel-Password": smsbox.password,
        "X-Kannel-To": text.to,
        "X-Kannel-Coding": "0" if is_gsm7(text.words) else "2",
    }
    if smsbox.sender:
        said["X-Kannel-From"] = smsbox.sender
    if name:
        said["X-Kannel-DLR-Mask"] = REPORTS
        said["X-Kannel-DLR-Url"] = report_to(smsbox, name)
    return said


def report_to(smsbox: Smsbox, name: str) -> str:
    """Return where Kannel reports how far the text *name* came; it fills the %-signs in."""
    told = f"id={name}&type=%d&time=%T&why=%A&secret={smsbox.secret}"
    return f"{smsbox.callback}/sms/kannel/receipt?{told}"


def fault(answer: Answer) -> DeliveryError | None:
    """Return why smsbox did not take a text; None where it took or queued it."""
    match answer.status:
        case status if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
            return None
        case 401 | 403 | 404:  # also the wrong path: what the operator set is wrong
            return Unauthorised()
        case 400 if DENIED in answer.body:
            return Blocked()
        case status if 400 <= status < 500 and status not in (408, 429):  # noqa: PLR2004 - also HTTP's
            return Refused(_reason(answer.body) or f"HTTP {status}")
    return TryLater(answer.after)
