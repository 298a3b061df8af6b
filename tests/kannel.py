"""A real Kannel for tests: an operator, bearerbox and smsbox, as docs/channels/sms-kannel.md says.

Each is a process of its own that ends with ours, even by kill -9; bearerbox is always killed, for
it takes 20 seconds to end kindly. Free ports, a folder of its own, no root needed.
"""

import json
import re
import shutil
import signal
import socket
import sys
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
from msgspec import Struct

from tests.on_air import cut_up, decoded, encoded, place
from tests.servers import TRIES, Server, free_port

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "channels" / "sms-kannel.md"
SMSC = ROOT / "tests" / "fakes" / "smsc.py"
BEARERBOX = shutil.which("bearerbox", path="/usr/sbin:/usr/bin:/usr/local/sbin")
SMSBOX = shutil.which("smsbox", path="/usr/sbin:/usr/bin:/usr/local/sbin")
PRESENT = bool(BEARERBOX and SMSBOX)
ABSENT = "Kannel is not installed here: apt install kannel"
HASTE = {  # what takes a day or a minute outside takes seconds here
    "core": {"sms-combine-concatenated-mo-timeout": 2, "sms-resend-freq": 1},
    "smsc": {"throughput": 200, "reconnect-delay": 1},
    "smsbox": {"http-request-retry": 600, "http-queue-delay": 1},
}
PATIENCE = 60.0  # seconds for the line to stand, on a busy machine
NUMBER = "1708"
SECRET, PASSWORD, STATUS = "rahasia-1", "sandi-1", "keadaan-1"


class Taken(Struct, frozen=True):
    """A message that the operator has: the parts that came, in the order in which they belong."""

    to: str
    sender: str
    parts: tuple[str, ...]
    whole: bool

    @property
    def text(self) -> str:
        """What the telephone shows."""
        return "".join(self.parts)


class Box(Server):
    """One process; all of them share a folder."""

    def __init__(self, folder: Path, port: int, *command: object) -> None:
        self.folder, self.port = folder, port
        self._stop = signal.SIGKILL
        self._process = None
        self._command = [str(part) for part in command]

    def start(self) -> None:
        """Start on the port that the others know. RuntimeError with the log where it is taken."""
        self._process = self._spawn()
        if not self._is_up():
            self.stop()
            raise RuntimeError((self.folder / "log").read_text())

    def command(self) -> list[str]:
        return self._command

    def answers(self) -> bool:
        return is_open(self.port)


