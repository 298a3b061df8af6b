"""One delivery of a channel's provider may hold several messages, and receipts among them."""

from datetime import UTC, datetime

import pytest

from conversations.messages import Address, Channel, Inbound
from handlers.arrival import Arrived, NotUnderstood, Receipt, Skipped
from web.hooks.webhooks import BAD_REQUEST, OK, Heard, Webhook

NOW = datetime(2026, 11, 2, 3, tzinfo=UTC)
SENDER = Address(Channel.WHATSAPP, "6281100000001")
FIRST, SECOND = (Inbound(sender=SENDER, message_id=name, received_at=NOW) for name in "12")
RECEIPT = Receipt(Channel.WHATSAPP, "wamid.1", Arrived.DELIVERED, NOW)


class House:
    """What was taken in, and what cannot be taken now."""

    def __init__(self, *later: Heard) -> None:
        self.taken: list[Heard] = []
        self.later = later

    async def take(self, heard: Heard) -> int:
        if heard in self.later:
            return 503
        self.taken.append(heard)
        return OK


def webhook(house: House, *heard: Heard) -> Webhook:
    """Return a webhook of *house* to which everybody delivers *heard*."""
    return Webhook(lambda _body, _now: heard, house.take, lambda: NOW, note=house.take)


async def test_every_part_is_taken_in_order() -> None:
    """Messages and receipts of one delivery are taken one after the other; the rest is passed."""
    house = House()
    assert (
        await webhook(house, FIRST, Skipped("reaction", "3"), RECEIPT, SECOND).deliver(b"") == OK
    )
    assert house.taken == [FIRST, RECEIPT, SECOND]


async def test_what_cannot_be_taken_now_asks_for_the_whole_again() -> None:
    """Nothing after a part that could not be committed is taken before it."""
    house = House(RECEIPT)
    assert await webhook(house, FIRST, RECEIPT, SECOND).deliver(b"") == 503
    assert house.taken == [FIRST]


async def test_a_receipt_nobody_waits_for_is_passed_over() -> None:
    """A channel whose yes is enough has nobody to tell of receipts."""
    house = House()
    lone = Webhook(lambda _body, _now: RECEIPT, house.take, lambda: NOW)
    assert await lone.deliver(b"") == OK
    assert house.taken == []


async def test_what_is_not_understood_is_said() -> None:
    """A body in no known format gets 400 and changes nothing."""

    def read(_body: bytes, _now: datetime) -> Heard:
        raise NotUnderstood

    assert await Webhook(read, House().take, lambda: NOW).deliver(b"{") == BAD_REQUEST


@pytest.mark.parametrize("state", Arrived)
def test_a_receipt_prints_without_its_reference(state: Arrived) -> None:
    """A log line with a receipt names nobody."""
    assert repr(Receipt(Channel.SMS, "62811", state, NOW)) == f"Receipt(sms, {state})"
