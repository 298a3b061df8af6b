"""How the console holds up when 200 people work in it at once, each page open and listening.

python -m benchmarks.agents [--kind sqlite] [--agents 200] [--seconds 30] [--think 6]

A server of its own over real sockets. Each agent has a session and a stream of news open, opens
the list, then a case of it, asks who else is there, and one case in four is worked on: taken on
where nobody has it, and given a note for colleagues. Between pages everybody reads for a while,
by chance.
"""

import argparse
import asyncio
import html
import re
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import suppress
from random import Random
from statistics import quantiles
from urllib.parse import urljoin

import aiohttp
import psutil

from benchmarks.citizens import BotApi
from benchmarks.console import fill
from benchmarks.crowd import report
from benchmarks.figures import life
from benchmarks.product import KEY, Server, database
from benchmarks.year import DISTRICT
from bot.clock import SystemClock
from casework.staff.sittings import ACTIVE, Sittings
from storage.console.staff import Account, Own
from storage.database.migrate import migrate
from storage.database.sealing import Sealer
from storage.store import Store
from tests.servers import free_port
from web.console.guard import Cookies

ROLES = ("verifier", "call_agent", "supervisor", "verifier")
FIRST_START = 300.0  # seconds: whatever was put in is looked over once
LIST = "/console/worklist"
CASE = re.compile(r'href="(/console/cases/\d{9})"')
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')
HOLD = re.compile(r'<form [^>]*action="[^"]*/hold".*?</form>', re.DOTALL)
NOTE = re.compile(r'<form [^>]*action="[^"]*/note".*?</form>', re.DOTALL)
WORDS = "Berkasnya sudah saya periksa."
WORKED_ON = 4  # of so many cases one
FINE = {200, 303, 409}  # 409: somebody else was quicker, and is shown what they did
BROWSER = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}


