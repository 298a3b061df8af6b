"""What was sent and not vouched for: found by what receipts call it, until it is settled."""

from datetime import timedelta

import sqlalchemy as sa

from conversations.messages import Reply
from storage.database.sealing import Sealer
from storage.database.statements import Statement
from storage.database.writes import Loss
from storage.replies.enclosed import Past
from storage.replies.outbox import OutboxItem
from storage.replies.sent import DELIVERED, FAILED, READ, RISING, TAKEN, Fare, SentReply
from storage.store import Store
from storage.tables.sent import sent_messages, sent_parts
from storage.unit import Outcome
from tests.storage.conftest import Open
from tests.storage.samples import BUDI, NOW, open_ticket, opened, said

SMS = BUDI.channel
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)
COUNT = Statement(
    lambda _: sa.select(
        sa.select(sa.func.count()).select_from(sent_messages).scalar_subquery(),
        sa.select(sa.func.count()).select_from(sent_parts).scalar_subquery(),
    ),
    alone=True,
)


def fare(*references: str, units: int = 1, tariff: str = "") -> Fare:
    """Return how a channel took a reply whose parts are called *references*."""
    return Fare(references=references, units=units, tariff=tariff, at=NOW)


async def taken(store: Store, *references: str, about: str = "") -> OutboxItem:
    """Have a reply to Budi sent, whose parts are called *references*."""
    unit = store.unit()
    item = unit.send(BUDI, Reply("hai"), NOW, about)
    assert await store.commit(unit) is Outcome.KEPT
    store.mark_taken(item, fare(*references))
    assert await store.commit(store.unit()) is Outcome.KEPT
    return item


async def found(store: Store, reference: str) -> SentReply:
    """Return what *reference* names."""
    sent = await store.sent_reply(SMS, reference)
    assert sent
    return sent


async def test_a_part_is_found_by_its_reference(store: Store) -> None:
    """Each part names the whole reply; another channel's reference, or no one's, names nothing."""
    item = await taken(store, "a", "b", about="482109379:2")
    sent = await found(store, "b")
    assert (sent.id, sent.part, sent.parts) == (item.id, 1, TAKEN * 2)
    assert (sent.about, sent.at) == ("482109379:2", NOW)
    assert sent.enclosed
    assert (sent.enclosed.address, sent.enclosed.reply) == (BUDI, Reply("hai"))
    assert await store.sent_reply("telegram", "a") is None
    assert await store.sent_reply(SMS, "c") is None


async def test_what_has_no_reference_is_not_kept(store: Store) -> None:
    """A gateway without receipts leaves nothing to wait for; references count once."""
    await taken(store)
    await taken(store, "")
    assert await store._fetch(COUNT) == [(0, 0)]
    await taken(store, "a", "", "a")
    assert (await found(store, "a")).parts == TAKEN


async def test_a_reference_given_anew_names_the_newest(store: Store) -> None:
    """Gateways that count to 255 and begin again do not stop us, in one commit or in two."""
    await taken(store, "7")
    items = await said(store, "a", "b", citizen=BUDI)
    for item in items:
        store.mark_taken(item, fare("7"))
    assert await store.commit(store.unit()) is Outcome.KEPT
    assert (await found(store, "7")).id == items[-1].id


def test_a_part_only_rises() -> None:
    """Whatever the order of receipts: delivered beats failed, and nothing is taken back."""
    for before in RISING:
        for after in RISING:
            sent = SentReply(id=1, part=1, parts=f"t{before}t", about="", at=NOW, enclosed=None)
            assert sent.risen(after) == f"t{max(before, after, key=RISING.index)}t"
    assert TAKEN + FAILED + DELIVERED + READ == RISING


async def test_one_receipt_at_a_time(open_store: Open) -> None:
    """Of two that read the same state one is kept; the other must look again."""
    one, two = await open_store("one"), await open_store("two")
    await taken(one, "a", "b")
    first, second = await found(one, "a"), await found(two, "b")
    unit, rival = one.unit(), two.unit()
    unit.advance(first, first.risen(DELIVERED))
    rival.settle(second, second.risen(DELIVERED))
    assert await one.commit(unit) is Outcome.KEPT
    assert await two.commit(rival) is Outcome.LOST
    assert rival.lost is Loss.RECEIPT
    again = await found(two, "b")
    unit = two.unit()
    unit.settle(again, again.risen(DELIVERED))
    assert await two.commit(unit) is Outcome.KEPT
    assert (await found(one, "a")).parts == DELIVERED * 2


async def test_what_is_settled_says_nothing_any_more(store: Store) -> None:
    """Its words go at once; how far it came stays, and it is settled only once."""
    await taken(store, "a")
    sent = await found(store, "a")
    for outcome in (Outcome.KEPT, Outcome.LOST):
        unit = store.unit()
        unit.settle(sent, sent.parts)
        assert await store.commit(unit) is outcome
    settled = await found(store, "a")
    assert settled.enclosed is None
    unit = store.unit()
    unit.advance(settled, settled.risen(READ))
    assert await store.commit(unit) is Outcome.KEPT


