"""The ten messages of the dialogue on every channel: messages a second, and CPU per 1,000.

python -m benchmarks.channels [--repeats 3] [--dialogues 200] [--citizens 16] [--databases sqlite]
"""

import argparse
import asyncio
import itertools
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import aiohttp
import psutil
from aiohttp import web

from benchmarks.crowd import report
from benchmarks.product import Server, database, fill, grown_ups, invented
from benchmarks.providers import PROVIDERS, Call, Got, Provider
from tests.servers import free_port

PATIENCE = 30.0  # seconds without a reply: it is lost
WARM = 5  # dialogues before it counts
OK = 200
SKIP = "Lewati"
# What is sent or chosen, and what the answer must hold, in whatever words a channel has.
STEPS = (
    ("cek status", "", r"(?i)setuju"),
    ("", "Setuju", r"NIK"),
    ("123", "", r"(?i)3 angka|16 angka"),
    ("{nik}", "", r"(?i)4 angka|KK"),
    ("{proof}", "", r"(?i)terdaftar"),
    ("Lampu jalan di depan rumah kami mati, gelap sekali kalau malam", "", r"(?i)maksud"),
    ("", "Laporan/Keluhan", r"(?i)di mana|tempat"),
    ("Depan balai desa Sukamaju", "", r"(?i)satu foto|, kirim"),
    ("", SKIP, r"(?i)kirim"),
    ("", "Ya, kirim", r"Terkirim"),
)


class Town:
    """One provider, and everybody who writes through it to one server."""

    def __init__(self, provider: Provider, port: int) -> None:
        self.provider = provider
        self.port = port
        self.counts: Counter[str] = Counter()
        self.inboxes: dict[str, asyncio.Queue[Got]] = {}
        self._numbers = itertools.count(6281100000001 + int(time.time()) % 10_000 * 10_000)
        self._people = itertools.cycle(grown_ups())

    async def open(self, ours: int) -> None:
        """Listen for what we send; we are called on port *ours*."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._taken)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self._http = aiohttp.ClientSession(f"http://127.0.0.1:{ours}")

    async def close(self) -> None:
        """Stop listening."""
        await self._http.close()
        await self._runner.cleanup()

    async def walk(self, dialogues: int, citizens: int) -> float:
        """Have *citizens* at a time walk *dialogues* in all; return the seconds it took."""
        began, left = time.perf_counter(), iter(range(dialogues))
        await asyncio.gather(*(self._some(left) for _ in range(citizens)))
        return time.perf_counter() - began

    async def _some(self, left: Iterator[int]) -> None:
        for _ in left:  # shared by all
            await self._dialogue(str(next(self._numbers)), next(self._people))

    async def _dialogue(self, number: str, row: Mapping[str, str]) -> None:
        inbox = self.inboxes[number] = asyncio.Queue()
        choices: dict[str, str] = {}
        for send, label, expected in STEPS:
            tap = next((value for shown, value in choices.items() if shown.startswith(label)), "")
            said = send.format_map(row) or tap
            if not said and label == SKIP:  # by SMS nobody is asked for a photo
                continue
            if not said:
                self.counts[f"no choice {label!r} among {sorted(choices)}"] += 1
                return
            await self._bring(self.provider.brings(number, said, tapped=not send))
            found = await self._heard(inbox, expected)
            if found is None:
                return
            choices = found
        self.counts["dialogues"] += 1

    async def _bring(self, call: Call) -> None:
        async with self._http.request(
            call.method, call.path, data=call.body or None, headers=call.headers
        ) as answer:
            self.counts["messages"] += answer.status == OK
            self.counts["refused"] += answer.status != OK

    async def _heard(self, inbox: "asyncio.Queue[Got]", expected: str) -> dict[str, str] | None:
        """Return the choices of the answer once all its parts came; None where it is another."""
        text, choices = "", {}
        while not re.search(expected, text):
            try:
                got = await asyncio.wait_for(inbox.get(), PATIENCE)
            except TimeoutError:
                self.counts[f"wanted {expected!r}, got {text[-80:]!r}"] += 1
                return None
            text, choices = text + got.text, {**choices, **got.choices}
        return choices

    async def _taken(self, request: web.Request) -> web.Response:
        got = self.provider.read(request, await request.read())
        if inbox := self.inboxes.get(got.to.removeprefix("+")):
            inbox.put_nowait(got)
        self.counts["sent"] += 1
        return self.provider.answer()


class OnChannel(Server):
    """The product with one channel of all."""

    def __init__(self, url: str, folder: Path, provider: Provider, port: int) -> None:
        super().__init__(url, "http://127.0.0.1:9", folder)
        theirs = provider.settings(f"http://127.0.0.1:{port}", self.port)
        settings = {**theirs, "telegram_token": "", "telegram_mode": "off"}
        self._environment |= {f"SATUPINTU_{n.upper()}": str(v) for n, v in settings.items()}


async def measured(kind: str, name: str, dialogues: int, citizens: int) -> dict[str, object]:
    """Return what one round on a fresh database of *kind* through channel *name* took."""
    with database(kind) as (url, folder):
        await fill(url, invented())
        provider, port = PROVIDERS[name](), free_port()
        server, town = OnChannel(url, folder, provider, port), Town(provider, port)
        await town.open(server.port)
        try:
            await asyncio.to_thread(server.start)
            await town.walk(WARM, 1)
            town.counts.clear()
            before = _cpu(server)
            took = await town.walk(dialogues, citizens)
            spent = _cpu(server) - before
        finally:
            server.stop()
            await town.close()
        wrong = {
            k: n for k, n in town.counts.items() if k not in ("messages", "sent", "dialogues")
        }
        messages = town.counts["messages"]
        return {
            "database": kind, "channel": name, "dialogues": town.counts["dialogues"],
            "sent": town.counts["sent"], "messages a second": round(messages / took, 1),
            "CPU s per 1,000": round(spent / max(messages, 1) * 1000, 2),
            **{k: n for k, n in wrong.items() if n},
        }  # fmt: skip


def _cpu(server: Server) -> float:
    times = psutil.Process(server.pid).cpu_times()
    return float(times.user + times.system)


def median(rounds: list[dict[str, object]]) -> dict[str, object]:
    """Return the middle of *rounds*, figure by figure; what went wrong is added up."""
    found: dict[str, object] = {"database": rounds[0]["database"], "channel": rounds[0]["channel"]}
    for key in dict.fromkeys(key for one in rounds for key in one if key not in found):
        values = [float(str(one.get(key, 0))) for one in rounds]
        found[key] = statistics.median(values) if key in rounds[0] else sum(values)
    return found


def main() -> None:
    """Go round all channels, so that each has the same weather, and print their medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--dialogues", type=int, default=200)
    parser.add_argument("--citizens", type=int, default=16)
    parser.add_argument("--databases", default="sqlite,pg")
    parser.add_argument("--channels", default=",".join(PROVIDERS))
    given = parser.parse_args()
    for kind in given.databases.split(","):
        rounds: dict[str, list[dict[str, object]]] = {}
        for _ in range(given.repeats):
            for name in given.channels.split(","):
                one = asyncio.run(measured(kind, name, given.dialogues, given.citizens))
                rounds.setdefault(name, []).append(one)
        for found in rounds.values():
            report("channels", median(found))


if __name__ == "__main__":
    main()
