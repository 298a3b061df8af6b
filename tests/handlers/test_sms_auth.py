"""Who may call us as a gateway."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from handlers.sms_android import SIGNED
from handlers.sms_auth import FRESH, Knock, admits
from handlers.sms_proofs import Auth, Basic, Bearer, Header, Query
from tests.handlers.gateway_rows import ROWS

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
SECRET = "rahasia"
BODY = b'{"id":"1"}'


def knock(
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    body: bytes = BODY,
    url: str = "https://pintu.example.go.id/sms/http/kentong",
) -> Knock:
    """Return a call."""
    return Knock(headers or {}, query or {}, url, body, NOW)


def hexed(signed: bytes, secret: str = SECRET) -> str:
    """Return the usual signature, made by other means than ours."""
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


BASIC = base64.b64encode(b"merapi:rahasia").decode()


@pytest.mark.parametrize(
    ("auth", "right"),
    [
        (Bearer(secret_env="X"), knock({"Authorization": "Bearer rahasia"})),
        (Basic(user="merapi", secret_env="X"), knock({"Authorization": f"Basic {BASIC}"})),
        (Header(name="X-Key", secret_env="X"), knock({"X-Key": SECRET})),
        (Query(name="token", secret_env="X"), knock(query={"token": SECRET})),
        (SIGNED, knock({"X-Signature": hexed(BODY + STAMP.encode()), "X-Timestamp": STAMP})),
    ],
)
def test_only_who_knows_the_secret_comes_in(auth: Auth, right: Knock) -> None:
    """The right one does; another secret, none, and an empty one of ours do not."""
    assert admits(auth, SECRET, right)
    assert not admits(auth, "lain", right)
    assert not admits(auth, "", right)
    assert not admits(auth, SECRET, knock())


@pytest.mark.parametrize(
    "given", ["", "rahasi", "rahasia ", "RAHASIA", "\udcff", "Bearer rahasia"]
)
def test_nearly_right_is_wrong(given: str) -> None:
    """Not one letter more or less."""
    assert not admits(Header(name="X-Key", secret_env="X"), SECRET, knock({"X-Key": given}))


def signed(body: bytes = BODY, stamp: str = STAMP, over: bytes | None = None) -> Knock:
    """Return a call as a telephone signs it; *over* is what it signed instead."""
    made = hexed(body + stamp.encode() if over is None else over)
    return knock({"X-Signature": made, "X-Timestamp": stamp}, body=body)


@pytest.mark.parametrize("away", [-FRESH, 0, FRESH])
def test_a_signature_lasts_five_minutes(away: float) -> None:
    """Clocks may differ by that much, either way."""
    stamp = str(int((NOW + timedelta(seconds=away)).timestamp()))
    assert admits(SIGNED, SECRET, signed(stamp=stamp))


@pytest.mark.parametrize(
    "wrong",
    [
        signed(stamp=str(int((NOW - timedelta(seconds=FRESH + 1)).timestamp()))),
        signed(stamp=str(int((NOW + timedelta(seconds=FRESH + 1)).timestamp()))),
        signed(stamp=""),
        signed(stamp="nan"),
        signed(stamp="kemarin"),
        signed(over=BODY),
        signed(body=BODY + b" ", over=BODY + STAMP.encode()),
        knock({"X-Signature": hexed(BODY + STAMP.encode())}),
        knock({"X-Timestamp": STAMP}),
    ],
)
def test_an_old_or_changed_call_is_refused(wrong: Knock) -> None:
    """A replay, a body with one byte more, and a time that nobody signed."""
    assert not admits(SIGNED, SECRET, wrong)


def test_hexadecimal_may_be_in_capitals() -> None:
    """Some write it so."""
    made = hexed(BODY + STAMP.encode()).upper()
    assert admits(SIGNED, SECRET, knock({"X-Signature": made, "X-Timestamp": STAMP}))


def test_a_signature_of_address_and_fields() -> None:
    """Forms are signed as their fields in order behind the address as the caller wrote it."""
    auth = ROWS["kentong"].receive.auth
    body = b"To=%2B62811&Body=Halo+lagi&From=%2B62812"
    url = "https://pintu.example.go.id/sms/http/kentong"
    over = f"{url}BodyHalo lagiFrom+62812To+62811"
    made = base64.b64encode(hmac.new(SECRET.encode(), over.encode(), hashlib.sha1).digest())
    right = {"X-Kentong-Signature": made.decode()}
    assert admits(auth, SECRET, knock(right, body=body, url=url))
    assert not admits(auth, SECRET, knock(right, body=body, url=f"{url}?x=1"))
    assert not admits(auth, SECRET, knock(right, body=body + b"&x=1", url=url))


def test_a_signature_with_words_of_its_own() -> None:
    """A prefix before it, and a dot between what is signed."""
    receipts = ROWS["merapi"].receipts
    assert receipts
    assert receipts.auth
    made = hexed(f"{STAMP}.".encode() + BODY)
    right = knock({"X-Merapi-Sign": f"v1={made}", "X-Merapi-Time": STAMP})
    assert admits(receipts.auth, SECRET, right)
    assert not admits(
        receipts.auth, SECRET, knock({"X-Merapi-Sign": made, "X-Merapi-Time": STAMP})
    )


def test_a_call_prints_masked() -> None:
    """No secret and no words of a citizen reach a log."""
    shown = repr(knock({"Authorization": "Bearer rahasia"}))
    assert shown == f"Knock({len(BODY)} bytes)"
