"""How many messages a second the store keeps: inbox, session and one reply each, then marked sent.

python -m benchmarks.store [sqlite] [postgres] [--tasks 64] [--seconds 5]
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop

from conversations.messages import Address, Channel, Choice, Reply
from storage.database.migrate import migrate
from storage.database.sealing import Sealer
from storage.store import Store
from storage.unit import Outcome
from tests.servers import Postgres

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
BODY = b"x" * 300  # a session in the middle of a form
REPLY = Reply("Ketik NIK Anda (16 angka). " * 4, (Choice("menu:back", "Kembali"),))


@contextmanager
def database(kind: str) -> Iterator[str]:
    """Give the URL of a fresh, migrated database."""
    if kind == "postgres":
        with Postgres(durable=True) as server:
            migrate(server.url())
            yield server.url()
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate(url)
        yield url


async def talk(store: Store, citizen: int, until: float, taken: list[float]) -> None:
    """Send one citizen's messages, each after the commit of the one before."""
    address = Address(Channel.TELEGRAM, str(7_000_000 + citizen))
    version = 0
    while (start := time.perf_counter()) < until:
        unit = store.unit()
        unit.first_time("telegram", f"{citizen}-{version}", NOW)
        unit.keep_session(address, version, BODY, NOW + timedelta(days=7))
        item = unit.send(address, REPLY, NOW)
        if await store.commit(unit) is not Outcome.KEPT:
            raise RuntimeError(unit.lost)
        store.mark_sent(item.id)
        version += 1
        taken.append(time.perf_counter() - start)


async def measure(url: str, tasks: int, seconds: float) -> str:
    """Return the rate and the waits over *seconds*."""
    store = await Store.open(url, Sealer.read(Sealer.new_key()), "benchmark")
    await store.beat(NOW)
    taken: list[float] = []
    start = time.perf_counter()
    cpu = time.process_time()
    await asyncio.gather(*(talk(store, n, start + seconds, taken) for n in range(tasks)))
    spent, cpu = time.perf_counter() - start, time.process_time() - cpu
    await store.close()
    taken.sort()
    p50, p99 = (taken[int(len(taken) * q)] * 1000 for q in (0.5, 0.99))
    rate, each = len(taken) / spent, cpu / len(taken) * 1e6
    return f"{rate:8.0f} messages/s   p50 {p50:.2f} ms   p99 {p99:.2f} ms   cpu {each:.0f} us"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgres"])
    parser.add_argument("--tasks", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=5)
    asked = parser.parse_args()
    for kind in asked.kinds:
        with database(kind) as url:
            print(f"{kind:9}{uvloop.run(measure(url, asked.tasks, asked.seconds))}")


if __name__ == "__main__":
    main()