class Kannel:
    """Operator, bearerbox and smsbox; *changes* are made to the page's lines, by group."""

    def __init__(
        self, folder: Path, ours: int, changes: Mapping[str, Mapping[str, object]] = HASTE
    ) -> None:
        self.folder = folder
        self.ours = ours  # the port that smsbox calls us on
        self._log = folder / "operator.log"
        self._changes = changes
        self._lay_out()

    def _lay_out(self) -> None:
        """Give each of the three its ports."""
        self._control, self._status = free_port(), free_port()
        smpp, inner, self.sendsms = free_port(), free_port(), free_port()
        config = self.folder / "kannel.conf"
        config.write_text(written(self._changed(smpp, inner, self._changes)))
        self.smsc = Box(
            self.folder, self._control, sys.executable, SMSC, smpp, self._control, self._log
        )
        self.bearerbox = Box(self.folder, inner, BEARERBOX, "-v", 4, config)
        self.smsbox = Box(self.folder, self.sendsms, SMSBOX, "-v", 4, config)

    def start(self) -> None:
        """Start all three, until the line stands; on other ports where somebody took one."""
        for _ in range(TRIES):
            try:
                for box in (self.smsc, self.bearerbox, self.smsbox):
                    box.start()
            except RuntimeError:
                self.stop()
                self._lay_out()
            else:
                self.wait_for_the_line()
                return
        raise RuntimeError(self.logs())

    def stop(self) -> None:
        """Kill all three."""
        for box in (self.smsbox, self.bearerbox, self.smsc):
            box.stop()

    @property
    def url(self) -> str:
        """Where smsbox takes messages."""
        return f"http://127.0.0.1:{self.sendsms}/cgi-bin/sendsms"

    @property
    def status_url(self) -> str:
        """Where bearerbox tells how it is."""
        return f"http://127.0.0.1:{self._status}/status.txt?password={STATUS}"

    def wait_for_the_line(self) -> None:
        """Return when bearerbox holds a line to the operator."""
        until = time.monotonic() + PATIENCE
        while "(online" not in self.status():
            assert time.monotonic() < until, self.status()
            time.sleep(0.05)

    def status(self) -> str:
        """Return bearerbox's status page."""
        with urllib.request.urlopen(self.status_url, timeout=5) as page:  # noqa: S310 - our own address
            return str(page.read().decode())

    async def behave(self, **how: object) -> None:
        """Let the operator be so from now on: throttled=3, state="UNDELIV"."""
        await self._tell("/behave", how)

    async def say(self, sender: str, text: str, *, ton: int = 0, parts: str = "all") -> None:
        """Let a telephone send *text*; of several *parts* "all", "backwards" or the "first"."""
        raw, coding = encoded(text)
        cut = cut_up(raw, coding)
        chosen = {"all": cut, "backwards": cut[::-1], "first": cut[:1]}[parts]
        header = len(cut) > 1
        said = {"sender": sender, "to": NUMBER, "ton": ton, "coding": coding, "header": header}
        await self._tell("/say", said | {"parts": [part.hex() for part in chosen]})

    async def say_raw(self, sender: str, raw: bytes, *, coding: int, header: bool = False) -> None:
        """Let a telephone send the bytes *raw*, whatever they are."""
        said = {"sender": sender, "to": NUMBER, "ton": 0, "coding": coding, "header": header}
        await self._tell("/say", said | {"parts": [raw.hex()]})

    def taken(self) -> list[Taken]:
        """Return every message that the operator took, by its first part's arrival."""
        found: defaultdict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        rows = {}
        for number, row in enumerate(self._sent()):
            name, total, at = place(row["header"])
            key = (row["to"], name or f"alone {number}")
            found[key][at] = decoded(bytes.fromhex(row["body"]), row["coding"])
            rows[key] = row["sender"], total
        return [
            Taken(
                key[0],
                rows[key][0],
                tuple(parts[at] for at in sorted(parts)),
                len(parts) == rows[key][1],
            )
            for key, parts in found.items()
        ]

    def doubled(self) -> list[str]:
        """Return the parts that the operator took more than once."""
        seen = Counter(f"{row['to']} {row['header']} {row['body']}" for row in self._sent())
        return [part for part, times in seen.items() if times > 1]

    def throttled(self) -> int:
        """Return how often the operator said that it was too much."""
        return sum("throttled" in row for row in self._rows())

    def logs(self) -> str:
        """Return everything that Kannel wrote into its logs."""
        files = [self.folder / name for name in ("bearerbox.log", "smsbox.log", "log")]
        return "".join(file.read_text(errors="replace") for file in files if file.exists())

    def _sent(self) -> list[dict[str, Any]]:
        return [row for row in self._rows() if "throttled" not in row]

    def _rows(self) -> list[dict[str, Any]]:
        """Return what the operator noted, but no line that it is still writing."""
        lines = self._log.read_text().splitlines(keepends=True) if self._log.exists() else ()
        return [json.loads(line) for line in lines if line.endswith("\n")]

    async def _tell(self, path: str, what: object) -> None:
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"http://127.0.0.1:{self._control}{path}", json=what) as answer,
        ):
            answer.raise_for_status()

    def _changed(
        self, smpp: int, inner: int, changes: Mapping[str, Mapping[str, object]]
    ) -> list[dict[str, str]]:
        ours = {
            "core": {
                "admin-port": self._status,
                "status-password": STATUS,
                "smsbox-port": inner,
                "log-file": self.folder / "bearerbox.log",
                "store-location": made(self.folder / "store"),
                "dlr-spool": made(self.folder / "dlr"),
            },
            "smsc": {"host": "127.0.0.1", "port": smpp, "reconnect-delay": 1},
            "smsbox": {
                "bearerbox-port": inner,
                "sendsms-port": self.sendsms,
                "log-file": self.folder / "smsbox.log",
            },
            "sendsms-user": {"password": PASSWORD},
        }
        groups = on_the_page()
        for group in groups:
            for changed in (ours, changes):
                news = changed.get(group["group"], {})
                group.update({key: f'"{value}"' for key, value in news.items()})
            if "get-url" in group:
                url = group["get-url"].replace("GANTI-SECRET", SECRET)
                group["get-url"] = url.replace(":8080", f":{self.ours}")
        return groups


def on_the_page() -> list[dict[str, str]]:
    """Return the groups of the kannel.conf that the page shows."""
    block = re.search(r"```\n(   group = core.*?)```", PAGE.read_text(), re.DOTALL)
    assert block
    paragraphs = block[1].strip().split("\n\n")
    return [dict(map(_line, group.splitlines())) for group in paragraphs]


def written(groups: list[dict[str, str]]) -> str:
    """Return *groups* as a kannel.conf."""
    return (
        "\n\n".join("\n".join(f"{k} = {v}" for k, v in group.items()) for group in groups) + "\n"
    )


def made(folder: Path) -> Path:
    """Return *folder*, which is there now."""
    folder.mkdir(exist_ok=True)
    return folder


def is_open(port: int) -> bool:
    """Say whether somebody listens on *port*."""
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def _line(line: str) -> tuple[str, str]:
    name, _, value = line.strip().partition(" = ")
    return name, value
