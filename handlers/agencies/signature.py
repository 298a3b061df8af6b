"""Standard Webhooks 1.0: how what we and an agency's system send each other is signed.

Signed is `id.timestamp.body`, with HMAC-SHA256; while a secret is changed, both the new and the
old one sign, and either is believed (the specification's "Signature scheme").
"""

import base64
import binascii
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from msgspec import Struct

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
PREFIX = "whsec_"
VERSION = "v1,"
SIZES = range(24, 65)  # bytes of a secret
TOLERANCE = timedelta(minutes=5)
MOST = 10  # signatures looked at in one header
LONGEST = 200  # characters of an id


class SecretUnreadableError(ValueError):
    """A secret is no Standard Webhooks secret; the text never shows it."""


class Keys(Struct, frozen=True):
    """The secrets shared with one agency, the newest first. Prints without them."""

    secrets: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"Keys({len(self.secrets)})"


class Stamp(Struct, frozen=True):
    """Which message it is, and when it was sent."""

    id: str
    at: datetime  # aware, UTC, whole seconds


def read_keys(text: str) -> Keys:
    """Return the keys in "whsec_…", or in several parted by spaces.

    Raises SecretUnreadableError.
    """
    secrets = tuple(_secret(word) for word in text.split())
    if not secrets:
        raise SecretUnreadableError("no secret is set")
    return Keys(secrets)


def signed(keys: Keys, stamp: Stamp, body: bytes) -> dict[str, str]:
    """Return the headers under which *body* travels. Raises ValueError for an id with a dot."""
    if "." in stamp.id or not stamp.id:
        raise ValueError("a message's id has no full stop: it parts what is signed")
    second = str(int(stamp.at.timestamp()))
    signatures = (_signature(secret, stamp.id, second, body) for secret in keys.secrets)
    return {ID: stamp.id, TIMESTAMP: second, SIGNATURE: " ".join(signatures)}


def stamp_of(headers: Mapping[str, str], now: datetime) -> Stamp | None:
    """Return what *headers* claim, or None when they are incomplete or not of these minutes."""
    message, second = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    if not 0 < len(message) <= LONGEST or "." in message or not _is_number(second):
        return None
    at = datetime.fromtimestamp(int(second), UTC)
    return Stamp(message, at) if abs(now - at) <= TOLERANCE else None


def believed(keys: Keys, headers: Mapping[str, str], body: bytes) -> bool:
    """Tell whether one of *keys* signed *body*, in constant time; `stamp_of` looked before."""
    message, second = headers.get(ID, ""), headers.get(TIMESTAMP, "")
    given = headers.get(SIGNATURE, "").split()[:MOST]
    wanted = [_signature(secret, message, second, body) for secret in keys.secrets]
    matches = [
        hmac.compare_digest(one.encode(errors="surrogateescape"), other.encode())
        for one in given
        for other in wanted
    ]
    return any(matches)


def _signature(secret: bytes, message: str, second: str, body: bytes) -> str:
    head = f"{message}.{second}.".encode(errors="surrogateescape")
    return VERSION + base64.b64encode(hmac.new(secret, head + body, sha256).digest()).decode()


def _secret(word: str) -> bytes:
    try:
        secret = base64.b64decode(word.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise SecretUnreadableError("a secret is not base64") from None
    if not word.startswith(PREFIX) or len(secret) not in SIZES:
        raise SecretUnreadableError("a secret is whsec_ and the base64 of 24 to 64 bytes")
    return secret


def _is_number(text: str) -> bool:
    """Tell whether *text* is a Unix time in plain digits, as far as our calendar reaches."""
    return text.isascii() and text.isdecimal() and len(text) <= len("9999999999")
