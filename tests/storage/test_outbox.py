"""Replies: in order per citizen, sent by one process, taken over from a dead one."""

from datetime import timedelta

import msgspec
import sqlalchemy as sa

from conversations.messages import Address, Channel, Reply
from storage.database.sealing import Sealer
from storage.database.statements import Statement
from storage.replies.outbox import OutboxItem
from storage.replies.workers import LEASE
from storage.store import Store
from storage.tables.replies import outbox
from storage.unit import Outcome
from tests.storage.conftest import Open
from tests.storage.samples import BUDI, NOW, SITI, said, steady

LATER = timedelta(minutes=5)
SECOND = timedelta(seconds=1)


def texts(items: list[OutboxItem]) -> list[str]:
    """Return what *items* say."""
    return [item.reply.text for item in items]


async def settled(store: Store) -> None:
    """Return when the marks made so far are written."""
    assert await store.commit(store.unit()) is Outcome.KEPT


async def test_a_process_sends_its_own_replies(store: Store) -> None:
    """What was just committed is in the hands of who committed it; nobody claims it."""
    (item,) = await said(store, "one")
    assert not item.behind
    assert await store.claim(NOW, 10) == []


async def test_ids_rise_with_every_reply(store: Store) -> None:
    """Ids tell the order, also where the clock stands still or goes back."""
    unit = store.unit()
    items = [unit.send(SITI, Reply("hai"), NOW - SECOND * n) for n in range(3000)]
    ids = [item.id for item in items]
    assert ids == sorted(set(ids))


async def test_a_new_life_takes_its_replies_back(open_store: Open) -> None:
    """After a crash, a process of the same name sends what was left, the oldest first."""
    before = await open_store("one")
    await said(before, "a", "b")
    await said(before, "c", citizen=BUDI)
    after = await open_store("one")
    claimed = await after.claim(NOW, 10)
    assert texts(claimed) == ["a", "b", "c"]
    assert [item.address for item in claimed] == [SITI, SITI, BUDI]
    assert await after.claim(NOW, 10) == []


async def test_a_claim_spares_what_this_life_committed(open_store: Open) -> None:
    """Replies committed before the first claim are in hand already."""
    before = await open_store("one")
    await said(before, "old", citizen=BUDI)
    after = await open_store("one")
    await said(after, "new")
    assert texts(await after.claim(NOW, 10)) == ["old"]


async def test_what_was_sent_is_gone(open_store: Open) -> None:
    """A reply marked as sent is never claimed again."""
    one = await open_store("one")
    first, second = await said(one, "a", "b")
    one.mark_sent(first.id)
    await settled(one)
    again = await open_store("one")
    assert [item.id for item in await again.claim(NOW, 10)] == [second.id]


async def test_marks_need_nobody_to_wait(open_store: Open) -> None:
    """A mark is written at once, without any other commit, and at the latest on closing."""
    one = await open_store("one")
    items = await said(one, "a", "b", "c")
    for item in items:
        one.mark_sent(item.id)
    await one._group.drain()
    assert await (await open_store("one")).claim(NOW, 10) == []


async def test_the_living_keep_their_replies(open_store: Open) -> None:
    """Another process touches nothing as long as the owner was seen."""
    one, two = await open_store("one"), await open_store("two")
    await said(one, "a")
    assert await two.claim(NOW + LEASE - SECOND, 10) == []


async def test_the_replies_of_the_dead_are_taken_over(open_store: Open) -> None:
    """When the owner's lease ran out, another process sends what it left, in order."""
    one, two = await open_store("one"), await open_store("two")
    await said(one, "a", "b")
    now = NOW + LEASE + SECOND
    await steady(two, now)
    assert texts(await two.claim(now, 10)) == ["a", "b"]
    assert not await one.beat(now), "one was taken for dead and must know"
    assert await one.beat(now)


async def test_only_one_takes_over(open_store: Open) -> None:
    """Two processes that find the same dead one share nothing twice."""
    one, two, three = [await open_store(name) for name in ("one", "two", "three")]
    await said(one, *"abcdef")
    now = NOW + LEASE + SECOND
    for store in (two, three):
        await steady(store, now)
    assert texts(await two.claim(now, 2) + await three.claim(now, 10)) == ["a", "b"]


async def test_a_claim_has_its_limit(open_store: Open) -> None:
    """A claim takes the oldest rows first, and never more than asked."""
    one, two = await open_store("one"), await open_store("two")
    for n in range(5):
        await said(one, str(n), citizen=Address(Channel.SMS, str(n)))
    now = NOW + LEASE + SECOND
    await steady(two, now)
    assert texts(await two.claim(now, 3)) == ["0", "1", "2"]
    assert texts(await two.claim(now, 3)) == ["3", "4"]


async def test_a_reply_waits_until_it_is_due(store: Store) -> None:
    """After a failure, a reply is claimed when its pause is over, with its count of attempts."""
    (item,) = await said(store, "a")
    store.mark_retry(item.id, NOW + LATER, 3, "RecipientBusy")
    await settled(store)
    assert await store.claim(NOW, 10) == []
    (again,) = await store.claim(NOW + LATER, 10)
    assert (again.id, again.attempts) == (item.id, 3)


