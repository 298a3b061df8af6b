"""Plant one fault after another in the lifecycle's code and see whether a test finds it.

python -m benchmarks.mutants [--minutes 30] [--workers 2] [--only dues,ticking] [--afresh]

Each fault is planted in a process of its own: in a function that is loaded already where that
will do (`benchmarks.in_place`), else before our code is loaded (`benchmarks.afresh`). What was
tried is kept in `benchmarks/results/mutants.jsonl`: a run goes on where the last one stopped,
tries again what survived, and forgets what it knew of a changed function or row. Prints what
survived: file, line, and the fault.
"""

import argparse
import gc
import os
import sys
import time
from collections.abc import Sequence
from random import Random

import hypothesis.stateful  # noqa: F401 - loaded once for all
import lokal.holidays  # noqa: F401 - loaded once for all
import yaml  # noqa: F401 - loaded once for all

from benchmarks.afresh import Afresh
from benchmarks.faults import Mutant, mutants
from benchmarks.in_place import InPlace
from benchmarks.trying import KEPT, ROOT, finished, key, known, try_all

ROOM = ROOT / "referrals"


def main() -> None:
    """Read the arguments, plant faults in any order until the time is over, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--afresh", action="store_true")
    given = parser.parse_args()
    prepare(afresh=given.afresh)
    only = set(filter(None, given.only.split(",")))
    paths = [path for path in sorted(ROOM.glob("*.py")) if not only or path.stem in only]
    planted = [mutant for path in paths for mutant in mutants(path)]
    until = time.monotonic() + 60 * given.minutes
    Random(given.seed).shuffle(planted)  # noqa: S311 - dice, no secret
    try_both_ways(planted, given.workers, until)
    tell(planted)


def prepare(*, afresh: bool) -> None:
    """Make the tests start quickly, and forget earlier runs for one *afresh*."""
    os.chdir(ROOT)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.dont_write_bytecode = False  # what is compiled once need not be again
    gc.freeze()
    KEPT.parent.mkdir(exist_ok=True)
    if afresh:
        KEPT.unlink(missing_ok=True)


def try_both_ways(planted: Sequence[Mutant], workers: int, until: float) -> None:
    """Try what was not found before: in place what can be, in a process that loads all of it."""
    before, begin = known(), KEPT.stat().st_size if KEPT.exists() else 0
    new = [one for one in planted if (was := before.get(key(one))) is None or was.survived]
    if not finished(lambda: InPlace(new, workers, until).run()):
        raise SystemExit("the tests fail without any fault: mend them first")
    done = known(begin)
    try_all([one for one in new if key(one) not in done], Afresh(), workers, until)


def tell(planted: Sequence[Mutant]) -> None:
    """Print what survived, in the order of the code, and the figures."""
    results = known()
    tried = [results[key(one)] for one in planted if key(one) in results]
    alive = sorted((one for one in tried if one.survived), key=lambda one: (one.module, one.line))
    for one in alive:
        print(f"{one.module}:{one.line} {one.told}")
    print(f"{len(planted)} faults, {len(tried)} tried, {len(alive)} survived")


if __name__ == "__main__":
    main()