class Office:
    """Whoever works in the console at *url*, what it took, and what went wrong."""

    def __init__(self, url: str, think: float) -> None:
        self.url, self.think = url, think
        self.took: defaultdict[str, list[float]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.stop = asyncio.Event()

    async def sit(self, token: str, seed: int) -> None:
        """Work with the session *token* until it is time to stop."""
        cookies, dice = {Cookies(secure=False).session.name: token}, Random(seed)  # noqa: S311 - dice, no secret
        timeout = aiohttp.ClientTimeout(total=None, sock_read=60)
        async with aiohttp.ClientSession(
            self.url, cookies=cookies, headers=BROWSER, timeout=timeout
        ) as browser:
            listens = asyncio.create_task(self._listen(browser))
            while not self.stop.is_set():
                with suppress(aiohttp.ClientError, TimeoutError):
                    await self._work(browser, dice)
            listens.cancel()

    async def _work(self, browser: aiohttp.ClientSession, dice: Random) -> None:
        """Open the list, and one of its cases; now and then do something there."""
        await self._read(dice)
        cases = CASE.findall(await self._page(browser, "list", "GET", LIST))
        await self._read(dice)
        if not cases or self.stop.is_set():
            return
        path = dice.choice(cases)
        page = await self._page(browser, "case", "GET", path)
        await self._page(browser, "who else", "GET", f"{path}/present")
        if dice.randrange(WORKED_ON):
            return
        await self._read(dice)
        hold, note = HOLD.search(page), NOTE.search(page)
        if hold and 'value="take"' in hold[0]:
            form = {**hidden(hold[0]), "do": "take"}
            await self._page(browser, "take on", "POST", f"{path}/hold", form)
        if note:
            form = {**hidden(note[0]), "note": WORDS}
            await self._page(browser, "note", "POST", f"{path}/note", form)

    async def _read(self, dice: Random) -> None:
        """Let somebody read, or be gone when it is time to stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stop.wait(), dice.expovariate(1 / self.think))

    async def _page(
        self,
        browser: aiohttp.ClientSession,
        what: str,
        method: str,
        path: str,
        form: Mapping[str, str] | None = None,
    ) -> str:
        """Return the page, and keep how long it took, redirects followed as a browser does."""
        began = time.perf_counter()
        try:
            async with browser.request(method, path, data=form, allow_redirects=False) as answer:
                text, status = await answer.text(), answer.status
                leads = answer.headers.get("Location", "")
        except (aiohttp.ClientError, TimeoutError):
            self.counts[f"{what}: no answer"] += 1
            raise
        self.took[what].append((time.perf_counter() - began) * 1000)
        if status not in FINE or "sign-in" in leads:
            self.counts[f"{what}: {status}"] += 1
        if status == 303:  # noqa: PLR2004 - see other
            return await self._page(browser, "case", "GET", urljoin(path, leads))
        return text

    async def _listen(self, browser: aiohttp.ClientSession) -> None:
        """Keep the stream of news open, and count what it tells."""
        async with browser.get("/console/live", headers={"Accept": "text/event-stream"}) as answer:
            self.counts["streams"] += answer.status == 200  # noqa: PLR2004 - it is open
            async for line in answer.content:
                self.counts["news"] += line.startswith(b"event: case")
        self.counts["streams that ended"] += 1


def hidden(form: str) -> dict[str, str]:
    """Return the hidden fields of *form*."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(form)}


async def prepare(url: str, agents: int, tickets: int) -> list[str]:
    """Keep tickets and accounts in the database; return the agents' session tokens."""
    await asyncio.to_thread(migrate, url)
    store = await Store.open(url, Sealer.read(KEY), "benchmark")
    await fill(store, [life(seed) for seed in range(1, 101)], tickets)
    now, tokens = SystemClock().now(), [f"{number:032x}" for number in range(agents)]
    for number, token in enumerate(tokens):
        account = Account(
            id=f"s{number}",
            role=ROLES[number % len(ROLES)],
            office=DISTRICT.desk,
            areas=(),
            state=ACTIVE,
            own=Own(name=f"agent.{number}", called=f"Petugas {number}"),
            version=1,
            made=now,
        )
        unit = store.unit()
        unit.add_account(account)
        Sittings(store, DISTRICT).begin(unit, account, token, now, "benchmark")
        await store.commit(unit)
    await store.close()
    return tokens


async def measure(given: argparse.Namespace) -> dict[str, object]:
    """Start a server of its own, and return what a day at it took."""
    bot_api, port = BotApi(), free_port()
    with database(given.kind) as (url, folder):
        tokens = await prepare(url, given.agents, given.tickets)
        await bot_api.open(port)
        server = Server(url, f"http://127.0.0.1:{port}", folder)
        server.start(FIRST_START)
        try:
            return await watched(server, tokens, given)
        finally:
            server.stop()
            await bot_api.close()


async def watched(
    server: Server, tokens: list[str], given: argparse.Namespace
) -> dict[str, object]:
    """Let everybody work at once for a while, and return what it took."""
    office = Office(f"http://127.0.0.1:{server.port}", given.think)
    own = psutil.Process(server.pid)
    people = [asyncio.create_task(office.sit(token, at)) for at, token in enumerate(tokens)]
    await asyncio.sleep(given.warm)
    office.took.clear()
    before, began = sum(own.cpu_times()[:2]), time.perf_counter()
    await asyncio.sleep(given.seconds)
    spent, cpu = time.perf_counter() - began, sum(own.cpu_times()[:2]) - before
    pages = sum(len(one) for one in office.took.values())
    row = told(office, spent) | {
        "streams open": office.counts["streams"] - office.counts["streams that ended"],
        "news told": office.counts["news"],
        "server CPU": f"{cpu / spent:.0%}",
        "CPU a page": f"{cpu * 1000 / max(pages, 1):.0f} ms",
        "MiB": f"{server.memory():.0f}",
    }
    office.stop.set()
    await asyncio.gather(*people, return_exceptions=True)
    return row


def told(office: Office, seconds: float) -> dict[str, object]:
    """Return a row: pages a second, waits of each kind, and all that went wrong."""
    every = sum(len(one) for one in office.took.values())
    row: dict[str, object] = {"pages/s": f"{every / seconds:.1f}"}
    for what, took in sorted(office.took.items()):
        if len(took) > 1:
            cuts = quantiles(took, n=20, method="inclusive")
            row[f"{what} ({len(took)})"] = f"p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms"
    wrong = {name: n for name, n in office.counts.items() if ":" in name}
    return row | {"errors": wrong or 0}


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--tickets", type=int, default=2_000)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--warm", type=float, default=8, help="seconds before it counts")
    parser.add_argument("--think", type=float, default=6, help="seconds between pages, on average")
    given = parser.parse_args()
    row = asyncio.run(measure(given))
    report("agents", {"kind": given.kind, "agents": given.agents, **row})


if __name__ == "__main__":
    main()
