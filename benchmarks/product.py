"""The product as benchmarks start it: a database, a filled registry, a server to be killed."""

import asyncio
import base64
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import asyncpg
import psutil

from bot.demo.families import people
from bot.district.reading import load
from registry_client.answers import Edition
from registry_client.person import Person
from storage.database.migrate import migrate
from storage.database.sealing import Sealer
from storage.store import Store
from tests.servers import Postgres, free_port, tied_to_parent

ROOT = Path(__file__).resolve().parent.parent
DISTRICT = ROOT / "districts/contoh"
KEY = "1:" + base64.b64encode(b"a key that only benchmarks use".ljust(32)).decode()
TOKEN = "123456:BENCH"  # noqa: S105 - the bench's own Bot API takes any
PEOPLE = 20_000
EDITION = Edition("DTSEN bench", date(2026, 10, 1))
READY = 30  # seconds a start may take


def invented(count: int = PEOPLE) -> Iterator[Person]:
    """Yield the first *count* people of the demo's registry, the same every time."""
    return islice(people(load(DISTRICT).areas), count)


def grown_ups() -> list[dict[str, str]]:
    """Return what each citizen of the load knows: adults whose record is in order."""
    return [
        {"nik": person.nik.digits, "proof": person.kk.last_four}
        for person in invented()
        if not (person.nik.could_be_kk(EDITION.as_of) or person.not_matched or person.needs_person)
    ]


def environment(url: str, port: int, bot_api: str, folder: Path) -> dict[str, str]:
    """Return the settings of a server under load: no rate holds it back, everything is sealed."""
    settings = {
        "database_url": url, "data_dir": folder, "district": DISTRICT, "key": KEY, "port": port,
        "log_format": "json", "telegram_token": TOKEN, "telegram_api_url": bot_api,
        "telegram_rate": 0, "telegram_chat_rate": 0, "flood_rate": 0,
    }  # fmt: skip
    return {f"SATUPINTU_{name.upper()}": str(value) for name, value in settings.items()}


async def fill(url: str, source: Iterator[Person]) -> None:
    """Bring the schema up to date, and the registry too where it is empty."""
    await asyncio.to_thread(migrate, url)
    store = await Store.open(url, Sealer.read(KEY), "benchmark")
    try:
        if not await store.people_count():
            await store.import_people(source, EDITION)
    finally:
        await store.close()


class Server:
    """One server process, started, killed and started again on the same database."""

    def __init__(self, url: str, bot_api: str, folder: Path) -> None:
        self.url, self.port, self._folder = url, free_port(), folder
        self._environment = {
            **os.environ,
            "PYTHONFAULTHANDLER": "1",
            **environment(url, self.port, bot_api, folder),
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._running().pid

    def start(self, patience: float = READY) -> float:
        """Start and return the seconds until it takes connections; it has *patience* for that."""
        began = time.perf_counter()
        with (self._folder / "server.log").open("ab") as log:
            command = [sys.executable, "-m", "bot", "serve"]
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                preexec_fn=tied_to_parent(None, signal.SIGKILL),  # noqa: PLW1509 - no thread forks here
            )
        while not listening(self.port):
            if self._process.poll() is not None or time.perf_counter() - began > patience:
                raise RuntimeError(self._last_words())
            time.sleep(0.01)
        return time.perf_counter() - began

    def kill(self) -> None:
        """End it as a power cut would."""
        self._running().kill()
        self._running().wait()

    def stop(self) -> None:
        """End it politely, if it runs."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(READY)
            except subprocess.TimeoutExpired:
                raise RuntimeError(self._last_words()) from None

    def memory(self) -> float:
        """Return its resident memory in MiB."""
        return float(psutil.Process(self.pid).memory_info().rss) / 2**20

    def _last_words(self) -> str:
        """Return the end of its log, with what it was doing when it would neither run nor end."""
        self._running().send_signal(signal.SIGABRT)
        self._running().wait()
        return (self._folder / "server.log").read_text()[-4000:]

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("not started")
        return self._process


@contextmanager
def database(kind: str) -> Iterator[tuple[str, Path]]:
    """Give the URL of a fresh database of *kind* (sqlite or pg) and a folder to work in."""
    folder = Path(tempfile.mkdtemp(prefix="satupintu-bench-"))
    try:
        if kind == "sqlite":
            yield f"sqlite:///{folder / 'bench.db'}", folder
            return
        with Postgres(durable=True) as postgres:
            yield postgres.socket_url(), folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    """Return what *query* gives, read beside the product and not through it."""
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"))
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()
    return asyncio.run(_postgres_rows(url, query))


async def _postgres_rows(url: str, query: str) -> list[tuple[Any, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return [tuple(found) for found in await connection.fetch(query)]
    finally:
        await connection.close()


def listening(port: int) -> bool:
    """Say whether somebody takes connections on *port*."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0
