"""A hundred thousand random lives of tickets: every promise of the lifecycle holds in each.

python -m benchmarks.histories [--lives 100000] [--steps 25] [--seed 1] [--workers 2]
"""

import argparse
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat

from benchmarks.crowd import report
from referrals.attempts import Why
from referrals.transitions import TRANSITIONS
from tests.referrals.lives import OfDice, lived

BATCH = 500  # lives that one worker reports at once


def batch(first: int, steps: int) -> tuple[Counter[int], Counter[str], Counter[str]]:
    """Live a batch; return how often each entry was taken, each refusal given, each end met.

    Raises AssertionError, with the seed, when a promise is broken.
    """
    taken: Counter[int] = Counter()
    refused: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    places = {entry: place for place, entry in enumerate(TRANSITIONS)}
    for seed in range(first, first + BATCH):
        try:
            life = lived(OfDice(seed), steps)
        except AssertionError as broken:
            raise AssertionError(f"seed {seed}: {broken}") from broken
        taken.update(places[entry] for entry in life.taken)
        refused.update(life.refused)
        ends[life.ticket.closed_because or life.ticket.state] += 1
    return taken, refused, ends


def main() -> None:
    """Read the arguments, live all lives, and print what was reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lives", type=int, default=100_000)
    parser.add_argument("--steps", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    started = time.monotonic()
    taken: Counter[int] = Counter()
    refused: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    firsts = range(given.seed, given.seed + given.lives, BATCH)
    with ProcessPoolExecutor(given.workers) as workers:
        for one, two, three in workers.map(batch, firsts, repeat(given.steps)):
            taken += one
            refused += two
            ends += three
    tell(taken, refused, ends)
    found: dict[str, object] = {
        "lives": len(firsts) * BATCH,
        "events": taken.total(),
        "broken promises": 0,
        "entries reached": f"{len(taken)} of {len(TRANSITIONS)}",
        "refusals reached": f"{len(refused)} of {len(Why)}",
        "seconds": round(time.monotonic() - started),
    }
    report("histories", found)
    if len(taken) < len(TRANSITIONS) or len(refused) < len(Why):
        raise SystemExit("not everything was reached")


def tell(taken: Counter[int], refused: Counter[str], ends: Counter[str]) -> None:
    """Print how often each entry was taken, each refusal given, and how the lives ended."""
    for place, entry in enumerate(TRANSITIONS):
        sources = ", ".join(entry.sources) or "-"
        print(f"{taken[place]:>9}  {entry.row or '-':>2} {entry.title} ({sources})")
    for kind in (refused, ends):
        print("\n" + ", ".join(f"{name} {count}" for name, count in kind.most_common()))
    print(f"never refused so: {sorted(set(Why) - set(refused)) or 'none'}\n")


if __name__ == "__main__":
    main()
