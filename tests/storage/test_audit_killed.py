"""Writers killed in the middle of everything leave chains that hold."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from bot.commands.audit import Verified, broken_links
from storage.database.sealing import Sealer
from storage.database.statements import Statement
from storage.store import Store
from storage.tables.audit import audit
from tests.house import tree

ROUNDS = 2
ENOUGH = 3  # reports of a writer before it is killed
COUNT = Statement(lambda _: sa.select(sa.func.count()).select_from(audit), alone=True)


@contextmanager
def writer(url: str, key: str, name: str, begin: int) -> Iterator[subprocess.Popen[str]]:
    """Run a writer, and kill it at the end as a power cut would."""
    command = [sys.executable, "-m", "tests.storage.audited_writer", url, key, name, str(begin)]
    process = subprocess.Popen(command, cwd=tree.ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def kept(process: subprocess.Popen[str]) -> int:
    """Wait until *process* has reported often enough; return what it said was kept."""
    assert process.stdout is not None
    return int([process.stdout.readline() for _ in range(ENOUGH)][-1])


@pytest.mark.slow
async def test_killed_writers_leave_unbroken_chains(database_url: str) -> None:
    """Two processes, killed twice in mid-flight: what they said was kept is proven."""
    key, said = Sealer.new_key(), 0
    for turn in range(ROUNDS):
        begin = turn * 1_000_000
        with (
            writer(database_url, key, "a", begin) as one,
            writer(database_url, key, "b", begin) as two,
        ):
            said += kept(one) + kept(two)
    store = await Store.open(database_url, Sealer.read(key), "c")
    verified = Verified()
    assert [found async for found in broken_links(store, verified, {})] == []
    ((count,),) = await store._fetch(COUNT)
    await store.close()
    assert verified.audit.lines == count >= said
    assert verified.tickets * 2 == count
