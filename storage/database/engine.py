"""Which database a URL means."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from storage.database.link import Engine
from storage.database.postgres import Postgres
from storage.database.sqlite import Sqlite


class DatabaseUrlError(ValueError):
    """The URL names no database that we know; the text says what it may be."""


def read_url(url: str) -> URL:
    """Return *url* without its driver; postgres:// is forgiven. Raises DatabaseUrlError."""
    try:
        parsed = make_url(url)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise DatabaseUrlError("the database's URL cannot be read") from error
    kind = {"postgres": "postgresql"}.get(kind := parsed.get_backend_name(), kind)
    if kind == "postgresql" or (kind == "sqlite" and parsed.database):
        return parsed.set(drivername=kind)
    raise DatabaseUrlError("the database is sqlite:///a/file or postgresql://user@host/name")


def path_of(url: URL) -> Path:
    """Return the file of a SQLite *url*."""
    return Path(str(url.database))


def open_engine(url: str) -> Engine:
    """Return the engine for *url*; it connects when it is first used."""
    parsed = read_url(url)
    if parsed.drivername == "sqlite":
        return Sqlite(path_of(parsed))
    return Postgres(parsed.render_as_string(hide_password=False))
