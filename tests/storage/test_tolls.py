"""What sending cost is counted, day by day, whoever counts at the same time."""

import asyncio
from datetime import date, datetime, timedelta

from storage.replies.sent import Fare
from storage.replies.tolls import Toll
from storage.store import Store
from tests.storage.conftest import Open
from tests.storage.samples import BUDI, NOW, said

TODAY = NOW.date()


async def charge(store: Store, units: int, tariff: str = "", at: datetime = NOW) -> None:
    """Have a reply to Budi cost *units*."""
    (item,) = await said(store, "hai", citizen=BUDI)
    store.mark_taken(item, Fare(references=(), units=units, tariff=tariff, at=at))


async def counted(store: Store, first: date = TODAY, last: date = TODAY) -> tuple[Toll, ...]:
    """Return what was charged for."""
    await store.commit(store.unit())
    return await store.tolls_between(first, last)


async def test_units_add_up_by_tariff(store: Store) -> None:
    """Segments of texts and messages of a kind are counted apart, several in one commit too."""
    await asyncio.gather(*(charge(store, n) for n in (1, 2, 3)))
    await charge(store, 1, "utility")
    assert await counted(store) == (Toll("sms", "", 6), Toll("sms", "utility", 1))


async def test_processes_count_together(open_store: Open) -> None:
    """Each has its own rows, and their sum is the day's."""
    one, two = await open_store("one"), await open_store("two")
    await asyncio.gather(*(charge(store, 1) for store in (one, two) for _ in range(20)))
    await two.commit(two.unit())
    assert await counted(one) == (Toll("sms", "", 40),)


async def test_days_are_apart(store: Store) -> None:
    """A month is the sum of its days, the first and the last one too."""
    for days in (0, 1, 2):
        await charge(store, 1, at=NOW + timedelta(days=days))
    assert await counted(store) == (Toll("sms", "", 1),)
    assert await counted(store, TODAY, TODAY + timedelta(days=1)) == (Toll("sms", "", 2),)
    assert await counted(store, TODAY + timedelta(days=9), TODAY + timedelta(days=9)) == ()


async def test_the_busiest_hour_is_known(open_store: Open) -> None:
    """Segments of SMS of all processes are counted by the hour, for a week."""
    one, two = await open_store("one"), await open_store("two")
    await charge(one, 3)
    await charge(two, 2)
    await charge(one, 4, at=NOW + timedelta(hours=1))
    for store in (one, two):
        await store.commit(store.unit())
    assert await one.busiest_hour(NOW) == 5
    assert await one.busiest_hour(NOW + timedelta(hours=1)) == 4
    assert await one.busiest_hour(NOW + timedelta(hours=2)) == 0
    await one.tidy(NOW + timedelta(days=6))
    assert await one.busiest_hour(NOW) == 5
    await one.tidy(NOW + timedelta(days=8))
    assert await one.busiest_hour(NOW) == 0
