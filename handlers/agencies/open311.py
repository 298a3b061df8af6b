"""A case is opened at an office's own Open311 server (GeoReport v2), and its news are read there.

Anybody can read a GeoReport server unless its office says otherwise. So a request holds no person,
no answer and no link, but for the attributes that the row names (`public: false` lifts it).
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec
from msgspec import Struct

from handlers.agencies.outside import GOOD, Call, Heard, NotTaken, Outside
from handlers.agencies.parcel import Gone, NotOpen, Parcel, Receipt
from handlers.delivery import DeliveryError, Refused, Unauthorised
from referrals.district.ways import Open311Way

FORM = "application/x-www-form-urlencoded; charset=utf-8"
LONGEST = 4000  # characters of a description (GeoReport v2)
OPENS = frozenset({"new", "not_solved"})  # what a new request over there can tell
TOKEN = "token:"  # noqa: S105 - how a reference begins that is not the request's number yet
LONGEST_NUMBER = 200  # characters of its own number
NO_ANSWER = "no GeoReport answer"
NOWHERE = "-"  # the spec demands a place, and some services have none
MINUTE = 60.0
CLOSED = "closed"
LARGEST_PHOTO = 10 * 1024 * 1024  # bytes of what media_url leads to

Number = str | int  # a string by the specification; servers also send bare numbers
Row = TypeVar("Row")


class Opened(Struct, frozen=True):
    """What a server answers to a new request, or of a token: one of the two, the other null."""

    service_request_id: Number | None = None
    token: Number | None = None


class Request(Struct, frozen=True):
    """A request as its server tells of it; the rest is not ours to read."""

    status: str
    status_notes: str | None = None
    updated_datetime: str | None = None
    expected_datetime: str | None = None
    media_url: str | None = None


class Case(Struct, frozen=True, kw_only=True):
    """How a case stands over there."""

    closed: bool
    notes: str = ""
    updated_at: datetime | None = None  # aware, or None where the server tells none
    expected_at: datetime | None = None
    media_url: str = ""  # a photo that the office put there: we send none


_read_opened = msgspec.json.Decoder(tuple[Opened, ...], strict=False).decode
_read_requests = msgspec.json.Decoder(tuple[Request, ...], strict=False).decode


class Open311:
    """Sends parcels to Open311 servers and reads their news; *secret* reads the environment."""

    pauses = (MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 300 * MINUTE, 600 * MINUTE)

    def __init__(self, outside: Outside, secret: Callable[[str], str]) -> None:
        self._outside = outside
        self._secret = secret

    async def send(self, parcel: Parcel, to: Open311Way) -> Receipt:
        """Open a request. Raises NotOpen, Refused, Unauthorised, Gone or TryLater.

        A letter that tells of a case which is open there already finds no place in GeoReport v2
        and is refused, so that the next way has it. A lost answer opens a second request.
        """
        if parcel.occasion not in OPENS:
            raise Refused("no new case")
        body = urlencode(list(self._form(parcel, to))).encode()
        heard = await self._call(to, "requests.json", body)
        return Receipt(delivered=True, reference=_number(_only(_opened(heard.body))))

    async def number(self, token: str, to: Open311Way) -> str:
        """Return the request's number for *token*, or the token where there is none yet.

        Raises as `case` does.
        """
        name = token.removeprefix(TOKEN)
        heard = await self._call(to, f"tokens/{quote(name, safe='')}.json")
        found = _opened(heard.body)
        return _number(found[0]) if found else token

    async def case(self, number: str, to: Open311Way) -> Case:
        """Return how request *number* stands. Raises Refused, Unauthorised, Gone or TryLater."""
        heard = await self._call(to, f"requests/{quote(number, safe='')}.json")
        try:
            return _case(_only(_read_requests(heard.body)))
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise Refused(NO_ANSWER) from None

    async def photo(self, address: str, to: Open311Way) -> bytes | None:
        """Return what a case's media_url leads to, None for nothing that can be had.

        An address in our own network counts only where the server itself is there.
        """
        inside = to.private and _host(address) == _host(to.url)
        call = Call(url=address, method="GET", private=inside, largest=LARGEST_PHOTO)
        try:
            heard = await self._outside.call(call)
        except DeliveryError:
            return None
        return heard.body if heard.status in GOOD else None

    def _form(self, parcel: Parcel, to: Open311Way) -> Iterator[tuple[str, str]]:
        if to.key_env:
            yield "api_key", self._key(to)
        if to.jurisdiction:
            yield "jurisdiction_id", to.jurisdiction
        yield "service_code", service_code(parcel, to)
        yield "address_string", parcel.area_name or NOWHERE
        yield "description", description(parcel, to)[:LONGEST]
        yield from attributes(parcel, to)

    def _key(self, to: Open311Way) -> str:
        if key := self._secret(to.key_env).strip():
            return key
        raise NotOpen

    async def _call(self, to: Open311Way, path: str, body: bytes | None = None) -> Heard:
        """Return the server's answer when it is a good one."""
        query = urlencode({"jurisdiction_id": to.jurisdiction}) if to.jurisdiction else ""
        asking = f"?{query}" if query and body is None else ""
        call = Call(
            url=f"{to.url.rstrip('/')}/{path}{asking}",
            method="GET" if body is None else "POST",
            headers={"Accept": "application/json"} | ({"Content-Type": FORM} if body else {}),
            body=body,
            private=to.private,
        )
        heard = await self._outside.call(call)
        if error := _fault(heard):
            raise error
        return heard