async def test_followers_wait_with_the_reply_before_them(store: Store) -> None:
    """What came after a failed reply is let go with it, and comes back after it."""
    first, _ = await said(store, "a", "b")
    store.mark_retry(first.id, NOW + LATER, 1, "Timeout")
    await settled(store)
    assert await store.claim(NOW, 10) == []
    assert texts(await store.claim(NOW + LATER, 10)) == ["a", "b"]


async def test_a_new_reply_does_not_overtake_a_failed_one(store: Store) -> None:
    """A reply committed while an older one waits is behind it, and is claimed after it."""
    (first,) = await said(store, "a")
    store.mark_retry(first.id, NOW + LATER, 1, "Timeout")
    second, third = await said(store, "b", "c")
    assert second.behind
    assert third.behind
    (other,) = await said(store, "for another", citizen=BUDI)
    assert not other.behind
    assert texts(await store.claim(NOW + LATER, 10)) == ["a", "b", "c"]


async def test_a_new_reply_does_not_overtake_another_process(open_store: Open) -> None:
    """While one process holds an older reply, another's newer one waits, then follows."""
    one, two = await open_store("one"), await open_store("two")
    (first,) = await said(one, "a")
    (second,) = await said(two, "b")
    assert second.behind
    assert await two.claim(NOW, 10) == []
    one.mark_sent(first.id)
    await settled(one)
    assert texts(await two.claim(NOW, 10)) == ["b"]


async def test_a_parked_reply_holds_nobody_up(store: Store) -> None:
    """What is hopeless is set aside; the citizen's next reply goes."""
    (first,) = await said(store, "a")
    store.park(first.id, "Blocked")
    (second,) = await said(store, "b")
    assert not second.behind
    assert await store.claim(NOW + LATER, 10) == []


async def test_a_reply_sealed_by_a_lost_key_is_parked(open_store: Open) -> None:
    """One row that cannot be opened does not keep the others from being sent."""
    stranger = await open_store("one", Sealer.read(Sealer.new_key()))
    await said(stranger, "unreadable", citizen=BUDI)
    mine = await open_store("one")
    assert await mine.claim(NOW, 10) == []
    await said(mine, "readable")
    again = await open_store("one")
    assert texts(await again.claim(NOW, 10)) == ["readable"]


async def test_a_reply_in_an_older_shape_is_parked(store: Store) -> None:
    """A row that another version wrote, and this one cannot read, stops nobody."""
    (old, _) = await said(store, "a", "b")
    (other,) = await said(store, "c", citizen=BUDI)
    for item in (old, other):
        store.mark_retry(item.id, NOW + LATER, 1, "Timeout")
    await settled(store)
    sealed = store._sealer.seal(msgspec.msgpack.encode(["telegram", 7]), "outbox")
    renew = Statement(
        lambda given: (
            sa.update(outbox).values(sealed=given["sealed"]).where(outbox.c.id == given["id"])
        ),
        outbox.c.sealed,
        outbox.c.id,
    )
    await store._write(renew, [(sealed, old.id)])
    assert texts(await store.claim(NOW + LATER, 10)) == ["b", "c"]
    await settled(store)
    assert await store.replies_parked() == 1


async def test_parked_replies_are_tried_anew_when_people_say_so(store: Store) -> None:
    """They are counted, and set waiting again: due now, nobody's, and with all their attempts."""
    first, second = await said(store, "a", "b")
    store.mark_retry(first.id, NOW, 29, "Timeout")
    for item in (first, second):
        store.park(item.id, "Blocked")
    await settled(store)
    assert await store.replies_parked() == 2
    assert await store.unpark(NOW + LATER) == 2
    assert await store.replies_parked() == await store.unpark(NOW + LATER) == 0
    assert await store.claim(NOW + LATER - SECOND, 10) == []
    again = await store.claim(NOW + LATER, 10)
    assert [(item.reply.text, item.attempts) for item in again] == [("a", 0), ("b", 0)]


async def test_age_of_the_oldest_reply(store: Store) -> None:
    """The operator learns how long the longest overdue reply has waited."""
    assert await store.outbox_age(NOW) == 0
    await said(store, "a")
    assert await store.outbox_age(NOW + LATER) == LATER.total_seconds()


async def test_who_waits_for_a_reply_put_off_is_not_overdue(store: Store) -> None:
    """Of each citizen only the first in line counts, from when it is due."""
    (first, _) = await said(store, "a", "b")
    store.mark_retry(first.id, NOW + LATER, 1, "RecipientBusy")
    await settled(store)
    assert await store.outbox_age(NOW + LATER) == 0
    assert await store.outbox_age(NOW + LATER + SECOND) == 1
    store.park(first.id, "Blocked")
    await settled(store)
    assert await store.outbox_age(NOW + LATER) == LATER.total_seconds()


async def test_a_reply_keeps_all_it_holds(open_store: Open) -> None:
    """A reply comes back as it was: text, choices, what it asks for, what it is about."""
    one = await open_store("one")
    unit = one.unit()
    reply = Reply("Di mana?", ask_place=True, ask_phone=True)
    sent = unit.send(BUDI, reply, NOW, about="482109379")
    await one.commit(unit)
    (item,) = await (await open_store("one")).claim(NOW, 10)
    assert item == sent
    assert "7000001" not in repr(sent)
