"""What is kept back for later: it holds nobody up, comes when due, and can lose its point."""

from datetime import timedelta

from conversations.messages import Reply
from storage.store import Store
from storage.timers import NewTimer
from storage.unit import Outcome
from tests.storage.conftest import Open
from tests.storage.samples import NOW, SITI, open_ticket, opened, routed, said

MORNING = NOW + timedelta(hours=9)


async def kept_back(store: Store, text: str, about: str) -> None:
    """Commit *text* as a notice *about* something, for the morning."""
    unit = store.unit()
    unit.send_later(SITI, Reply(text), NOW, MORNING, about)
    assert await store.commit(unit) is Outcome.KEPT


async def test_a_later_reply_overtakes(open_store: Open) -> None:
    """Who writes at night is answered at once, whatever waits for the morning."""
    one, two = await open_store("one"), await open_store("two")
    await kept_back(one, "pagi", "482109379")
    (first,) = await said(one, "malam ini")
    assert not first.behind
    one.mark_sent(first.id)
    assert await one.commit(one.unit()) is Outcome.KEPT
    (second,) = await said(two, "malam juga")
    assert not second.behind
    assert await two.claim(MORNING - timedelta(minutes=1), 10) == []


async def test_it_comes_in_the_morning(store: Store) -> None:
    """When it is due it is sent as any other, once, and says what it is about."""
    await kept_back(store, "pagi", "482109379:2")
    (item,) = await store.claim(MORNING, 10)
    assert (item.reply.text, item.about, item.address) == ("pagi", "482109379:2", SITI)
    assert await store.claim(MORNING, 10) == []


async def test_it_can_lose_its_point(store: Store) -> None:
    """What was asked about one ticket is forgotten when its citizen acted; nothing else is."""
    for text, about in (("a", "482109379:2"), ("b", "482109379"), ("c", "482109376:1")):
        await kept_back(store, text, about)
    unit = store.unit()
    unit.drop_later("482109379:")
    unit.send_later(SITI, Reply("d"), NOW, MORNING, "482109379:4")
    assert await store.commit(unit) is Outcome.KEPT
    assert [item.reply.text for item in await store.claim(MORNING, 10)] == ["b", "c", "d"]


async def test_a_mark_sets_a_timer(store: Store) -> None:
    """That a reply arrived, or never will, is known to who waits for it."""
    first, second = await said(store, "a", "b")
    store.mark_sent(first.id, NewTimer(key="r:1", kind="reached", due_at=NOW, body=b"1"))
    store.park(second.id, "Blocked", NewTimer(key="u:2", kind="gone", due_at=NOW, body=b"2"))
    assert await store.commit(store.unit()) is Outcome.KEPT
    assert [due.body for due in await store.claim_timers("reached", NOW, 9)] == [b"1"]
    assert [due.body for due in await store.claim_timers("gone", NOW, 9)] == [b"2"]
    assert await store.replies_parked() == 1


async def test_the_same_ticket(store: Store) -> None:
    """A unit that rests on a ticket is lost when something happened to it meanwhile."""
    ticket, entries = opened()
    await store.commit(open_ticket(store, ticket, entries))
    for expected in (Outcome.KEPT, Outcome.LOST):
        unit = store.unit()
        unit.same_ticket(ticket)
        assert await store.commit(unit) is expected
        changed, more = routed(ticket, entries)
        unit = store.unit()
        unit.change_ticket(changed, ticket.events, more, {})
        await store.commit(unit)


async def test_who_is_watched(store: Store) -> None:
    """Open tickets are, page by page, and closed ones for a while."""
    for code in ("100000001", "100000002", "100000003"):
        ticket, entries = opened(code)
        await store.commit(open_ticket(store, ticket, entries))
    first = await store.codes_to_watch("", NOW, 2)
    assert first == ["100000001", "100000002"]
    assert await store.codes_to_watch(first[-1], NOW, 2) == ["100000003"]


async def test_what_is_remembered(store: Store) -> None:
    """The newest value of a key counts."""
    assert await store.kept_note("calendar") is None
    for value in ("2026", "2027"):
        unit = store.unit()
        unit.keep_note("calendar", value)
        assert await store.commit(unit) is Outcome.KEPT
    assert await store.kept_note("calendar") == "2027"
