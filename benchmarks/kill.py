"""kill -9 at random moments under load: nothing lost, nothing doubled, nobody thrown back.

python -m benchmarks.kill [--kills 30] [--citizens 32] [--databases sqlite,pg] [--seed 1]
"""

import argparse
import asyncio
import itertools
import random

from benchmarks.crowd import Crowd, judged, report, stage

LIFE = (0.3, 2.0)  # seconds a server lives before it is killed


async def killed(kind: str, kills: int, citizens: int, dice: random.Random) -> dict[str, object]:
    """Run a crowd against a server that is killed *kills* times; return what was counted."""
    async with stage(kind) as on:
        await asyncio.to_thread(on.server.start)
        crowd = Crowd(itertools.count(1).__next__)
        await crowd.start(on, citizens)
        starts = []
        for _ in range(kills):
            await asyncio.sleep(dice.uniform(*LIFE))
            on.server.kill()
            starts.append(await asyncio.to_thread(on.server.start))
        await crowd.stop()
        found = await asyncio.to_thread(judged, crowd, on.url)
        on.server.stop()
        await crowd.leave()
        slowest = f"{max(starts, default=0):.2f}"
        return {
            "database": kind,
            "kills": kills,
            **crowd.counts,
            **found,
            "slowest start s": slowest,
        }


def main() -> None:
    """Read the arguments and kill on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--citizens", type=int, default=32)
    parser.add_argument("--databases", default="sqlite,pg")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for kind in given.databases.split(","):
        dice = random.Random(given.seed)  # noqa: S311 - moments to kill at, no secrets
        report("kill", asyncio.run(killed(kind, given.kills, given.citizens, dice)))


if __name__ == "__main__":
    main()