async def test_a_mark_written_twice_counts_once(store: Store) -> None:
    """After a commit of which nobody heard the marks are written again."""
    (item,) = await said(store, "a", citizen=BUDI)
    for _ in range(2):
        store.mark_taken(item, fare("a", units=3, tariff="sms"))
        assert await store.commit(store.unit()) is Outcome.KEPT
    assert await store._fetch(COUNT) == [(1, 1)]
    assert [toll.units for toll in await store.tolls_between(NOW.date(), NOW.date())] == [3]


async def test_after_a_week_it_is_forgotten(store: Store) -> None:
    """No gateway tries for longer; a reference given anew is not forgotten with the old one."""
    await taken(store, "a", "b")
    later = NOW + WEEK
    (item,) = await said(store, "neu", citizen=BUDI)
    store.mark_taken(item, Fare(references=("b",), units=1, tariff="", at=later))
    await store.commit(store.unit())
    await store.tidy(later - MINUTE)
    assert await store._fetch(COUNT) == [(2, 3)]
    await store.tidy(later + MINUTE)
    assert await store._fetch(COUNT) == [(1, 1)]
    assert (await found(store, "b")).id == item.id


async def test_who_is_erased_is_not_written_to_again(store: Store) -> None:
    """Erasing a conversation or a ticket takes the words out of what was sent of them."""
    await taken(store, "a")
    await taken(store, "b", about="482109379:2")
    await taken(store, "c", about="482109386:2")
    ticket, entries = opened()
    assert await store.commit(open_ticket(store, ticket, entries)) is Outcome.KEPT
    unit = store.unit()
    unit.erase_ticket(ticket)
    assert await store.commit(unit) is Outcome.KEPT
    left = [(await found(store, name)).enclosed is not None for name in "abc"]
    assert left == [True, False, True]
    unit = store.unit()
    unit.erase_talk(BUDI)
    assert await store.commit(unit) is Outcome.KEPT
    assert (await found(store, "a")).enclosed is None
    assert (await found(store, "c")).enclosed is None


async def test_words_sealed_by_a_lost_key_are_no_words(open_store: Open) -> None:
    """A receipt is noted all the same; only sending anew is impossible."""
    key = Sealer.new_key()
    one = await open_store("one", Sealer.read(key))
    await taken(one, "a")
    broken = Statement(
        lambda given: sa.update(sent_messages).values(sealed=given["sealed"]),
        sent_messages.c.sealed,
        alone=True,
    )
    await one._write(broken, [(b"\x01nonsense",)])
    assert (await found(one, "a")).enclosed is None


async def test_a_past_goes_along(open_store: Open) -> None:
    """What was tried before is known after a crash, after a pause, and by receipts."""
    one = await open_store("one")
    past = Past(2, (BUDI,))
    unit = one.unit()
    unit.send(BUDI, Reply("a"), NOW, past=past)
    assert await one.commit(unit) is Outcome.KEPT
    again = await open_store("one")
    (item,) = await again.claim(NOW, 10)
    assert item.past == past
    again.mark_taken(item, fare("a"))
    await again.commit(again.unit())
    sent = await found(again, "a")
    assert sent.enclosed
    unit = again.unit()
    unit.keep_back(sent.enclosed, NOW, NOW + MINUTE, "about")
    assert await again.commit(unit) is Outcome.KEPT
    assert await again.claim(NOW, 10) == []
    (item,) = await again.claim(NOW + MINUTE, 10)
    assert (item.past, item.about, item.reply) == (past, "about", Reply("a"))
    assert "0000002" not in repr(item) + repr(sent.enclosed) + repr(sent)


async def test_what_did_not_arrive_is_set_aside(store: Store) -> None:
    """A reply that its channel took and gave up lies with the others that people look after."""
    await taken(store, "a", about="482109379")
    sent = await found(store, "a")
    assert sent.enclosed
    unit = store.unit()
    unit.set_aside(sent.enclosed, NOW, sent.about, "Blocked")
    assert await store.commit(unit) is Outcome.KEPT
    assert await store.replies_parked() == 1
    assert await store.unpark(NOW) == 1
    (item,) = await store.claim(NOW, 10)
    assert (item.reply, item.about, item.address) == (Reply("hai"), "482109379", BUDI)


async def test_a_reply_goes_elsewhere_in_one_step(store: Store) -> None:
    """Taken out of one line and put into another, with all that must be known of it."""
    (item,) = await said(store, "a", citizen=BUDI)
    other = (await said(store, "b"))[0].address
    (moved,) = await store.redirect(item, other, NOW)
    assert (moved.reply, moved.address, moved.past) == (item.reply, other, Past(0, (BUDI,)))
    (free,) = await said(store, "c", citizen=BUDI)
    assert not free.behind
