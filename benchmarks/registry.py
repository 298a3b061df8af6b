"""Import of a whole kabupaten into the local registry, and look-ups at that size.

python -m benchmarks.registry [--people 200000] [--look-ups 5000] [--databases sqlite,pg]
"""

import argparse
import asyncio
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.crowd import report
from benchmarks.product import KEY, ROOT, database, environment
from registry_client.answers import Answer, Listed, NotFound, Programme
from registry_client.csv_rows import rows_of
from registry_client.nik import KkNumber, Nik
from registry_client.person import Person
from storage.database.sealing import Sealer
from storage.store import Store

BIRTHS = date(1950, 1, 1)
DAYS = 20_000
WRONG = "0000"  # a proof that no invented family has: their KK numbers end in 1 to 9999


def kabupaten(count: int, dice: random.Random) -> Iterator[Person]:
    """Yield *count* people in families of four."""
    for number in range(count):
        family = number // 4
        born = BIRTHS + timedelta(days=dice.randrange(DAYS))
        place = f"9901{1 + family % 30:02d}"
        yield Person(
            nik=Nik(f"{place}{born:%d%m%y}{1 + number // DAYS:02d}{number % 100:02d}"),
            kk=KkNumber(f"{place}{1 + family % 28:02d}0120{1 + family % 9999:04d}"),
            name=f"WARGA {number}",
            born=born,
            desil=1 + family % 10,
            programmes=(Programme("PKH", active=family % 3 == 0, period="2026-T3"),),
        )


def imported(url: str, folder: Path, people: list[Person]) -> dict[str, object]:
    """Import a CSV file of *people* through the command line; return what it took."""
    file = folder / "kabupaten.csv"
    file.write_text("".join(rows_of(people)))
    command = [sys.executable, "-m", "bot", "registry", "import", str(file)]
    command += ["--edition", "DTSEN bench", "--as-of", "2026-10-01"]
    given = {**os.environ, **environment(url, 8080, "http://127.0.0.1:9", folder)}
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, env=given, capture_output=True, check=True)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "people": len(people),
        "import s": f"{took:.1f}",
        "people a second": round(len(people) / took),
        "peak MiB": round(peak),
    }


async def looked_up(url: str, asked: list[tuple[Nik, str]]) -> tuple[list[float], list[Answer]]:
    """Ask one look-up after the other; return their milliseconds, sorted, and the answers."""
    store = await Store.open(url, Sealer.read(KEY), "benchmark")
    took, answers = [], []
    try:
        for nik, proof in asked:
            began = time.perf_counter()
            answers.append(await store.look_up(nik, proof))
            took.append(1000 * (time.perf_counter() - began))
    finally:
        await store.close()
    return sorted(took), answers


def figures(name: str, took: list[float]) -> dict[str, object]:
    """Return the median and the 99th percentile of *took*."""
    last = took[int(len(took) * 0.99)]
    return {f"{name} p50 ms": f"{took[len(took) // 2]:.3f}", f"{name} p99 ms": f"{last:.3f}"}


def measured(kind: str, count: int, look_ups: int) -> dict[str, object]:
    """Import and look up on a database of *kind*."""
    dice = random.Random(1)  # noqa: S311 - invented people, no secrets
    people = list({person.nik: person for person in kabupaten(count, dice)}.values())
    with database(kind) as (url, folder):
        found = imported(url, folder, people)
        some = [dice.choice(people) for _ in range(look_ups)]
        right, answers = asyncio.run(looked_up(url, [(p.nik, p.kk.last_four) for p in some]))
        wrong, refused = asyncio.run(looked_up(url, [(p.nik, WRONG) for p in some]))
    if not all(isinstance(a, Listed) for a in answers):
        raise RuntimeError("a listed family was not found")
    if not all(isinstance(a, NotFound) for a in refused):
        raise RuntimeError("a wrong proof was taken")
    times = {**figures("right proof", right), **figures("wrong proof", wrong)}
    return {"database": kind, **found, **times}


def main() -> None:
    """Read the arguments and measure on each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--look-ups", type=int, default=5_000)
    parser.add_argument("--databases", default="sqlite,pg")
    given = parser.parse_args()
    for kind in given.databases.split(","):
        report("registry", measured(kind, given.people, given.look_ups))


if __name__ == "__main__":
    main()
