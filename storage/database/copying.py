"""A copy of the whole database in one file, while others go on reading and writing."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL

from storage.database.engine import path_of, read_url

SQLITE, POSTGRES = "satupintu.db", "satupintu.dump"  # what a copy is called
DUMP = "pg_dump"  # of PostgreSQL's own tools


class CopyFailedError(RuntimeError):
    """The copy could not be made; the text says why, without the database's password."""


def copy_database(url: str, folder: Path) -> Path:
    """Write the database at *url* into *folder* as it stands at one moment; return the file.

    PostgreSQL's own pg_dump does it there. Raises CopyFailedError.
    """
    parsed = read_url(url)
    if parsed.drivername == "sqlite":
        return _copied(path_of(parsed), folder / SQLITE)
    return _dumped(parsed, folder / POSTGRES)


def _copied(source: Path, to: Path) -> Path:
    if not source.exists():
        raise CopyFailedError(f"there is no database at {source}")
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(to)) as there:
        here.backup(there)
    return to


def _dumped(url: URL, to: Path) -> Path:
    command = [DUMP, "--format=custom", "--no-password", f"--file={to}"]
    try:
        done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
            command, env=os.environ | _whereabouts(url), capture_output=True, check=False
        )
    except FileNotFoundError:
        raise CopyFailedError(f"{DUMP} is not installed here: it comes with PostgreSQL") from None
    if done.returncode:
        raise CopyFailedError(done.stderr.decode(errors="replace").strip())
    return to


def _whereabouts(url: URL) -> dict[str, str]:
    """Return *url* as pg_dump takes it from the environment: no other program reads it there."""
    host = url.host or url.query.get("host")
    named = {
        "PGHOST": host,
        "PGPORT": url.port or url.query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    return {name: str(value) for name, value in named.items() if value}
