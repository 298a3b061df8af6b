"""What answers to one address cost is counted by the day, whoever answers."""

import asyncio
from datetime import datetime, timedelta

from conversations.messages import Address
from storage.store import Store
from tests.storage.conftest import Open
from tests.storage.samples import BUDI, NOW, SITI


async def spend(store: Store, units: int, citizen: Address = BUDI, at: datetime = NOW) -> None:
    """Have an answer to *citizen* cost *units*."""
    unit = store.unit()
    unit.count_spent(citizen, units, at)
    await store.commit(unit)


async def test_answers_add_up_whoever_gives_them(open_store: Open) -> None:
    """All processes count into one sum; another person, and another day, are apart."""
    one, two = await open_store("one"), await open_store("two")
    await asyncio.gather(*(spend(store, n) for store in (one, two) for n in (1, 2, 3)))
    await spend(one, 7, SITI)
    await spend(one, 1, at=NOW + timedelta(days=1))
    assert await two.spent(BUDI, NOW) == 12
    assert await two.spent(SITI, NOW) == 7
    assert await two.spent(BUDI, NOW + timedelta(days=1)) == 1
    assert await two.spent(SITI, NOW + timedelta(days=1)) == 0


async def test_the_sum_is_forgotten(store: Store) -> None:
    """Once the day is over everywhere nobody can tell who wrote a lot."""
    await spend(store, 9)
    await store.tidy(NOW + timedelta(days=4))
    assert await store.spent(BUDI, NOW) == 0
