"""What one message costs in instructions of Python and calls of functions, from bytes to bytes.

python -m benchmarks.instructions [--databases sqlite,pg] [--by room|module|function|step]

Seconds swing by half on a shared machine, instructions hardly at all. The product runs in this
process, on a database of its own; each delivery enters as the webhook's body and leaves as the
call that is handed to the wire. Citizens of the load are not counted, nor is what lies outside
turns: sockets, the fast lane, timers.
"""

import argparse
import asyncio
import itertools
import json
import sys
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import uvloop
from msgspec import Struct

from benchmarks.citizens import Citizen, Got, Step, World, buttons, script
from benchmarks.crowd import CHATS, report
from benchmarks.product import ROOT, TOKEN, database, environment, fill, grown_ups, invented
from bot.assembly import House, open_house
from bot.channels.hooks import Hooks
from bot.channels.opening import Channels
from bot.clock import SystemClock
from bot.running.background import Background
from bot.settings import read
from conversations.messages import Channel
from handlers.pace import Pace
from handlers.telegram import Telegram
from handlers.wire import Wire
from handlers.wire_connection import Answer
from web.hooks.webhooks import Webhook

OK = 200
TAKEN = Answer(OK, b'{"ok":true}', None)
PATIENCE = 30.0  # seconds for the replies to one step
LIBRARIES = "(libraries)"
OURS = "benchmarks/"  # what counts is not counted


class Spent(Struct):
    """What some code took."""

    instructions: int = 0
    calls: int = 0


class Where(Struct, frozen=True):
    """A function, and the step of the dialogue in which it ran."""

    file: str
    function: str
    step: str


class Meter:
    """Counts instructions and calls of every thread while it is switched on."""

    def __init__(self) -> None:
        self.spent: dict[tuple[CodeType, str], Spent] = {}
        self._on = False
        self._step = ""

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Have this thread, and each that starts in here, counted where the meter is on."""
        threading.settrace(self._called)
        sys.settrace(self._called)
        try:
            yield
        finally:
            sys.settrace(None)
            threading.settrace(None)

    @contextmanager
    def on(self, step: str) -> Iterator[None]:
        """Count what runs in here as part of *step*."""
        self._on, self._step = True, step
        try:
            yield
        finally:
            self._on = False

    def _called(
        self, frame: FrameType, _event: str, _argument: object
    ) -> Callable[..., Any] | None:
        """Count a call, or a coroutine that goes on; return what counts its instructions."""
        if not self._on:
            return None
        spent = self.spent.setdefault((frame.f_code, self._step), Spent())
        spent.calls += 1
        frame.f_trace_lines, frame.f_trace_opcodes = False, True

        def went_on(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
            if event == "opcode":
                spent.instructions += 1
            return went_on

        return went_on

    def by(self, name: Callable[[Where], str]) -> dict[str, Spent]:
        """Return what was spent, added up by what *name* calls the places."""
        found: dict[str, Spent] = {}
        for (code, step), spent in self.spent.items():
            if (place := Where(_file(code), code.co_qualname, step)).file.startswith(OURS):
                continue
            total = found.setdefault(name(place), Spent())
            total.instructions += spent.instructions
            total.calls += spent.calls
        return found


def _file(code: CodeType) -> str:
    """Return the file of our own code, LIBRARIES for all other."""
    path = Path(code.co_filename)
    ours = path.is_relative_to(ROOT) and ".venv" not in path.parts
    return str(path.relative_to(ROOT)) if ours else LIBRARIES


BY: dict[str, Callable[[Where], str]] = {
    "room": lambda place: place.file.partition("/")[0],
    "module": lambda place: place.file,
    "function": lambda place: f"{place.file} {place.function}",
    "step": lambda place: place.step,
}


class DeafWire(Wire):
    """A wire whose other end takes everything at once and keeps what citizens will read."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9")
        self.sent: list[bytes] = []
        self.all_there = asyncio.Event()
        self._awaited = 0

    async def post(self, head: bytes, body: bytes, *, once: bool = False) -> Answer:  # noqa: ARG002 - what a Wire is called with
        if b"/sendMessage" in head:
            self.sent.append(body)
            if len(self.sent) == self._awaited:
                self.all_there.set()
        return TAKEN

    def await_again(self, count: int) -> None:
        """Begin to wait for *count* messages."""
        self._awaited = count
        self.sent.clear()
        self.all_there.clear()


