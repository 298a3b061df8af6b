"""Every update twice, side by side and late, with ids out of order: not one effect twice.

python -m benchmarks.redeliver [--dialogues 200] [--citizens 16] [--databases sqlite,pg]
"""

import argparse
import asyncio
import random
from typing import Any

from benchmarks.citizens import Citizen, post
from benchmarks.crowd import Crowd, judged, report, stage

IDS = 1 << 40  # room for ids drawn at random, so that later updates often have lower ones


class Repeated(Citizen):
    """A citizen whose provider delivers everything twice at once, and the one before once more."""

    async def deliver(self, update: dict[str, Any]) -> None:
        await asyncio.gather(super().deliver(update), super().deliver(update))
        if len(self.updates) > 1:
            await super().deliver(self.updates[-2])


async def redelivered(kind: str, dialogues: int, citizens: int) -> dict[str, object]:
    """Deliver everything three times and more; return what was counted."""
    dice = random.Random(1)  # noqa: S311 - ids, no secrets
    async with stage(kind) as on:
        await asyncio.to_thread(on.server.start)
        crowd = Crowd(lambda: dice.randrange(1, IDS), Repeated)
        await crowd.start(on, citizens)
        await crowd.walked_through(dialogues)
        await crowd.stop(linger=0.5)
        updates = [update for citizen in crowd.walked for update in reversed(citizen.updates)]
        for update in updates:
            await post(crowd.world, update)
        await crowd.stop()
        found = await asyncio.to_thread(judged, crowd, on.url)
        on.server.stop()
        await crowd.leave()
        return {"database": kind, "updates": len(updates), **crowd.counts, **found}


def main() -> None:
    """Read the arguments and redeliver on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dialogues", type=int, default=200)
    parser.add_argument("--citizens", type=int, default=16)
    parser.add_argument("--databases", default="sqlite,pg")
    given = parser.parse_args()
    for kind in given.databases.split(","):
        report("redeliver", asyncio.run(redelivered(kind, given.dialogues, given.citizens)))


if __name__ == "__main__":
    main()
