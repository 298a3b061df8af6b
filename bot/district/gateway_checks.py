"""What must be true of a gateway's row, so that it can take, give and be believed."""

import re
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Final
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

import msgspec

from bot.district.findings import Notes, Trail
from bot.district.gateway_rows import TRAIL
from bot.settings import SETTINGS_PREFIX
from handlers.sms_auth import PARTS
from handlers.sms_http_filled import OWN, SECRET, blanks, uses
from handlers.sms_http_row import Calls, GatewayRow, Method, Sends, Shape, Verdict
from handlers.sms_proofs import Auth, Signature

NAME: Final = re.compile(r"[a-z][a-z0-9-]{1,31}")
COUNTED: Final = re.compile(r"\((\\d|\[0-9\])[+*]?(\{[\d,]+\})?\)")  # a bracket for digits alone
TIMES: Final = ("iso", "unix", "milliseconds")
Found = Iterator[tuple[Trail, str]]


def check_gateways(rows: Iterable[GatewayRow], notes: Notes) -> None:
    """Note what would keep a gateway from working."""
    rows = tuple(rows)
    notes.twice(((*TRAIL, at, "name"), row.name) for at, row in enumerate(rows))
    for at, row in enumerate(rows):
        for trail, fault in _row(row):
            notes.at((*TRAIL, at, *trail), fault)


def _row(row: GatewayRow) -> Found:
    if not NAME.fullmatch(row.name):
        yield ("name",), "must be 2 to 32 small letters, digits and -, as it stands in an address"
    yield from _under("send", _sends(row.send))
    yield from _under("receive", _calls(row.receive))
    yield from _under("receive", _auth(row.receive.auth))
    if row.receipts is None:
        return
    yield from _under("receipts", _calls(row.receipts))
    if row.receipts.auth is not None:
        yield from _under("receipts", _auth(row.receipts.auth))
    if not row.receipts.states:
        yield ("receipts", "states"), "must say what the gateway's words mean"
    if not (row.send.id_at or row.send.id_in or uses(row.send, "id")):
        yield ("receipts",), "name messages that nobody names: set id_at, id_in or {id} in send"
    if COUNTED.search(row.send.id_in) and not (row.receipts.to or uses(row.send, "id")):
        yield ("receipts",), "must name to: ids that are counted may come twice (or send {id})"


def _under(key: str, found: Found) -> Found:
    return (((key, *trail), fault) for trail, fault in found)


def _sends(sends: Sends) -> Found:
    yield from _address(urlsplit(sends.url))
    if sends.check and urlsplit(sends.check)[:2] != urlsplit(sends.url)[:2]:
        yield ("check",), "must be a page of the same server as url"
    yield from _texts(sends)
    yield from _body(sends)
    yield from _method(sends.method, sends.shape)
    for at, verdict in enumerate(sends.answers):
        yield from _under("answers", (((at, *trail), fault) for trail, fault in _verdict(verdict)))
    if sends.id_in and (fault := _pattern(sends.id_in, groups=1)):
        yield ("id_in",), fault
    if sends.rate < 0:
        yield ("rate",), "must be messages a second, or 0 for no limit"


def _address(parts: SplitResult) -> Found:
    host = parts.hostname or ""
    if parts.scheme not in ("https", "http") or not host or blanks(parts.netloc):
        yield ("url",), "must be https://, a host without blanks, and a path"
    elif parts.username:
        yield ("url",), "must not hold a password; set user and password"
    elif parts.scheme == "http" and not _near(host):
        yield ("url",), "must be https://: what goes to another network must not be read there"


def _near(host: str) -> bool:
    """Say whether *host* is of our own network: a name without dots, or a private address."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host


def _texts(sends: Sends) -> Found:
    named = {
        "url": (sends.url,),
        "check": (sends.check,),
        "user": (sends.user,),
        "password": (sends.password,),
        "json": (sends.json,),
        "headers": sends.headers.values(),
        "fields": sends.fields.values(),
    }
    for key, texts in named.items():
        for blank in sorted({blank for text in texts for blank in blanks(text)}):
            if blank not in OWN:
                yield from _under(key, _variable(blank))
    for blank in ("to", "text"):
        if not uses(sends, blank):
            yield (), f"{{{blank}}} stands nowhere"
    if any("text" in blanks(text) for text in sends.headers.values()):
        yield ("headers",), "must not hold {text}, which may have several lines"


def _variable(name: str) -> Found:
    if not SECRET.fullmatch(name):
        yield (), f"{{{name}}} is none of {', '.join(sorted(OWN))} and no {{VARIABLE}}"
    elif name.startswith(SETTINGS_PREFIX):
        yield (), f"{name} must not begin with {SETTINGS_PREFIX}, which our own settings do"


def _body(sends: Sends) -> Found:
    if not sends.json:
        return
    if sends.shape is not Shape.JSON or sends.fields:
        yield ("json",), "stands for the fields of shape json: leave the others out"
    try:
        msgspec.json.decode(sends.json)
    except ValueError:
        yield ("json",), "must be JSON"


def _method(method: Method, shape: Shape) -> Found:
    if method is Method.GET and shape is not Shape.QUERY:
        yield ("shape",), "must be query where the method is GET"


def _verdict(verdict: Verdict) -> Found:
    if not verdict.status and not verdict.matches:
        yield (), "must tell a status, or what matches"
    if verdict.at and not verdict.matches:
        yield ("at",), "needs matches"
    for key in ("status", "matches"):
        if fault := _pattern(getattr(verdict, key)):
            yield (key,), fault


def _pattern(pattern: str, groups: int = 0) -> str:
    """Return what is wrong with *pattern*, which needs as many *groups* at least."""
    try:
        found = re.compile(pattern)
    except re.error as error:
        return f"is no pattern: {error}"
    return "" if found.groups >= groups else "must have the id in brackets"


def _calls(calls: Calls) -> Found:
    yield from _method(calls.method, calls.shape)
    if calls.each and calls.shape is not Shape.JSON:
        yield ("each",), "only JSON has lists"
    if calls.time not in TIMES and "%" not in calls.time:
        yield ("time",), f"must be {', '.join(TIMES)}, or a pattern such as %Y-%m-%d %H:%M:%S"
    try:
        ZoneInfo(calls.zone)
    except (KeyError, ValueError, OSError):
        yield ("zone",), "must be a zone such as Asia/Jakarta"
    for at, one in enumerate(calls.only):
        if fault := _pattern(one.matches):
            yield ("only", at, "matches"), fault


def _auth(auth: Auth) -> Found:
    for trail, fault in _variable(auth.secret_env):
        yield ("auth", "secret_env", *trail), fault
    if not isinstance(auth, Signature):
        return
    found = blanks(auth.over)
    if not found & {"body", "fields"} or not found <= PARTS:
        yield ("auth", "over"), f"must hold {{body}} or {{fields}}; known are {sorted(PARTS)}"
    if ("timestamp" in found) is not bool(auth.timestamp):
        yield ("auth", "timestamp"), "must be signed, and named: else anybody could change it"
