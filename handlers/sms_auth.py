"""Who may call us as a gateway: by a secret that they show, or by a signature made with it."""

import base64
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final, assert_never
from urllib.parse import parse_qsl

from msgspec import Struct

from handlers.arrival import secret_ok
from handlers.sms_proofs import Auth, Basic, Bearer, Coded, Header, Query, Signature

FRESH: Final = 300.0  # seconds that a signature's time may be off, either way
AUTHORIZATION: Final = "Authorization"
BLANK: Final = re.compile(r"(\{[a-z]+\})")
PARTS: Final = frozenset({"body", "timestamp", "url", "fields"})  # what may be signed


class Knock(Struct, frozen=True):
    """A call as it arrived. Prints without its contents."""

    headers: Mapping[str, str]  # found whatever their case
    query: Mapping[str, str]
    url: str  # as the caller wrote it
    body: bytes
    now: datetime

    def __repr__(self) -> str:
        return f"Knock({len(self.body)} bytes)"


def admits(auth: Auth, secret: str, knock: Knock) -> bool:
    """Say in constant time whether whoever knocks knows *secret*; an empty one lets nobody in."""
    if not secret:
        return False
    match auth:
        case Bearer():
            return secret_ok(_given(knock, AUTHORIZATION), f"Bearer {secret}")
        case Basic(user=user):
            pair = base64.b64encode(f"{user}:{secret}".encode()).decode()
            return secret_ok(_given(knock, AUTHORIZATION), f"Basic {pair}")
        case Header(name=name):
            return secret_ok(_given(knock, name), secret)
        case Query(name=name):
            return secret_ok(knock.query.get(name), secret)
        case Signature():
            return _signed(auth, secret, knock)
    assert_never(auth)


def signature(auth: Signature, secret: str, knock: Knock) -> str:
    """Return what must stand in the header of a true call."""
    signed = b"".join(_part(auth, one, knock) for one in BLANK.split(auth.over))
    made = hmac.digest(secret.encode(), signed, auth.digest.value)
    written = made.hex() if auth.coded is Coded.HEX else base64.b64encode(made).decode()
    return auth.prefix + written


def _signed(auth: Signature, secret: str, knock: Knock) -> bool:
    given = _given(knock, auth.name)
    if auth.coded is Coded.HEX:
        given = given[: len(auth.prefix)] + given[len(auth.prefix) :].lower()
    return _fresh(auth, knock) and secret_ok(given, signature(auth, secret, knock))


def _fresh(auth: Signature, knock: Knock) -> bool:
    """Say whether the signature is of now, where it tells its time."""
    if not auth.timestamp:
        return True
    try:
        at = float(_given(knock, auth.timestamp))
    except ValueError:
        return False
    return abs(knock.now.timestamp() - at) <= FRESH


def _part(auth: Signature, part: str, knock: Knock) -> bytes:
    match part:
        case "{body}":
            return knock.body
        case "{timestamp}":
            return _given(knock, auth.timestamp).encode(errors="surrogateescape")
        case "{url}":
            return knock.url.encode(errors="surrogateescape")
        case "{fields}":
            pairs = parse_qsl(knock.body.decode(errors="replace"), keep_blank_values=True)
            return "".join(name + value for name, value in sorted(pairs)).encode()
        case _:
            return part.encode()


def _given(knock: Knock, header: str) -> str:
    return knock.headers.get(header, "")
