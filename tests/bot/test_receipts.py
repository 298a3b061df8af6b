"""What channels tell of replies that they took: delivered, failed, early, late, twice."""

import asyncio

import pytest

from bot.receipts import AGAIN, EARLY
from bot.report import Report
from bot.running.loops import Loops
from casework.ticket.receipts import REACHED, UNREACHED
from conversations.messages import Address, Channel, Reply
from handlers.arrival import Arrived, Receipt
from handlers.delivery import Blocked, Refused, TryLater
from storage.database.errors import StoreUnavailable
from storage.database.link import Job
from storage.replies.outbox import OutboxItem
from tests.bot.playing import Play
from tests.bot.receiving import APP, BUDI, CHAT, PARTS, followed, hear, held, newest, swept, told


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


@pytest.mark.parametrize(
    ("whom", "to", "counts"),
    [
        (BUDI, (), 1),
        (BUDI, (BUDI.id,), 1),
        (BUDI, ("+6281200000009",), 0),
        (APP, (APP.id, "ID.7"), 1),
        (APP, ("ID.7",), 1),
        (APP, ("6281200000009", "ID.7"), 0),
        (Address(Channel.WHATSAPP, "ID.7"), (APP.id,), 1),
        (Address(Channel.WHATSAPP, "ID.7"), (APP.id, "ID.8"), 0),
    ],
)
async def test_a_receipt_of_somebody_elses_message_changes_nothing(
    stage: Play, whom: Address, to: tuple[str, ...], counts: int
) -> None:
    """A gateway that gives a name twice mixes nobody up: whom it went to must be right."""
    item = await told(stage, to=whom)
    for part in range(PARTS):
        name, now = f"{item.id}.{part}", stage.clock.now()
        heard = Receipt(whom.channel, name, Arrived.DELIVERED, now, to=to)
        assert await stage.house.receipts.take(heard) == 200
    assert await followed(stage, REACHED) == counts


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