def service_code(parcel: Parcel, to: Open311Way) -> str:
    """Return what the other side calls the parcel's service."""
    named = (one.code for one in to.services if one.service == parcel.service)
    return next(named, to.service_code)


def description(parcel: Parcel, to: Open311Way) -> str:
    """Return what the request says: to the public, the ticket's code and the service alone."""
    number = f"Satu Pintu {parcel.code}".rstrip()
    if to.public or not parcel.service:
        return "\n".join(part for part in (number, parcel.service_name) if part)
    answers = (f"{label}: {answer}" for _, label, answer in parcel.answers)
    return "\n".join(part for part in (number, parcel.text, *answers, parcel.link) if part)


def attributes(parcel: Parcel, to: Open311Way) -> Iterator[tuple[str, str]]:
    """Yield the answers for which the row names an attribute; none that would tell on somebody."""
    if to.public and parcel.secret:
        return
    answers = {key: answer for key, _, answer in parcel.answers}
    for one in to.attributes:
        if answer := answers.get(one.field):
            yield f"attribute[{one.code}]", answer


def _opened(body: bytes) -> tuple[Opened, ...]:
    try:
        return _read_opened(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused(NO_ANSWER) from None


def _only(found: tuple[Row, ...]) -> Row:
    """Return the one row of an answer. Raises Refused for none."""
    if not found:
        raise Refused(NO_ANSWER)
    return found[0]


def _number(opened: Opened) -> str:
    """Return how the other side calls the request. Raises Refused where it does not."""
    if number := _text(opened.service_request_id):
        return number
    if token := _text(opened.token):
        return TOKEN + token
    raise Refused(NO_ANSWER)


def _text(number: Number | None) -> str:
    return "" if number is None else str(number)[:LONGEST_NUMBER]


def _case(request: Request) -> Case:
    return Case(
        closed=request.status.strip().lower() == CLOSED,
        notes=(request.status_notes or "").strip(),
        updated_at=_instant(request.updated_datetime),
        expected_at=_instant(request.expected_datetime),
        media_url=(request.media_url or "").strip(),
    )


def _host(address: str) -> str:
    """Return host and port of *address*, empty for none."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _instant(text: str | None) -> datetime | None:
    """Return an ISO instant with its zone; a time without one is nobody's."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def _fault(heard: Heard) -> DeliveryError | None:
    match heard.status:
        case status if status in GOOD:
            return None
        case 410:
            return Gone()
        case 401 | 403:  # the specification has 403 for a missing or wrong api_key
            return Unauthorised()
        case 400 | 404 | 405 | 413 | 415 | 422:
            return Refused(f"HTTP {heard.status}")
        case _:
            return NotTaken(heard)
