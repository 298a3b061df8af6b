"""Housekeeping: what is over goes, what is not stays."""

from datetime import timedelta

from storage.store import Store
from storage.unit import Outcome
from tests.storage.conftest import Open
from tests.storage.samples import BUDI, NIK, NOW, SITI, WEEK, said, steady, turn

DAY = timedelta(days=1)


async def test_conversations_go_when_they_expire(store: Store) -> None:
    """A session lives until its time, then the conversation begins anew."""
    await store.commit(turn(store))
    await store.tidy(NOW + WEEK - DAY)
    assert await store.session(SITI) is not None
    await store.tidy(NOW + WEEK + DAY)
    assert await store.session(SITI) is None
    assert await store.commit(turn(store, version=1)) is Outcome.LOST
    assert await store.commit(turn(store)) is Outcome.KEPT


async def test_messages_are_remembered_for_a_month(store: Store) -> None:
    """Longer than any provider delivers again."""
    await store.commit(turn(store, message="m1"))
    await store.tidy(NOW + 29 * DAY)
    assert await store.commit(turn(store, BUDI, message="m2")) is Outcome.KEPT
    unit = store.unit()
    unit.first_time(SITI.channel, "m1", NOW)
    assert await store.commit(unit) is Outcome.DUPLICATE
    await store.tidy(NOW + 31 * DAY)
    assert await store.commit(unit) is Outcome.KEPT


async def test_the_proofs_of_past_days_go(store: Store) -> None:
    """Today's count stays, whatever the time of day."""
    unit = store.unit()
    unit.count_proof(SITI, NIK, NOW)
    await store.commit(unit)
    await store.tidy(NOW + DAY)
    assert (await store.tried(SITI, NIK, NOW)).used == 1
    await store.tidy(NOW + 4 * DAY)
    assert (await store.tried(SITI, NIK, NOW)).used == 0


async def test_much_goes_in_small_steps(store: Store) -> None:
    """Thousands of old rows are deleted, a thousand at a time."""
    for start in range(0, 2500, 500):
        unit = store.unit()
        for n in range(500):
            unit.first_time("sms", str(start + n), NOW)
        await store.commit(unit)
    assert await store.tidy(NOW + 40 * DAY) == 2500


async def test_replies_of_unknown_owners_are_anybodys(open_store: Open) -> None:
    """A worker that was forgotten while it held replies does not keep them for ever."""
    one, two = await open_store("one"), await open_store("two")
    await steady(two, NOW + DAY)
    await two.claim(NOW + DAY, 10)
    await said(one, "written after it was taken for dead")
    assert await two.claim(NOW + DAY, 10) == []
    await two.tidy(NOW + DAY)
    assert len(await two.claim(NOW + DAY, 10)) == 1
