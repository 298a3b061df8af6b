"""Digits of other scripts, as some telephones type them."""

from datetime import UTC, datetime

import pytest

from conversations.hearing.numerals import western
from conversations.messages import Address, Channel, Inbound
from conversations.turn import RegistryAnswered, Said
from registry_client.answers import Pending

WRITER = Address(Channel.TELEGRAM, "77001")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\uff19\uff19\uff10\uff11", "9901"),
        ("٩٩٠١ ya", "9901 ya"),
        ("꧑꧒", "12"),
        ("9901 é", "9901 é"),
        ("x²", "x²"),
        ("9901", "9901"),
    ],
)
def test_every_decimal_digit_is_read(text: str, read: str) -> None:
    """A digit of any script is the digit that it stands for; other signs stay as they are."""
    message = Inbound(
        sender=WRITER, message_id="1", received_at=datetime(2026, 9, 3, tzinfo=UTC), text=text
    )
    heard = western(Said(message, "0" * 32))
    assert isinstance(heard, Said)
    assert heard.message.text == read


def test_what_nobody_wrote_stays_as_it_is() -> None:
    """An answer of the registry holds no words of a citizen."""
    event = RegistryAnswered(Pending())
    assert western(event) is event
