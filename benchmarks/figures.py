"""How long the supervisors' page takes with a year of tickets, and what it costs to count them.

python -m benchmarks.figures [sqlite] [postgres] [--tickets 50000] [--lives 400] [--looks 30]

Some lives of the simulated year are lived with their logs and counted; then they are repeated
under other codes, days and villages until there are enough.
"""

import argparse
import asyncio
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from random import Random
from statistics import quantiles

import msgspec
from msgspec.structs import replace

from benchmarks.store import database
from benchmarks.year import DISTRICT, MUTE, STUBBORN, filed
from bot.past.kabupaten import Kabupaten
from bot.past.living import begun, live
from bot.past.logged import Logged
from casework.figures.counting import tally
from casework.figures.kinds import NOW
from casework.figures.looking import Asked, Look
from casework.figures.overview import Overview, overview
from conversations.messages import Address, Channel
from referrals.codes import code_from
from storage.cases.tickets import Contact
from storage.database.sealing import Sealer
from storage.figures.counted import Tally
from storage.store import Store
from web.console.figures.pages import _sections
from web.console.figures.plots import plot
from web.console.figures.words import FigureWords
from web.voice import load_voices

TODAY = date(2026, 12, 30)
UNTIL = datetime(2026, 12, 30, 10, tzinfo=UTC)
AT_ONCE = 500
SPREAD = 364  # days by which a repeated life may lie earlier
ASKED = (Asked(), Asked(weeks=52), Asked(weeks=4), Asked(area="99.01.01"), Asked(agency="dinkes"))


def life(seed: int) -> Logged:
    """Return ticket number *seed* of the year, with its log until the morning of TODAY."""
    dice = Random(seed)  # noqa: S311 - dice, no secret
    town = Kabupaten(DISTRICT, dice)
    event = filed(seed, dice)
    logged = Logged.opened(event, mute=dice.random() < MUTE, stubborn=dice.random() < STUBBORN)
    live(logged, begun(logged, event, town), town, UNTIL)
    return logged


def repeated(tallies: Sequence[Tally], count: int) -> Iterator[Tally]:
    """Yield *count* tallies: the given ones on other days; what stands open stays as it is."""
    dice = Random(7)  # noqa: S311 - dice, no secret
    areas = [row.code for row in DISTRICT.areas.values() if not row.parent]
    for n in range(count):
        one, back = tallies[n % len(tallies)], dice.randint(0, SPREAD)
        rows = tuple(
            row if row.kind in NOW else replace(row, day=row.day - back) for row in one.rows
        )
        area = dice.choice(areas) if one.area else ""
        yield replace(one, code=code_from(str(10_000_000 + n)), area=area, rows=rows)


async def fill(store: Store, cases: Sequence[Logged], count: int) -> None:
    """Keep *count* tickets and what is counted of them."""
    tallies = [tally(one.ticket.code, one.entries, DISTRICT) for one in cases]
    contact = Contact(Address(Channel.SMS, "+9901000000"), "id")
    waiting = repeated(tallies, count)
    made = 0
    while some := list(islice(waiting, AT_ONCE)):
        units = []
        for one in some:
            case, unit = cases[made % len(cases)], store.unit()
            ticket = replace(case.ticket, code=one.code)
            unit.open_ticket(ticket, contact, None, {}, case.entries[:1])
            units.append(store.commit(unit))
            made += 1
        await asyncio.gather(*units)
        await store.keep_figures(some)


async def look(store: Store, asked: Asked, words: FigureWords) -> tuple[Overview, int]:
    """Do what the page does, short of its frame; return the figures and the bytes of its plots."""
    seen = await overview(store, DISTRICT, asked, Look(), TODAY)
    sections = list(_sections(seen, words, ""))
    return seen, sum(len(one.drawing) for one in sections)


async def measure(url: str, cases: Sequence[Logged], given: argparse.Namespace) -> None:
    """Fill the database at *url* and print what looking costs."""
    store = await Store.open(url, Sealer.read(Sealer.new_key()), "benchmark")
    started = time.perf_counter()
    await fill(store, cases, given.tickets)
    print(f"filled with {given.tickets} in {time.perf_counter() - started:.0f} s", flush=True)
    words = FigureWords(load_voices(DISTRICT.calendar.zone)["id"], DISTRICT)
    for asked in ASKED:
        taken, own = [], time.process_time()
        for _ in range(given.looks):
            plot.cache_clear()
            start = time.perf_counter()
            _, size = await look(store, asked, words)
            taken.append((time.perf_counter() - start) * 1000)
        twentieths = quantiles(taken, n=20)
        asked_for = msgspec.json.encode(asked).decode()
        own = (time.process_time() - own) * 1000 / given.looks
        waits = f"p50 {twentieths[9]:.0f} ms  p95 {twentieths[18]:.0f} ms  cpu {own:.0f} ms"
        print(f"{asked_for:55} {waits}  plots {size} B", flush=True)
    await store.close()


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgres"])
    parser.add_argument("--tickets", type=int, default=50_000)
    parser.add_argument("--lives", type=int, default=400)
    parser.add_argument("--looks", type=int, default=30)
    given = parser.parse_args()
    started = time.perf_counter()
    cases = [life(seed) for seed in range(1, given.lives + 1)]
    print(f"{given.lives} lives in {time.perf_counter() - started:.1f} s")
    started, own = time.perf_counter(), time.process_time()
    for one in cases:
        tally(one.ticket.code, one.entries, DISTRICT)
    own = (time.process_time() - own) / len(cases) * 1e6
    entries = sum(len(one.entries) for one in cases) / len(cases)
    print(f"counting one ticket of {entries:.0f} entries: {own:.0f} us")
    for kind in given.kinds:
        with database(kind) as url:
            print(kind, flush=True)
            asyncio.run(measure(url, cases, given))


if __name__ == "__main__":
    main()
