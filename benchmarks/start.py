"""How long a start takes, and how much memory a server holds idle and under load.

python -m benchmarks.start [--starts 5] [--seconds 10] [--citizens 64] [--databases sqlite,pg]
"""

import argparse
import asyncio
import itertools
import statistics

from benchmarks.crowd import Crowd, report, stage
from benchmarks.product import PEOPLE


async def measured(kind: str, starts: int, seconds: float, citizens: int) -> dict[str, object]:
    """Start a server *starts* times, then load the last one for *seconds*."""
    async with stage(kind) as on:
        times = [await asyncio.to_thread(on.server.start)]
        for _ in range(starts - 1):
            on.server.stop()
            times.append(await asyncio.to_thread(on.server.start))
        await asyncio.sleep(2)
        idle = on.server.memory()
        crowd = Crowd(itertools.count(1).__next__)
        await crowd.start(on, citizens)
        await asyncio.sleep(seconds)
        loaded = on.server.memory()
        await crowd.stop()
        after = on.server.memory()
        on.server.stop()
        await crowd.leave()
        return {
            "database": kind,
            "people in registry": PEOPLE,
            "start s": f"{statistics.median(times):.2f}",
            "idle MiB": f"{idle:.0f}",
            f"{citizens} citizens MiB": f"{loaded:.0f}",
            "afterwards MiB": f"{after:.0f}",
            "dialogues": crowd.counts["dialogues"],
        }


def main() -> None:
    """Read the arguments and measure on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--citizens", type=int, default=64)
    parser.add_argument("--databases", default="sqlite,pg")
    given = parser.parse_args()
    for kind in given.databases.split(","):
        found = asyncio.run(measured(kind, given.starts, given.seconds, given.citizens))
        report("start", found)


if __name__ == "__main__":
    main()
