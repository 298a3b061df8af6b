"""A year of a kabupaten on the pure core, with a clock that moves.

python -m benchmarks.year [--tickets 50000] [--seed 1] [--workers 2]

Tickets are filed all through 2026 and followed until the end of June 2027, by the holidays of the
demo district. Exits with an error when a promise was broken.
"""

import argparse
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import quantiles

from benchmarks.cases import Case
from benchmarks.crowd import report
from bot.district.reading import load
from bot.past.kabupaten import Kabupaten, Kind
from bot.past.living import Filed, begun, filed_by, live
from referrals import events as e
from referrals.lifecycle import evolve

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 6, 30, tzinfo=UTC)
YEAR = timedelta(days=365)
BATCH = 250
DISTRICT = load(Path(__file__).parents[1] / "districts" / "contoh")
SERVICES = [s for s in DISTRICT.services.values() if s.listed or s.core]
VILLAGES = [area.code for area in DISTRICT.areas.values() if area.parent]
MUTE, STUBBORN = 0.45, 0.3
A_DAY = timedelta(days=1)


def batch(first: int) -> list[Case]:
    """Follow a batch of tickets, each by dice of its own."""
    return [followed(seed) for seed in range(first, first + BATCH)]


def followed(seed: int) -> Case:
    """Return what became of ticket number *seed*."""
    dice = Random(seed)  # noqa: S311 - dice, no secret
    town = Kabupaten(DISTRICT, dice)
    event = filed(seed, dice)
    case = Case(evolve(None, event), mute=dice.random() < MUTE, stubborn=dice.random() < STUBBORN)
    live(case, begun(case, event, town), town, LAST)
    return case


def filed(seed: int, dice: Random) -> e.Submitted:
    """File a ticket at some moment of the year, about anything, from anywhere."""
    service, area = dice.choice(SERVICES), dice.choice(VILLAGES)
    return filed_by(Filed(seed, service, area, FIRST + dice.random() * YEAR))


def main() -> None:
    """Read the arguments, let the year pass, and print what became of everybody."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    started = time.monotonic()
    with ProcessPoolExecutor(given.workers) as workers:
        firsts = range(given.seed, given.seed + given.tickets, BATCH)
        cases = [case for batch_ in workers.map(batch, firsts) for case in batch_]
    print_table(cases)
    found = promises(cases) | {"seconds": round(time.monotonic() - started)}
    report("year", found)
    broken = ("open without a due clock", "silent for more than 14 days", "closed by an agency")
    if any(found[promise] for promise in broken):
        raise SystemExit("a promise was broken")


def print_table(cases: Sequence[Case]) -> None:
    """Print one row for each kind of agency that had the ticket first, and one for all."""
    town = Kabupaten(DISTRICT, Random(0))  # noqa: S311 - dice, no secret
    sent = [a for a in cases if a.first_agency]
    rows: dict[str, Sequence[Case]] = {
        kind.value: [a for a in sent if town.kind(a.first_agency) is kind] for kind in Kind
    }
    rows["all"] = cases
    heads = row([])
    print("| first agency | " + " | ".join(heads) + " |")
    print("| --- |" + " --- |" * len(heads))
    for name, some in rows.items():
        print(f"| {name} | " + " | ".join(str(value) for value in row(some).values()) + " |")
    print()


def row(cases: Sequence[Case]) -> dict[str, object]:
    """Return what became of *cases*."""
    answers = [(a.first_answer - a.ticket.opened_at) / A_DAY for a in cases if a.first_answer]
    ends = [(a.ended - a.ticket.opened_at) / A_DAY for a in cases if a.ended]
    return {
        "tickets": len(cases),
        "days to the first answer, median / 90 %": middle_and_most(answers),
        "days to the end, median / 90 %": middle_and_most(ends),
        "still open": sum(a.ended is None for a in cases),
        "false closures": sum(a.false_closures for a in cases),
        "caught by BELUM": sum(a.caught_at_once for a in cases),
        "caught after 28 days": sum(a.caught_later for a in cases),
        "never caught": sum(a.uncaught for a in cases),
        "auto-confirmed": sum(a.auto_confirmed for a in cases),
        "level 1 / 2 / 3": " / ".join(str(sum(a.highest >= n for a in cases)) for n in (1, 2, 3)),
        "came back": sum(a.reopened for a in cases),
    }


def middle_and_most(days: Sequence[float]) -> str:
    """Return the median and the 90th percentile of *days*."""
    if len(days) < 2:  # noqa: PLR2004 - no percentile of one
        return "-"
    tenths = quantiles(days, n=10)
    return f"{tenths[4]:.1f} / {tenths[8]:.1f}"


def promises(cases: Sequence[Case]) -> dict[str, object]:
    """Return how often each promise was broken."""
    return {
        "tickets": len(cases),
        "events": sum(a.events for a in cases),
        "open without a due clock": sum(a.clockless for a in cases),
        "silent for more than 14 days": sum(a.silent for a in cases),
        "longest silence, days": round(max(a.longest_silence for a in cases) / A_DAY, 2),
        "closed by an agency": sum(a.closed_by_agency for a in cases),
    }


if __name__ == "__main__":
    main()
