"""What a server process is called, and several of them on one port, ended together."""

import os
import signal
import socket
import subprocess
import sys

from bot.settings import SETTINGS_PREFIX, Settings

WORKER = "/worker"  # in the names of processes that share one port


def instance_of(settings: Settings) -> str:
    """Return the name under which this process owns rows; a restart has the same one."""
    return settings.instance or f"{socket.gethostname()}:{settings.port}"


def workers_on_one_port(settings: Settings, count: int) -> int:
    """Run *count* servers until one ends or we are told to; return the worst exit status."""
    running = [_started(f"{instance_of(settings)}{WORKER}{number}") for number in range(count)]

    def end(*_: object) -> None:
        for process in running:
            process.terminate()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
    end()
    return max(abs(process.wait()) for process in running)


def _started(name: str) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "bot", "serve"]
    return subprocess.Popen(program, env={**os.environ, f"{SETTINGS_PREFIX}INSTANCE": name})  # noqa: S603 - our own program
