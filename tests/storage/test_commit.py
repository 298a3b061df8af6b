"""One commit a turn: all of it or nothing, once, and many of them together."""

import asyncio

import pytest

from conversations.messages import Address, Channel, Reply
from storage import batch, timers
from storage.audit import notes as audit
from storage.cases.tickets import Contact
from storage.database.errors import StatementRefusedError
from storage.database.link import Job
from storage.database.writes import Loss
from storage.replies import outbox
from storage.replies.deliveries import Delivery, DeliveryState
from storage.replies.enclosed import Enclosed
from storage.replies.outbox import OutboxItem
from storage.replies.sent import Fare, SentReply
from storage.shelf.files import KeptFile
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Outcome, Unit
from tests.storage.asking import accounts, arriving, board
from tests.storage.conftest import Open
from tests.storage.samples import BUDI, NIK, NOW, SITI, WEEK, opened, routed, turn


def citizen(number: int) -> Address:
    """Return one of many citizens."""
    return Address(Channel.TELEGRAM, str(8_000_000 + number))


async def test_a_turn_is_kept(store: Store) -> None:
    """The session that was committed is the one that is read."""
    assert await store.session(SITI) is None
    assert await store.commit(turn(store)) is Outcome.KEPT
    assert await store.session(SITI) == (1, b"session 1")
    assert await store.commit(turn(store, version=1)) is Outcome.KEPT
    assert await store.session(SITI) == (2, b"session 2")


async def test_an_empty_unit_is_kept(store: Store) -> None:
    """A turn that changes nothing costs nothing and succeeds."""
    assert await store.commit(store.unit()) is Outcome.KEPT


async def test_a_message_counts_once(store: Store) -> None:
    """What is delivered again does nothing, also on top of the newer session."""
    await store.commit(turn(store, message="m1"))
    again = turn(store, version=1, message="m1")
    assert await store.commit(again) is Outcome.DUPLICATE
    assert again.lost is Loss.MESSAGE
    assert await store.session(SITI) == (1, b"session 1")


async def test_message_ids_belong_to_their_channel(store: Store) -> None:
    """Two channels may give the same id to different messages."""
    for channel in ("telegram", "sms"):
        unit = store.unit()
        unit.first_time(channel, "1", NOW)
        assert await store.commit(unit) is Outcome.KEPT


@pytest.mark.parametrize("version", [0, 2, 7])
async def test_an_old_version_is_refused(store: Store, version: int) -> None:
    """A turn taken from another session than the stored one changes nothing."""
    await store.commit(turn(store))
    late = turn(store, version=version)
    assert await store.commit(late) is Outcome.LOST
    assert late.lost is Loss.SESSION
    assert await store.session(SITI) == (1, b"session 1")
    retaken = turn(store, version=1, message="later")
    assert await store.commit(retaken) is Outcome.KEPT


async def test_a_lost_turn_may_be_taken_again(store: Store) -> None:
    """What a lost race wrote before it was lost is gone: its message still counts as new."""
    await store.commit(turn(store))
    assert await store.commit(turn(store, version=5, message="m2")) is Outcome.LOST
    assert await store.commit(turn(store, version=1, message="m2")) is Outcome.KEPT


async def test_one_of_many_at_once_wins(store: Store) -> None:
    """Of twenty turns from one version, in one instant, exactly one is kept."""
    outcomes = await asyncio.gather(*(store.commit(turn(store)) for _ in range(20)))
    assert outcomes.count(Outcome.KEPT) == 1
    assert outcomes.count(Outcome.LOST) == 19
    assert await store.session(SITI) == (1, b"session 1")


async def test_the_same_message_twenty_times_at_once(store: Store) -> None:
    """Of twenty deliveries in one instant, one does something."""
    outcomes = await asyncio.gather(*(store.commit(turn(store, message="m1")) for _ in range(20)))
    assert outcomes.count(Outcome.KEPT) == 1
    assert outcomes.count(Outcome.DUPLICATE) == 19


async def test_a_hundred_citizens_at_once(store: Store) -> None:
    """Turns of different people share transactions and do not disturb each other."""
    units = [turn(store, citizen(n)) for n in range(100)]
    assert set(await asyncio.gather(*map(store.commit, units))) == {Outcome.KEPT}
    for n in range(100):
        assert await store.session(citizen(n)) == (1, b"session 1")