class Town(Struct):
    """The product in this process, and what its citizens are made with."""

    house: House
    webhook: Webhook
    wire: DeafWire
    world: World
    people: Iterator[dict[str, str]]

    async def dialogues(self, count: int, steps: tuple[Step, ...], meter: Meter) -> None:
        """Have *count* newcomers walk through *steps* side by side; *meter* counts what we do."""
        chats = itertools.islice(CHATS, count)
        citizens = {chat: Citizen(self.world, chat, next(self.people)) for chat in chats}
        for number, step in enumerate(steps, start=1):
            updates = [json.dumps(one.update(step)).encode() for one in citizens.values()]
            self.wire.await_again(count)
            with meter.on(f"{number:2} {step.send or step.press}"):
                await self._deliver(updates)
            for call in map(json.loads, self.wire.sent):
                got = Got(call["text"], buttons(call.get("reply_markup")))
                citizens[call["chat_id"]].inbox.put_nowait(got)
            for citizen in citizens.values():
                if not await citizen.answered(step):
                    raise RuntimeError(f"not answered as the script says: {self.world.counts}")

    async def _deliver(self, updates: list[bytes]) -> None:
        """Return when all is answered 200, every reply has left, and that is kept."""
        loop = asyncio.get_running_loop()
        taken = [loop.create_task(self.webhook.deliver(update)) for update in updates]
        for one in taken:
            if await one != OK:
                raise RuntimeError("a delivery was not taken")
        await asyncio.wait_for(self.wire.all_there.wait(), PATIENCE)
        await self.house.store._group.drain()  # noqa: SLF001 - only servers that end do so otherwise


@asynccontextmanager
async def town(url: str, folder: Path) -> AsyncIterator[Town]:
    """Open the product on *url*, with the wire's other end in place of Telegram."""
    wire, background = DeafWire(), Background()
    sender = Telegram(wire, TOKEN, Pace(0, 0))
    settings = read(environment(url, 1, "http://127.0.0.1:9", folder))
    channels = Channels(
        settings=settings,
        senders={Channel.TELEGRAM: sender},
        background=background,
        telegram=sender,
    )
    house = await open_house(settings, SystemClock(), channels.senders)
    await house.outbox.sweep()
    ids = itertools.count(1)
    world = World(None, "", Counter(), lambda: next(ids), set())  # type: ignore[arg-type]  # no HTTP here
    people = itertools.cycle(grown_ups())
    try:
        yield Town(house, Hooks.of(house, channels).telegram, wire, world, people)
    finally:
        await background.close()
        await house.close()


async def measured(url: str, folder: Path, citizens: int, rounds: int) -> tuple[Meter, int]:
    """Return what *rounds* of dialogues took, after one that warms up, and their messages."""
    meter, idle, steps = Meter(), Meter(), script()
    with meter.installed():
        async with town(url, folder) as place:
            await place.dialogues(citizens, steps, idle)
            for _ in range(rounds):
                await place.dialogues(citizens, steps, meter)
    return meter, rounds * citizens * len(steps)


def table(meter: Meter, messages: int, by: str, most: int) -> str:
    """Return *most* rows of Markdown, the dearest first: a message's share, of a step's own."""
    share = messages / len(script()) if by == "step" else messages
    found = meter.by(BY[by])
    names = sorted(found, key=lambda name: name if by == "step" else -found[name].instructions)
    lines = [f"| {by} | instructions | calls |", "| --- | --- | --- |"]
    for name in names[:most]:
        spent = found[name]
        lines.append(f"| {name} | {spent.instructions / share:.1f} | {spent.calls / share:.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Count, and print the table and the sums."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--databases", default="sqlite,pg")
    parser.add_argument("--citizens", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--most", type=int, default=40, help="lines of a table")
    parser.add_argument("--by", choices=BY, default="module")
    given = parser.parse_args()
    for kind in given.databases.split(","):
        with database(kind) as (url, folder):
            asyncio.run(fill(url, invented()))
            counting = measured(url, folder, given.citizens, given.rounds)
            meter, messages = uvloop.run(counting)
        print(table(meter, messages, given.by, given.most))
        whole = meter.by(lambda _: "")[""]
        report(
            "instructions",
            {
                "database": kind,
                "instructions a message": round(whole.instructions / messages),
                "calls a message": round(whole.calls / messages),
            },
        )


if __name__ == "__main__":
    main()
