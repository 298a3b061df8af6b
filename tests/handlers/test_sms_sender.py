"""Replies on their way through any SMS gateway."""

from collections.abc import Iterable

import pytest

from conversations.messages import Address, Channel, Choice, Reply
from handlers.delivery import DeliveryError, Refused, Sent, TryLater
from handlers.pace import Pace
from handlers.sms_sender import SmsSender, Text

CITIZEN = Address(Channel.SMS, "+6281200000001")
LONG = Reply("Tiket Bapak/Ibu sedang diperiksa oleh petugas kami. " * 40)
HALF = "Tiket Bapak/Ibu"


class Antenna:
    """A gateway that takes what it is not told to refuse."""

    def __init__(self, faults: Iterable[DeliveryError | None] = (), named: bool = True) -> None:  # noqa: FBT001, FBT002 - a test's own fake
        self.taken: list[Text] = []
        self.closed = False
        self._faults = iter(faults)
        self._named = named

    async def take(self, text: Text, /) -> str:
        if fault := next(self._faults, None):
            raise fault
        self.taken.append(text)
        return f"ref-{len(self.taken)}" if self._named else ""

    async def close(self) -> None:
        self.closed = True


def sender(antenna: Antenna) -> SmsSender:
    """Return a sender without speed limits."""
    return SmsSender(antenna, Pace(0, 0))


async def test_a_reply_goes_as_one_named_text() -> None:
    """Choices stand numbered; receipts will use the gateway's name, segments are counted."""
    antenna = Antenna()
    sent = await sender(antenna).send(CITIZEN, Reply("Apa?", (Choice("a", "Cek"),)), 12)
    assert antenna.taken == [Text(CITIZEN.id, "Apa?\n1. Cek", "12.0")]
    assert sent == Sent(("ref-1",), 1)


async def test_a_long_reply_goes_in_order_and_is_counted_whole() -> None:
    """More than six segments are several messages, each with a name of its own."""
    antenna = Antenna()
    sent = await sender(antenna).send(CITIZEN, LONG, 7)
    assert [text.name for text in antenna.taken] == ["7.0", "7.1", "7.2"]
    assert sent.references == ("ref-1", "ref-2", "ref-3")
    assert sent.units == 15
    assert "".join(text.words for text in antenna.taken).count(HALF) == 40


async def test_what_was_cut_short_goes_on_where_it_was() -> None:
    """No text is paid for twice because the one after it failed."""
    antenna = Antenna([None, TryLater()])
    channel = sender(antenna)
    with pytest.raises(TryLater):
        await channel.send(CITIZEN, LONG, 7)
    sent = await channel.send(CITIZEN, LONG, 7)
    assert [text.name for text in antenna.taken] == ["7.0", "7.1", "7.2"]
    assert sent.references == ("ref-1", "ref-2", "ref-3")


async def test_what_was_refused_starts_anew() -> None:
    """A reply that will never go leaves nothing behind for the same words later."""
    antenna = Antenna([None, Refused("no")])
    channel = sender(antenna)
    with pytest.raises(Refused):
        await channel.send(CITIZEN, LONG, 7)
    await channel.send(CITIZEN, LONG, 8)
    assert [text.name for text in antenna.taken] == ["7.0", "8.0", "8.1", "8.2"]


async def test_a_gateway_without_names_gives_no_references() -> None:
    """Nothing is waited for that no receipt could mean; and it still goes on where it was."""
    antenna = Antenna([None, TryLater()], named=False)
    channel = sender(antenna)
    with pytest.raises(TryLater):
        await channel.send(CITIZEN, LONG)
    assert (await channel.send(CITIZEN, LONG)).references == ()
    assert [text.name for text in antenna.taken] == ["", "", ""]


async def test_who_asks_for_patience_gets_it() -> None:
    """Retry-After holds for that telephone."""
    antenna = Antenna([TryLater(9.0)])
    channel = SmsSender(antenna, pace := Pace(0, 0))
    with pytest.raises(TryLater):
        await channel.send(CITIZEN, Reply("Halo"))
    assert CITIZEN.id in pace._chats


async def test_closing_closes_the_gateway_and_texts_print_masked() -> None:
    """Nothing stays open, and no log shows whom we wrote what."""
    antenna = Antenna()
    await sender(antenna).close()
    assert antenna.closed
    assert repr(Text(CITIZEN.id, "NIK", "1.0")) == "Text(1.0)"