async def test_losers_leave_their_neighbours_alone(store: Store) -> None:
    """In one batch: duplicates and lost races fail alone, and the others are kept whole."""
    await store.commit(turn(store, citizen(0), message="seen"))
    good = [turn(store, citizen(n)) for n in range(1, 30)]
    twice = turn(store, citizen(50), message="seen")
    late = [turn(store, citizen(n), version=4) for n in range(60, 65)]
    outcomes = await asyncio.gather(*map(store.commit, [*late, *good, twice]))
    assert outcomes == [Outcome.LOST] * 5 + [Outcome.KEPT] * 29 + [Outcome.DUPLICATE]
    assert await store.session(citizen(50)) is None
    assert await store.session(citizen(29)) == (1, b"session 1")


async def test_an_impossible_row_fails_alone(store: Store) -> None:
    """A unit that the database refuses takes nobody with it, and leaves nothing behind."""
    good = [turn(store, citizen(n)) for n in range(10)]
    bad = turn(store, citizen(10))
    bad.set_timer("key", "kind", NOW, b"body")
    bad.rows[timers.SET] = [(None, "kind", 2**70, 0, b"")]
    waits = [asyncio.ensure_future(store.commit(unit)) for unit in (*good, bad)]
    done = await asyncio.gather(*waits, return_exceptions=True)
    assert done[:10] == [Outcome.KEPT] * 10
    assert isinstance(done[10], StatementRefusedError)
    assert await store.session(citizen(10)) is None
    assert await store.session(citizen(9)) == (1, b"session 1")


async def test_two_processes_race_for_one_session(open_store: Open) -> None:
    """Between processes the version alone decides."""
    one, two = await open_store("one"), await open_store("two")
    for version in range(5):
        outcomes = await asyncio.gather(
            one.commit(turn(one, version=version)), two.commit(turn(two, version=version))
        )
        assert sorted(o.value for o in outcomes) == ["kept", "lost"]


async def test_two_processes_cross_their_batches(open_store: Open) -> None:
    """Batches that meet in different order neither block each other for good nor lose anything."""
    one, two = await open_store("one"), await open_store("two")
    people = [citizen(n) for n in range(40)]
    for version in range(4):
        forth = [one.commit(turn(one, who, version)) for who in people]
        back = [two.commit(turn(two, who, version)) for who in reversed(people)]
        outcomes = await asyncio.gather(*forth, *back)
        assert outcomes.count(Outcome.KEPT) == 40


async def test_what_waits_shares_one_transaction(store: Store) -> None:
    """While one transaction is under way, all that comes meanwhile waits for the next one only."""
    begun: list[int] = []
    engine = store._engine
    write = engine.write_now

    async def counted(job: Job[None]) -> None:
        begun.append(1)
        await write(job)

    engine.write_now = counted
    await asyncio.gather(*(store.commit(turn(store, citizen(n))) for n in range(200)))
    assert len(begun) <= engine.lanes


async def test_a_caller_who_leaves_takes_nobody_along(store: Store) -> None:
    """A turn that is cancelled while it is committed is kept or not; the others are kept."""
    leaving = asyncio.ensure_future(store.commit(turn(store, citizen(1))))
    staying = asyncio.ensure_future(store.commit(turn(store, citizen(2))))
    await asyncio.sleep(0)
    leaving.cancel()
    assert await staying is Outcome.KEPT
    with pytest.raises(asyncio.CancelledError):
        await leaving
    claimed = await store.claim(NOW, 10)
    assert [item.address for item in claimed] in ([], [citizen(1)])
    assert bool(claimed) == (await store.session(citizen(1)) is not None)


