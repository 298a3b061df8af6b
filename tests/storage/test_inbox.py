"""What happened already is known by its id, and nobody else's."""

from storage.store import Store
from tests.storage.samples import NOW


async def test_what_happened_is_known(store: Store) -> None:
    """By channel and id, once it was committed."""
    unit = store.unit()
    unit.first_time("agency", "u1", NOW)
    assert not await store.happened("agency", "u1")
    await store.commit(unit)
    assert await store.happened("agency", "u1")
    assert not await store.happened("agency", "u2")
    assert not await store.happened("sms", "u1")
