"""A process that files tickets and notes looks as fast as it can, until it is killed.

Usage: audited_writer.py URL KEY NAME. Every line that it prints says how many looks are kept.
"""

import asyncio
import sys

from storage.database.sealing import Sealer
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import NOW, open_ticket, opened

AT_ONCE = 30


async def look(store: Store, name: str, number: int) -> bool:
    """File a ticket, note two looks, and say whether that was kept."""
    code = f"{name}{number}"
    unit = open_ticket(store, *opened(code))
    unit.note("agency:dinsos", "page", NOW, code=code, detail=b"why")
    unit.note("citizen", "look_up", NOW, subject=str(number))
    return await store.commit(unit) is Outcome.KEPT


async def write(url: str, key: str, name: str, begin: int) -> None:
    """Write for ever."""
    store = await Store.open(url, Sealer.read(key), name)
    kept, number = 0, begin
    while True:
        numbers = range(number, number := number + AT_ONCE)
        kept += 2 * sum(await asyncio.gather(*(look(store, name, n) for n in numbers)))
        sys.stdout.write(f"{kept}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(write(*sys.argv[1:4], int(sys.argv[4])))
