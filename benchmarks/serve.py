"""Start the product the way the peers' bench starts its peers.

Its run.py says by PORT, BOT_API, DB (sqlite or pg), SQLITE_PATH, PG_HOST, PG_PORT, PG_DB and
STATE_DIR what is wanted; this becomes our settings, the registry is filled where it is empty,
and this process becomes the server.
"""

import asyncio
import os
import sys
from pathlib import Path

from benchmarks.product import ROOT, environment, fill, invented


def wanted(given: "os._Environ[str]") -> str:
    """Return the URL of the database that the bench prepared."""
    if given["DB"] == "sqlite":
        return f"sqlite:///{given['SQLITE_PATH']}"
    host, port = given["PG_HOST"], given["PG_PORT"]
    return f"postgresql://postgres@/{given['PG_DB']}?host={host}&port={port}"


def main() -> None:
    """Fill the registry, then become the server."""
    url = wanted(os.environ)
    asyncio.run(fill(url, invented()))
    folder = Path(os.environ["STATE_DIR"])
    os.environ.update(environment(url, int(os.environ["PORT"]), os.environ["BOT_API"], folder))
    os.chdir(ROOT)
    profiler = os.environ.get("PROFILER", "").split()  # such as "py-spy record -o flame.svg --"
    workers = os.environ.get("WORKERS", "1")
    command = [*profiler, sys.executable, "-m", "bot", "serve", "--workers", workers]
    os.execvp(command[0], command)  # noqa: S606 - our own program, in our place


if __name__ == "__main__":
    main()
