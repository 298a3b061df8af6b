"""What channels tell of replies that they took: delivered, failed, early, late, twice."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from bot.elsewhere import Stranded
from bot.loops import Loops
from bot.outbox import Outbox
from bot.receipts import AGAIN, EARLY
from bot.report import Report
from casework.ticket.receipts import REACHED, UNREACHED
from conversations.messages import Address, Channel, Reply
from handlers.arrival import Arrived, Receipt
from handlers.delivery import Blocked, DeliveryError, Refused, TryLater
from storage.link import Job
from storage.migrate import migrate
from storage.outbox import OutboxItem
from storage.store import StoreUnavailable
from tests.bot.playing import Play, open_play

BUDI = Address(Channel.SMS, "+6281200000002")
CHAT, APP = Address(Channel.TELEGRAM, "7000009"), Address(Channel.WHATSAPP, "6281200000002")
NEWS = "482109379:2"  # of a ticket, and its clock waits to hear that it arrived
PARTS = 2


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house whose channels do not vouch, and cut every reply into two parts."""
    migrate(database_url)
    play = await open_play(database_url, tmp_path)
    play.phones.vouches, play.phones.parts = False, PARTS
    yield play
    await play.house.close()


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


async def test_delivered_is_when_every_part_is(stage: Play) -> None:
    """The clock of a citizen's silence starts with the last part, not with the gateway's yes."""
    item = await told(stage)
    assert await followed(stage, REACHED) == 0
    await hear(stage, item, Arrived.SENT)
    await hear(stage, item, parts=[1])
    assert await followed(stage, REACHED) == 0
    await hear(stage, item, parts=[0])
    assert await followed(stage, REACHED) == 1


async def test_doubled_late_and_reordered_receipts_change_nothing(stage: Play) -> None:
    """What arrived stays arrived, and is told of once."""
    item = await told(stage)
    await hear(stage, item, Arrived.READ)
    assert await followed(stage, REACHED) == 1
    for state in (Arrived.DELIVERED, Arrived.SENT, Arrived.READ):
        await hear(stage, item, state)
    await hear(stage, item, Arrived.FAILED, error=Blocked())
    assert await followed(stage, REACHED) == await followed(stage, UNREACHED) == 0
    assert await stage.house.store.replies_parked() == 0
    stage.clock.move(days=9)
    await stage.house.store.tidy(stage.clock.now())
    await hear(stage, item)
    assert await followed(stage, REACHED) == 0


async def test_what_never_arrives_is_set_aside(stage: Play) -> None:
    """The desk is asked to call, once, however many parts fail; later replies go on."""
    item = await told(stage)
    await hear(stage, item, Arrived.FAILED, error=Refused("absent"))
    assert await stage.house.store.replies_parked() == 1
    assert await followed(stage, UNREACHED) == 1
    await hear(stage, await told(stage))
    assert await followed(stage, REACHED) == 1


async def test_a_failure_without_a_reason_is_one(stage: Play) -> None:
    """A channel that does not say why is not asked again."""
    await hear(stage, await told(stage), Arrived.FAILED)
    assert await stage.house.store.replies_parked() == 1


async def test_what_can_be_tried_again_is_a_few_times(stage: Play) -> None:
    """The same reply under a new number, after longer pauses; then people look after it."""
    item = await told(stage)
    for pause in AGAIN:
        await hear(stage, item, Arrived.FAILED, error=TryLater())
        before = len(stage.phones.got[BUDI])
        await swept(stage, seconds=pause.total_seconds() - 1)
        assert len(stage.phones.got[BUDI]) == before
        await swept(stage, seconds=2)
        assert stage.phones.got[BUDI][-1] == Reply("Kabar")
        item = await newest(stage)
    assert len(set(stage.phones.numbers[BUDI])) == len(AGAIN) + 1
    await hear(stage, item, Arrived.FAILED, error=TryLater())
    assert await stage.house.store.replies_parked() == 1
    assert await followed(stage, UNREACHED) == 1


async def test_the_channels_own_patience_counts(stage: Play) -> None:
    """Told to wait an hour, nobody tries after a minute."""
    await hear(stage, await told(stage), Arrived.FAILED, error=TryLater(3600))
    await swept(stage, minutes=59)
    assert len(stage.phones.got[BUDI]) == 1
    await swept(stage, minutes=2)
    assert len(stage.phones.got[BUDI]) == 2


async def test_a_part_that_arrived_after_all_counts(stage: Play) -> None:
    """A gateway may give up too early: what its later word says is true."""
    item = await told(stage)
    await hear(stage, item, Arrived.FAILED, error=Blocked())
    await hear(stage, item)
    assert await followed(stage, REACHED) == 1


async def test_an_old_answer_is_not_sent_again(stage: Play) -> None:
    """A question of an hour ago would answer what the citizen says now; a fresh one comes."""
    fresh, old = await told(stage, about=""), await told(stage, about="")
    await hear(stage, fresh, Arrived.FAILED, parts=[0], error=TryLater())
    stage.clock.move(minutes=6)
    await hear(stage, old, Arrived.FAILED, parts=[0], error=TryLater())
    await swept(stage)
    assert len(stage.phones.got[BUDI]) == 3
    assert await stage.house.store.replies_parked() == 1


async def test_what_was_asked_and_answered_is_not_asked_again(stage: Play) -> None:
    """Who acted on their ticket meanwhile is not sent the question a second time."""
    await hear(stage, await told(stage), Arrived.FAILED, error=TryLater())
    unit = stage.house.store.unit()
    unit.drop_later("482109379:")
    await stage.house.store.commit(unit)
    await swept(stage, hours=9)
    assert len(stage.phones.got[BUDI]) == 1


