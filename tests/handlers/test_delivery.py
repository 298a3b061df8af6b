"""What every channel shares: the family of failures, skipped arrivals, secrets."""

import pytest

from handlers.agencies.parcel import Gone, NotOpen
from handlers.arrival import secret_ok
from handlers.delivery import (
    Blocked,
    DeliveryError,
    Fault,
    Moved,
    Refused,
    TryLater,
    Unauthorised,
    WindowClosed,
)


@pytest.mark.parametrize("kind", DeliveryError.__subclasses__())
def test_every_failure_says_whether_to_retry_and_whose_it_is(kind: type[DeliveryError]) -> None:
    """Each member of the family answers the two questions an outbox has."""
    assert isinstance(kind.retry, bool)
    assert isinstance(kind.fault, Fault)
    assert kind.__doc__


def test_the_family_is_closed() -> None:
    """A new way to fail must be thought of here, where outbox and operators look."""
    family = {TryLater, Blocked, Moved, Refused, Unauthorised, WindowClosed, Gone, NotOpen}
    assert set(DeliveryError.__subclasses__()) == family


@pytest.mark.parametrize(
    ("error", "begins"),
    [
        (TryLater(3), "The channel cannot take the message now"),
        (Refused("chat not found"), "The channel will never take this message"),
        (Moved("7"), "The conversation lives on under another id"),
        (Blocked(), "The citizen blocked us"),
    ],
)
def test_the_docstring_is_the_message(error: DeliveryError, begins: str) -> None:
    """An operator reads what the programmer reads."""
    assert str(error).startswith(begins)
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("given", "expected", "ok"),
    [
        ("rahasia", "rahasia", True),
        ("rahasiA", "rahasia", False),
        ("rahasi", "rahasia", False),
        ("", "rahasia", False),
        (None, "rahasia", False),
        ("", "", False),
        ("x", "", False),
        ("sandi-\u00e9", "sandi-\u00e9", True),
        (b"sandi-\xff".decode(errors="surrogateescape"), "sandi", False),
    ],
)
def test_only_the_right_secret_opens(given: str | None, expected: str, ok: bool) -> None:  # noqa: FBT001 - a table's column
    """Wrong, missing, unreadable and unset secrets let nobody in."""
    assert secret_ok(given, expected) is ok
