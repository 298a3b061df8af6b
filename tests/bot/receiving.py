"""News on their way through channels that do not vouch, and what those tell of them later."""

from collections.abc import Sequence

from bot.receipts import EARLY
from conversations.messages import Address, Channel, Reply
from handlers.arrival import Arrived, Receipt
from handlers.delivery import DeliveryError
from storage.replies.outbox import OutboxItem
from tests.bot.playing import Play

BUDI = Address(Channel.SMS, "+6281200000002")
CHAT, APP = Address(Channel.TELEGRAM, "7000009"), Address(Channel.WHATSAPP, "6281200000002")
NEWS = "482109379:2"  # of a ticket, and its clock waits to hear that it arrived
PARTS = 2


async def told(play: Play, about: str = NEWS, to: Address = BUDI) -> OutboxItem:
    """Have news *about* something sent, and return it once its channel took it and we know."""
    store = play.house.store
    unit = store.unit()
    item = unit.send(to, Reply("Kabar"), play.clock.now(), about)
    await store.commit(unit)
    play.house.outbox.hand_over(unit.items)
    await settled(play)
    return item


async def settled(play: Play) -> None:
    """Return when what is in hand was sent and kept."""
    await play.house.outbox._pumps.wait(5)
    await play.house.store.commit(play.house.store.unit())


async def hear(
    play: Play,
    item: OutboxItem,
    state: Arrived = Arrived.DELIVERED,
    parts: Sequence[int] = range(PARTS),
    error: DeliveryError | None = None,
) -> None:
    """Have the channel tell that *parts* of *item* came to *state*."""
    for part in parts:
        at = play.clock.now()
        heard = Receipt(item.address.channel, f"{item.id}.{part}", state, at, error)
        assert await play.house.receipts.take(heard) == 200
    await settled(play)


async def followed(play: Play, kind: str) -> int:
    """Return how many tickets are to be told of *kind*; each is told of once."""
    due = await play.house.store.claim_timers(kind, play.clock.now(), 9)
    for one in due:
        await play.house.store.drop_timer(one)
    return len(due)


async def swept(play: Play, **by: float) -> None:
    """Let time pass, and have what fell due sent."""
    play.clock.move(**by)
    await play.house.outbox.sweep()
    await settled(play)


async def held(play: Play) -> int:
    """Return how many timers come due within the next minutes."""
    return await play.house.store.timers_due(play.clock.now() + EARLY[-1])


async def newest(play: Play, to: Address = BUDI) -> OutboxItem:
    """Return what was sent last, as receipts will know it."""
    number = play.phones.numbers[to][-1]
    return OutboxItem(id=number, address=to, reply=Reply(""))