async def test_a_receipt_may_come_before_we_kept_its_reply(stage: Play) -> None:
    """It is kept until its reply is known, by whichever process, and then counts as any other."""
    at = stage.clock.now()
    early = [Receipt(Channel.SMS, f"early.{part}", Arrived.DELIVERED, at) for part in range(PARTS)]
    for heard in early * 2:
        assert await stage.house.receipts.take(heard) == 200
    stage.clock.move(seconds=2)
    await stage.house.timers.tick()
    stage.phones.named = "early"
    await told(stage)
    stage.clock.move(seconds=6)
    await stage.house.timers.tick()
    assert await followed(stage, REACHED) == 1


async def test_a_receipt_of_nothing_is_forgotten(stage: Play) -> None:
    """It is answered 200, looked at a few times, and goes; "sent" is not looked at again."""
    item = OutboxItem(id=1, address=BUDI, reply=Reply(""))
    await stage.house.timers.tick()
    others = await held(stage)
    await hear(stage, item, Arrived.SENT)
    assert await held(stage) == others
    await hear(stage, item)
    for pause in EARLY:
        assert await held(stage) == others + PARTS
        stage.clock.move(seconds=pause.total_seconds())
        await stage.house.timers.tick()
    assert await held(stage) == others


async def test_without_a_database_receipts_come_again(
    stage: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503: nothing that was answered 200 is lost, and what comes again is taken."""
    item = await told(stage)
    heard = Receipt(Channel.SMS, f"{item.id}.0", Arrived.DELIVERED, stage.clock.now())

    async def away(_: Job[object]) -> None:
        raise StoreUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(stage.house.store._engine, "read_now", away)
        assert await stage.house.receipts.take(heard) == 503
        patched.setattr(stage.house.store._engine, "write_now", away)
        assert await stage.house.receipts.take(heard) == 503
    await hear(stage, item)
    assert await followed(stage, REACHED) == 1


class Linked:
    """One person's addresses, in the order in which they are tried; keeps what it was asked."""

    def __init__(self, *addresses: Address) -> None:
        self._addresses = addresses
        self.asked: list[Stranded] = []

    async def __call__(self, stranded: Stranded) -> Address | None:
        """Return the first address that did not fail yet."""
        self.asked.append(stranded)
        return next((one for one in self._addresses if one not in stranded.failed), None)


def link(outbox: Outbox, *addresses: Address) -> Linked:
    """Have *addresses* belong to one person."""
    outbox._elsewhere = linked = Linked(*addresses)
    return linked


async def test_what_failed_on_one_channel_comes_on_another(stage: Play) -> None:
    """Each of a person's channels is tried once; the last word is the desk's."""
    linked = link(stage.house.outbox, BUDI, CHAT, APP)
    item = await told(stage)
    for to in (CHAT, APP):
        await hear(stage, item, Arrived.FAILED, error=Blocked())
        assert stage.phones.got[to] == [Reply("Kabar")]
        item = await newest(stage, to)
    await hear(stage, item, Arrived.FAILED, error=Blocked())
    assert [one.failed for one in linked.asked] == [(BUDI,), (BUDI, CHAT), (BUDI, CHAT, APP)]
    assert {one.about for one in linked.asked} == {NEWS}
    assert await stage.house.store.replies_parked() == 1
    assert await followed(stage, UNREACHED) == 1


async def test_what_a_channel_refuses_comes_on_another(stage: Play) -> None:
    """Blocked here, sent there, in the same step; what followed here follows still."""
    link(stage.house.outbox, BUDI, CHAT)
    stage.phones.faults[BUDI] = iter([Blocked()])
    await told(stage)
    await settled(stage)
    assert stage.phones.got[BUDI] == []
    assert stage.phones.got[CHAT] == [Reply("Kabar")]
    await hear(stage, await newest(stage, CHAT))
    assert await followed(stage, REACHED) == 1
    await told(stage)
    assert len(stage.phones.got[BUDI]) == 1


async def test_addresses_that_all_refuse_end_it(stage: Play) -> None:
    """No reply goes round and round; one that says to try the same address again does not."""
    link(stage.house.outbox, BUDI, CHAT)
    for to in (BUDI, CHAT):
        stage.phones.faults[to] = iter([Blocked()])
    await told(stage)
    await settled(stage)
    assert await stage.house.store.replies_parked() == 1
    stage.house.outbox._elsewhere = _same
    await hear(stage, await told(stage), Arrived.FAILED, error=Blocked())
    assert await stage.house.store.replies_parked() == 2


async def _same(stranded: Stranded) -> Address | None:
    return stranded.failed[-1]


async def test_without_a_database_nothing_is_given_up(
    stage: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where to go on cannot be asked: the reply stays where it is, and is tried again."""

    async def away(_: Stranded) -> Address | None:
        raise StoreUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(stage.house.outbox, "_elsewhere", away)
        stage.phones.faults[BUDI] = iter([Blocked()])
        await told(stage)
    assert await stage.house.store.replies_parked() == 0
    await swept(stage, minutes=2)
    assert stage.phones.got[BUDI] == [Reply("Kabar")]


async def test_what_was_charged_and_told_is_measured(stage: Play) -> None:
    """Units by channel and tariff, receipts by what they say; a channel that vouches is free."""
    item = await told(stage)
    await hear(stage, item)
    stage.phones.vouches = True
    await told(stage, to=CHAT)
    measures = Report(stage.house, Loops(asyncio.Event())).measures()
    assert measures['charges_total{channel="sms",tariff=""}'] == PARTS
    assert measures['receipts_total{state="delivered"}'] == PARTS
    assert not [name for name in measures if "telegram" in name]
    today = stage.clock.now().date()
    (toll,) = await stage.house.store.tolls_between(today, today)
    assert (toll.channel, toll.units) == ("sms", PARTS)
