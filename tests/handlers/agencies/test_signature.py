"""Signatures, judged by the package of those who wrote the specification."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from handlers.agencies.signature import (
    ID,
    SIGNATURE,
    TIMESTAMP,
    SecretUnreadableError,
    Stamp,
    believed,
    read_keys,
    signed,
    stamp_of,
)

OLD = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
NEW = "whsec_" + base64.b64encode(b"another secret of thirty-two byt").decode()
BODY = json.dumps({"type": "referral.created", "isi": "sudah ½"}).encode()
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def machine_time() -> datetime:
    """Return what the package takes for now: it asks the machine, and refuses what is old."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - as the package does


def test_the_package_believes_us() -> None:
    """What we sign, the reference implementation verifies, and changed by one byte refuses."""
    headers = signed(read_keys(OLD), Stamp("letter_1", machine_time()), BODY)
    assert Webhook(OLD).verify(BODY, headers) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        Webhook(OLD).verify(BODY + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(NEW).verify(BODY, headers)


def test_we_believe_the_package() -> None:
    """What the reference implementation signs, we believe, and nothing else."""
    stamp = str(int(NOW.timestamp()))
    signature = Webhook(OLD).sign("upd_1", NOW, BODY.decode())
    headers = {ID: "upd_1", TIMESTAMP: stamp, SIGNATURE: signature}
    assert stamp_of(headers, NOW) == Stamp("upd_1", NOW)
    assert believed(read_keys(OLD), headers, BODY)
    assert not believed(read_keys(NEW), headers, BODY)
    assert not believed(read_keys(OLD), headers, BODY + b" ")
    assert not believed(read_keys(OLD), {**headers, ID: "upd_2"}, BODY)


def test_both_secrets_count_while_one_gives_way() -> None:
    """With two secrets either side may be the first to change."""
    both = signed(read_keys(f"{NEW} {OLD}"), Stamp("letter_1", machine_time()), BODY)
    for secret in (NEW, OLD):
        assert Webhook(secret).verify(BODY, both)
        assert believed(
            read_keys(f"{NEW} {OLD}"), signed(read_keys(secret), Stamp("a", NOW), BODY), BODY
        )


@pytest.mark.parametrize("seconds", [-301, 301])
def test_old_and_early_messages_are_refused(seconds: int) -> None:
    """Five minutes either way and no second more, as the package has it."""
    headers = signed(read_keys(OLD), Stamp("letter_1", NOW + timedelta(seconds=seconds)), BODY)
    near = signed(
        read_keys(OLD), Stamp("letter_1", NOW + timedelta(seconds=seconds * 300 // 301)), BODY
    )
    assert stamp_of(headers, NOW) is None
    assert stamp_of(near, NOW) is not None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {ID: "a"},
        {ID: "", TIMESTAMP: "1"},
        {ID: "a.b", TIMESTAMP: str(int(NOW.timestamp()))},
        {ID: "x" * 201, TIMESTAMP: str(int(NOW.timestamp()))},
        {ID: "a", TIMESTAMP: "9" * 30},
        {ID: "a", TIMESTAMP: "٣٤٥"},
        {ID: "a", TIMESTAMP: "-5"},
        {ID: "a", TIMESTAMP: "1e9"},
    ],
)
def test_half_a_head_is_no_head(headers: dict[str, str]) -> None:
    """Missing, dotted, endless and foreign numbers are all refused before any body is read."""
    assert stamp_of(headers, NOW) is None


@given(st.text(), st.binary())
def test_no_header_breaks_the_comparison(text: str, body: bytes) -> None:
    """Whatever stands in the header, the answer is no."""
    assert not believed(read_keys(OLD), {ID: "a", TIMESTAMP: "1", SIGNATURE: text}, body)


@pytest.mark.parametrize(
    "text", ["", "  ", "whsec_", "whsec_!!", "whsec_c2hvcnQ=", OLD[6:], f"{OLD} x"]
)
def test_a_secret_that_is_none_is_refused(text: str) -> None:
    """A typing slip in the environment is found out, and never shown."""
    with pytest.raises(SecretUnreadableError) as error:
        read_keys(text)
    assert "c2hvcnQ" not in str(error.value)


def test_keys_print_without_secrets() -> None:
    """Nothing that is logged can hold a secret."""
    assert repr(read_keys(f"{NEW} {OLD}")) == "Keys(2)"


def test_an_id_never_holds_what_parts_the_signed_text() -> None:
    """A full stop in an id would let it pass for a part of the time."""
    with pytest.raises(ValueError, match="full stop"):
        signed(read_keys(OLD), Stamp("a.b", NOW), BODY)
