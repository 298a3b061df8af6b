"""A commit whose answer was lost: its replies are found again, and none overtakes another."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from conversations.messages import Reply
from storage.database.errors import InDoubtError
from storage.database.link import Job
from storage.store import Store
from storage.unit import Outcome, Unit
from tests.storage.conftest import Open
from tests.storage.samples import BUDI, NOW, SITI, said, steady

LATER = timedelta(minutes=1)


@contextmanager
def answers_lost(store: Store) -> Iterator[None]:
    """Have *store* write, and hear nothing of it."""
    write = store._engine.write

    async def unheard(job: Job[Any]) -> None:
        await write(job)
        raise InDoubtError("no answer to a commit")

    with pytest.MonkeyPatch.context() as patched:
        for way in ("write", "write_now"):
            patched.setattr(store._engine, way, unheard)
        yield


async def waiting(store: Store, *texts: str) -> None:
    """Have *texts* wait for anybody, in a store that has claimed before."""
    await store.claim(NOW, 10)
    first, *_ = await said(store, *texts)
    store.mark_retry(first.id, NOW, 1, "Timeout")
    assert await store.commit(store.unit()) is Outcome.KEPT


async def claimed(store: Store) -> list[str]:
    """Return what *store* can claim now."""
    return [item.reply.text for item in await store.claim(NOW, 10)]


async def test_what_an_unheard_claim_took_is_claimed_again(store: Store) -> None:
    """Rows that are ours in the database, and in nobody's hands, come with the next claim."""
    await waiting(store, "a", "b")
    with answers_lost(store), pytest.raises(InDoubtError):
        await store.claim(NOW, 10)
    assert await claimed(store) == ["a", "b"]
    assert await claimed(store) == []


async def test_what_a_claim_cut_short_took_is_claimed_again(store: Store) -> None:
    """The same holds where the one who claimed did not wait for the answer."""
    await waiting(store, "a")
    claim = asyncio.ensure_future(store.claim(NOW, 10))
    await asyncio.sleep(0)
    claim.cancel()
    await asyncio.gather(claim, return_exceptions=True)
    assert await claimed(store) == ["a"]


async def test_what_is_in_hand_is_not_claimed_again(store: Store) -> None:
    """After an unheard claim, replies being sent stay where they are."""
    await waiting(store, "old")
    await said(store, "in hand", citizen=BUDI)
    with answers_lost(store), pytest.raises(InDoubtError):
        await store.claim(NOW, 10)
    assert await claimed(store) == ["old"]


async def test_nothing_overtakes_an_unheard_reply(store: Store) -> None:
    """While a reply may wait in the database, the next to the same citizen stands behind it."""
    unit = store.unit()
    unit.send(SITI, Reply("a"), NOW)
    with answers_lost(store), pytest.raises(InDoubtError):
        await store.commit(unit)
    (second,) = await said(store, "b")
    (other,) = await said(store, "for another", citizen=BUDI)
    assert (second.behind, other.behind) == (True, False)
    assert await claimed(store) == ["a", "b"]
    (third,) = await said(store, "c")
    assert not third.behind


async def test_nothing_overtakes_an_unheard_claim(store: Store) -> None:
    """The same holds for a reply that was claimed without our knowing."""
    await waiting(store, "a")
    with answers_lost(store), pytest.raises(InDoubtError):
        await store.claim(NOW, 10)
    (second,) = await said(store, "b")
    assert second.behind
    assert await claimed(store) == ["a", "b"]


async def test_what_was_kept_as_its_turn_broke_off_is_claimed(store: Store) -> None:
    """Who is cut off between the commit and the news of it leaves no reply lying with nobody."""
    await claimed(store)
    unit = store.unit()
    unit.send(SITI, Reply("a"), NOW)

    async def turn() -> None:
        await store.commit(unit)

    waiter = asyncio.create_task(turn())
    told = store._group._tell_kept

    def cut_off(units: Sequence[Unit]) -> None:
        told(units)
        waiter.cancel()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(store._group, "_tell_kept", cut_off)
        await asyncio.gather(waiter, return_exceptions=True)
    assert waiter.cancelled()
    (second,) = await said(store, "b")
    assert second.behind
    assert await claimed(store) == ["a", "b"]
    assert await claimed(store) == []


async def test_a_doubtful_reply_that_another_took_over_stays_there(open_store: Open) -> None:
    """Who was taken for dead sets nothing free that another process sends by now."""
    one, two = await open_store("one"), await open_store("two")
    unit = one.unit()
    unit.send(SITI, Reply("a"), NOW)
    with answers_lost(one), pytest.raises(InDoubtError):
        await one.commit(unit)
    await steady(two, NOW + LATER)
    assert [item.reply.text for item in await two.claim(NOW + LATER, 10)] == ["a"]
    assert await one.claim(NOW, 10) == []
    assert await two.claim(NOW + LATER, 10) == []
