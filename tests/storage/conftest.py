"""A store on each kind of database, and the people who write to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from storage.database.sealing import Sealer
from storage.store import Store
from tests.storage.samples import NOW

Open = Callable[..., Awaitable[Store]]


@pytest.fixture
def sealer() -> Sealer:
    """Give a sealer with one fresh key."""
    return Sealer.read(Sealer.new_key())


@pytest.fixture
async def open_store(database_url: str, sealer: Sealer) -> AsyncIterator[Open]:
    """Give what opens one more process's store on the test's database."""
    async with AsyncExitStack() as stores:

        async def opened(owner: str = "one", by: Sealer | None = None) -> Store:
            store = await Store.open(database_url, by or sealer, owner)
            stores.push_async_callback(store.close)
            await store.beat(NOW)
            return store

        yield opened


@pytest.fixture
async def store(open_store: Open) -> Store:
    """Give the store of worker "one"."""
    return await open_store("one")