def everything(unit: Unit) -> Unit:
    """Ask of *unit* all that can be asked."""
    ticket, entries = opened()
    then, more = routed(ticket, entries)
    unit.first_time("sms", "1", NOW)
    unit.keep_session(SITI, 1, b"", NOW + WEEK)
    unit.send(SITI, Reply("hai"), NOW)
    unit.drop_later("482109379:")
    unit.send_later(SITI, Reply("pagi"), NOW, NOW + WEEK, "482109379:2")
    unit.count_proof(SITI, NIK, NOW)
    unit.open_ticket(ticket, Contact(SITI, "id"), NIK, {1: b"words"}, entries)
    unit.change_ticket(then, 1, more, {})
    unit.same_ticket(ticket)
    unit.follow(ticket.code, Contact(SITI, "id"), NOW)
    unit.tell_agency("dinsos", ticket.code, 1, b"letter", NOW)
    unit.consent(SITI, "1", "id", "m", NOW)
    unit.set_timer("t", "kind", NOW, b"body")
    unit.drop_timer("t")
    unit.finish_timer(DueTimer(key="t", kind="k", due_at=NOW, body=b"", attempts=1))
    unit.mark_sent(1)
    unit.park(1, "why")
    unit.defer(1, SITI, NOW, 1, "why")
    unit.stop(SITI, NOW)
    unit.keep_note("calendar", "1")
    unit.note("desk", "page", NOW, code=ticket.code)
    return unit


def carried(unit: Unit) -> Unit:
    """Ask of *unit* what files and letters need."""
    delivery = Delivery(
        letter=1,
        turn=0,
        agency="a",
        code="1",
        leg=1,
        way="email",
        state=DeliveryState.SENT,
        at=NOW,
    )
    file = KeptFile(
        id="f", code="1", seq=1, place=1, kind="image/png", size=1, digest="d", vault=False, at=NOW
    )
    unit.keep_delivery(delivery)
    unit.keep_file(file)
    unit.prove_with(file, ["d"])
    unit.remember(file, ["d"])
    unit.count_wrong("1", NOW)
    unit.join_party("1", "subject", Contact(SITI, "id"), NOW)
    unit.leave_party("1", "subject")
    unit.move_contact("1", Contact(SITI, "id"))
    unit.remember_look(file, ["stripe"])
    return unit


def receipts(unit: Unit) -> Unit:
    """Ask of *unit* what receipts need."""
    enclosed, parts = Enclosed(SITI, Reply("hai")), "t"
    sent = SentReply(id=1, part=0, parts=parts, about="", at=NOW, enclosed=enclosed)
    item = OutboxItem(id=1, address=SITI, reply=Reply("hai"))
    fare = Fare(references=("a",), units=1, tariff="", at=NOW)
    unit.keep_sent(item, fare)
    unit.count_toll(item, fare)
    unit.count_toll(OutboxItem(id=2, address=BUDI, reply=item.reply), fare)
    unit.count_spent(BUDI, 1, NOW)
    unit.advance(sent, parts)
    unit.settle(sent, parts)
    unit.set_aside(enclosed, NOW, "", "why")
    return unit


def erasures(unit: Unit) -> Unit:
    """Ask of *unit* all that can be erased."""
    unit.erase_ticket(opened()[0])
    unit.erase_talk(SITI)
    unit.erase_parts(SITI)
    unit.erase_consents(SITI)
    unit.withdraw_consent(SITI, NOW)
    unit.erase_details("one", 1)
    unit.erase_parked(1)
    unit.erase_registered(b"nik", 1)
    return unit


def links(unit: Unit) -> Unit:
    """Ask *unit* to link addresses, with what comes before."""
    unit.offer_link("48291377", SITI, NOW)
    unit.close_offer("48291377")
    unit.link("p", [SITI], NOW, kin=[citizen(1)])
    return unit


async def test_nothing_asked_of_a_unit_is_forgotten(store: Store) -> None:
    """Every statement a unit can hold stands in the order of the commit."""
    asked = {
        statement
        for ask in (everything, carried, receipts, links, erasures, accounts, board, arriving)
        for statement in ask(store.unit()).rows
    }
    starting = store.unit()
    starting.keep_session(SITI, 0, b"", NOW)
    starting.start(SITI)
    known = set(batch.GUARDS) | set(batch.WRITES) | {outbox.SEND, audit.NOTE}
    assert asked | set(starting.rows) == known


async def test_a_unit_keeps_one_session(store: Store) -> None:
    """A turn belongs to one conversation; a second one is a bug and says so."""
    unit = turn(store)
    with pytest.raises(ValueError, match="once"):
        unit.keep_session(SITI, 0, b"", NOW)
