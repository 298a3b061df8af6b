"""How long the work list and a case take in the console when a kabupaten has a year of tickets.

python -m benchmarks.console [sqlite] [postgres] [--tickets 50000] [--lives 300] [--looks 40]

Some lives of the simulated year are lived with their logs, and repeated under other codes and
villages until there are enough. Then somebody of each role looks, through the whole server on
localhost, one look after the other; the times are the server's and the loopback's. The first look
at a page stands apart: a process compiles its statements and templates then, once. PostgreSQL is
not told to learn statistics of what was filled in: it does so by itself, some time in between.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import mean, quantiles
from typing import NamedTuple

from msgspec.structs import replace

from benchmarks.figures import TODAY, life
from benchmarks.store import database
from benchmarks.year import DISTRICT
from bot.past.logged import Logged
from casework.ticket.spoken import Spoken
from conversations.messages import Address, Channel
from conversations.turn import Answered
from referrals.codes import code_from
from referrals.due.listing import shares
from referrals.ticket import Ticket
from storage.cases.tickets import Contact
from storage.store import Store
from tests.web.console.conftest import Console, SignedClient, console_of

AT_ONCE = 200
FIRST = 10_000_000  # the number of the first code
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 2, tzinfo=UTC)
LIST = "/console/worklist"
LOOKS: Sequence[tuple[str, dict[str, str]]] = (
    ("supervisor", {}),
    ("supervisor", {"view": "overdue"}),
    ("supervisor", {"view": "free", "turn": ""}),
    ("supervisor", {"view": "mine"}),
    ("supervisor", {"view": "over"}),
    ("supervisor", {"view": "open", "service": "PBI_AKTIF", "state": "in_progress"}),
    ("supervisor", {"view": "open", "channel": "sms", "age": "60", "area": "99.01.01"}),
    ("verifier", {}),
    ("officer", {}),
    ("facilitator", {}),
    ("facilitator", {"view": "over"}),
)
WORDS = Spoken(
    salt="benchmark",
    answers=(Answered("place", "RT 02", "RT 02"), Answered("name", "Warga", "Warga")),
).packed()


class Looked(NamedTuple):
    """What a look takes: milliseconds, those of the CPU, and bytes."""

    spent: float
    cpu: float
    size: int


def repeated(case: Logged, number: int, dice: Random) -> Ticket:
    """Return the ticket of *case* as if somebody else had filed it somewhere else."""
    areas = [row.code for row in DISTRICT.areas.values() if row.parent]
    return replace(case.ticket, code=code_from(str(FIRST + number)), area=dice.choice(areas))


async def fill(store: Store, cases: Sequence[Logged], count: int) -> None:
    """Keep *count* tickets with their logs, words and rows of the work list."""
    dice = Random(7)  # noqa: S311 - dice, no secret
    channels = (Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS)
    for first in range(0, count, AT_ONCE):
        units = []
        for number in range(first, min(first + AT_ONCE, count)):
            case, channel = cases[number % len(cases)], channels[number % len(channels)]
            ticket, unit = repeated(case, number, dice), store.unit()
            contact = Contact(Address(channel, f"+62812{number:08}"), "id")
            nik = f"9901{number // 2:012}"
            unit.open_ticket(ticket, contact, nik, {1: WORDS}, case.entries)
            unit.list_case(ticket, shares(ticket, DISTRICT), channel)
            units.append(store.commit(unit))
        await asyncio.gather(*units)


async def looked(browser: SignedClient, path: str, query: dict[str, str]) -> Looked:
    """Return what one look takes."""
    start, own = time.perf_counter(), time.process_time()
    status, text = await browser.get(path, **query)
    if status != 200:  # noqa: PLR2004 - anything else is no page
        raise RuntimeError(f"{path} answered {status}")
    spent, own = time.perf_counter() - start, time.process_time() - own
    return Looked(spent * 1000, own * 1000, len(text.encode()))


def told(what: str, found: Sequence[Looked]) -> str:
    """Return a row about looks at *what*; the CPU is the server's and the browser's together."""
    first, *later = found
    twentieths = quantiles([one.spent for one in later], n=20)
    sizes, own = mean(one.size for one in later), mean(one.cpu for one in later)
    waits = f"p50 {twentieths[9]:6.1f} ms  p95 {twentieths[18]:6.1f} ms  cpu {own:5.1f} ms"
    waits = f"first {first.spent:6.1f} ms  {waits}"
    return f"{what:84} {waits}  {sizes / 1024:5.1f} kB"


async def measure(url: str, cases: Sequence[Logged], given: argparse.Namespace) -> None:
    """Fill the database at *url* and print what looking costs."""
    with tempfile.TemporaryDirectory() as folder:
        async with console_of(url, Path(folder)) as console:
            started = time.perf_counter()
            await fill(console.play.house.store, cases, given.tickets)
            spent = time.perf_counter() - started
            print(f"filled with {given.tickets} in {spent:.0f} s", flush=True)
            console.play.clock.time = NOW
            await look_around(console, given)


async def look_around(console: Console, given: argparse.Namespace) -> None:
    """Print how long each page takes."""
    for role, query in LOOKS:
        browser = await console.sign_in(role)
        found = [await looked(browser, LIST, query) for _ in range(given.looks)]
        print(told(f"list, {role} {query or ''}", found), flush=True)
    dice, browser = Random(9), await console.sign_in("supervisor")  # noqa: S311 - dice, no secret
    found = []
    while len(found) < given.looks:
        code = code_from(str(FIRST + dice.randrange(given.tickets)))
        (ticket,) = await console.play.house.store.bare_tickets([code])
        if ticket.sensitivity != "vault":
            found.append(await looked(browser, f"/console/cases/{code}", {}))
    print(told("case, supervisor", found), flush=True)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=["sqlite", "postgres"])
    parser.add_argument("--tickets", type=int, default=50_000)
    parser.add_argument("--lives", type=int, default=300)
    parser.add_argument("--looks", type=int, default=40)
    given = parser.parse_args()
    cases = [life(seed) for seed in range(1, given.lives + 1)]
    for kind in given.kinds:
        with database(kind) as url:
            print(kind, flush=True)
            asyncio.run(measure(url, cases, given))


if __name__ == "__main__":
    main()
