"""How long it takes to work off timers that are all due at once: each is one ticket's next step.

python -m benchmarks.timers [sqlite] [postgres] [--count 100000] [--at-once 256]

Two lines for each database. "bare" timers are claimed and finished, each in a commit of its own.
"steps" are tickets that were not accepted in time: a timer adds an event to its ticket's log,
writes the notice to its citizen, the letter to the office's head with its timer, and the ticket's
own next timer, in one commit. Sending is not measured.
"""

import argparse
import asyncio
import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvloop

from benchmarks.store import database
from bot.clockwork import BACKLOG
from bot.district.reading import load
from bot.district.wording import load_voices
from bot.running.timers import Timers, Work
from casework.access.links import Links
from casework.citizen.filing import Filing
from casework.clocks.watch import Watch
from casework.telling.letters import Letters
from casework.ticket.appointments import WAKE
from conversations.messages import Address, Channel
from conversations.turn import Answered, Draft, OpenTicket
from storage.database.sealing import Sealer
from storage.store import Store
from storage.timers import DueTimer
from tests.bot.playing import StillClock

DISTRICT = Path(__file__).parents[1] / "districts" / "contoh"
FILED = datetime(2026, 11, 23, 3, tzinfo=UTC)
LATER = timedelta(days=3)  # nobody accepted within two working days
PAGE = 200  # tickets filed in one commit
AREA = "99.01.01.2001"


def letters() -> Letters:
    """Return what writes letters and notices in the demo's district."""
    district = load(DISTRICT)
    voices = load_voices(district, DISTRICT)
    return Letters(district, voices, Links(b"benchmark", "http://127.0.0.1"))


async def file(store: Store, filing: Filing, count: int) -> None:
    """File *count* tickets, each for a citizen of its own."""
    numbers = iter(range(count))
    while page := tuple(itertools.islice(numbers, PAGE)):
        units = []
        for number in page:
            unit, citizen = store.unit(), Address(Channel.SMS, f"+62812{number:08}")
            draft = Draft("ADMINDUK", (Answered("name", "x", "x"),))
            record = OpenTicket(f"{number:09}", draft, "id", AREA)
            filing.open(unit, record, citizen, FILED, f"{number:032x}")
            units.append(unit)
        await asyncio.gather(*(store.commit(unit) for unit in units))


async def steps(store: Store, count: int, at_once: int) -> str:
    """Return how long the next step of *count* late tickets took."""
    writes, clock = letters(), StillClock()
    clock.time = FILED + LATER
    await file(store, Filing(writes.district, writes), count)
    watch = Watch(store, writes, clock.now, lambda _: None)
    took = await worked_off(Timers(store, clock, {WAKE: Work(watch.wake, at_once)}), count)
    told = [await late(store, number) for number in samples(count)]
    return f"{took}   {sum(told)} of {len(told)} looked at are right"


async def bare(store: Store, count: int, at_once: int) -> str:
    """Return how long *count* timers took that do nothing but end."""
    clock = StillClock()
    for page in range(0, count, PAGE):
        unit = store.unit()
        for number in range(page, min(page + PAGE, count)):
            unit.set_timer(f"bare:{number}", "bare", clock.now(), b"")
        await store.commit(unit)

    async def end(due: DueTimer) -> None:
        own = store.unit()
        own.finish_timer(due)
        await store.commit(own)

    took = await worked_off(Timers(store, clock, {"bare": Work(end, at_once)}), count)
    return f"{took}   {await store.timers_due(clock.now())} left"


async def worked_off(timers: Timers, count: int) -> str:
    """Return how long *timers* took for all that is due."""
    start, cpu = time.perf_counter(), time.process_time()
    await timers.tick()
    spent, cpu = time.perf_counter() - start, time.process_time() - cpu
    return (
        f"{count} in {spent:.1f} s   {count / spent:.0f}/s   cpu {cpu / count * 1e6:.0f} us each"
    )


async def measure(url: str, count: int, at_once: int) -> None:
    """Print how long *count* timers of either sort took."""
    store = await Store.open(url, Sealer.read(Sealer.new_key()), "benchmark")
    await store.beat(FILED)
    print(f"  bare   {await bare(store, count, at_once)}", flush=True)
    print(f"  steps  {await steps(store, count, at_once)}", flush=True)
    await store.close()


def samples(count: int) -> Iterator[int]:
    """Yield the numbers of some of *count* tickets, to look at afterwards."""
    return iter(range(0, count, max(count // 100, 1)))


async def late(store: Store, number: int) -> bool:
    """Tell whether ticket *number* was found late, once."""
    stored = await store.ticket(f"{number:09}")
    return stored is not None and stored.ticket.level == 1 and stored.ticket.events == 3  # noqa: PLR2004 - filed, referred, overdue


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgres"])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--at-once", type=int, default=BACKLOG)
    asked = parser.parse_args()
    for kind in asked.kinds:
        with database(kind) as url:
            print(kind, flush=True)
            uvloop.run(measure(url, asked.count, asked.at_once))


if __name__ == "__main__":
    main()
