"""The servers of the tests end with the process that started them."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.servers import Postgres, Valkey

STARTER = """
import time
from tests.servers import Postgres, Valkey
with Postgres() as one, Valkey() as two:
    print(one._process.pid, two._process.pid, one.folder, two.folder, flush=True)
    time.sleep(60)
"""


def running(pid: int) -> bool:
    """Say whether *pid* runs; who is dead and not yet buried does not."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_servers_end_with_their_parent_however_it_ends() -> None:
    """Kill -9 leaves neither PostgreSQL nor Valkey behind."""
    command = [sys.executable, "-c", STARTER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path.cwd(), text=True) as parent:  # noqa: S603 - our own command line
        assert parent.stdout is not None
        first, second, *folders = parent.stdout.readline().split()
        pids = [int(first), int(second)]
        assert all(running(pid) for pid in pids)
        os.kill(parent.pid, signal.SIGKILL)
    until = time.monotonic() + 10
    while time.monotonic() < until and any(running(pid) for pid in pids):
        time.sleep(0.05)
    assert not any(running(pid) for pid in pids)
    for folder in folders:
        shutil.rmtree(folder)


def test_a_server_comes_back_where_it_was() -> None:
    """A restart keeps port and data, so that a program can go on."""
    with Postgres() as server:
        server.run("CREATE TABLE kept (n int)")
        port = server.port
        server.stop()
        assert not server.answers()
        server.start()
        assert server.port == port
        server.run("INSERT INTO kept VALUES (1)")


def test_a_valkey_answers(valkey_url: str, valkey: Valkey) -> None:
    """The URL leads to a server that takes requests."""
    assert valkey_url.startswith("redis://127.0.0.1:")
    assert valkey.answers()


def test_a_server_that_cannot_start_shows_its_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks for the reason finds it in the error."""
    server = Valkey()
    monkeypatch.setattr(server, "command", lambda: ["/bin/sh", "-c", "echo no luck >&2; exit 1"])
    with pytest.raises(RuntimeError, match="no luck"):
        server.start()
