"""Two-part replies arrive in order through an SMS gateway that delays and fails by chance.

python -m benchmarks.ordering [--citizens 100] [--replies 10] [--databases sqlite,postgres]

Replies are committed while earlier ones are sent, and sent by the real Kannel channel to a gateway
that takes up to 30 ms, refuses an eighth of the calls, fails without a word of when to come again,
breaks lines, and at times takes a text and breaks the line before it says so (which repeats that
part: an answer that never came and a text that never arrived look the same). Each part is reported
three times in any order, often before we could keep that it was taken.
"""

import argparse
import asyncio
import time

import msgspec

from benchmarks.crowd import report
from benchmarks.store import database
from tests.bot.ordering import written

PATIENCE = 600.0  # seconds


def ordered(kind: str, citizens: int, replies: int, seed: int) -> dict[str, object]:
    """Return what became of *replies* to each of *citizens*."""
    with database(kind) as url:
        begun = time.monotonic()
        went = written(url, replies=replies, citizens=citizens, seed=seed, patience=PATIENCE)
        found = msgspec.structs.asdict(asyncio.run(went))
        took = f"{time.monotonic() - begun:.1f}"
        told = {name.replace("_", " "): count for name, count in found.items()}
        return (
            {"database": kind, "citizens": citizens, "replies": citizens * replies}
            | told
            | {"seconds": took}
        )


def main() -> None:
    """Read the arguments and write on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--citizens", type=int, default=100)
    parser.add_argument("--replies", type=int, default=10)
    parser.add_argument("--databases", default="sqlite,postgres")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for kind in given.databases.split(","):
        report("ordering", ordered(kind, given.citizens, given.replies, given.seed))


if __name__ == "__main__":
    main()
