"""Citizens who walk through one dialogue on Telegram, and the Bot API that hears of it."""

import asyncio
import itertools
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from msgspec import Struct

SCRIPT = Path(__file__).with_name("product.json")
AGAIN = 0.1  # seconds before an update that was not answered 200 is delivered again
PATIENCE = 30.0  # seconds without a reply after a 200: it is lost
OK = 200
ME = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Step(Struct, frozen=True):
    """What a citizen sends or presses, and what the reply must look like."""

    expect: str
    send: str = ""
    press: str = ""
    entry: bool = False


class Got(Struct, frozen=True):
    """A message that reached a citizen; buttons by label."""

    text: str
    buttons: dict[str, str]


def script() -> tuple[Step, ...]:
    """Return the dialogue's steps."""
    steps = json.loads(SCRIPT.read_text())["steps"]
    return tuple(Step(**step) for step in steps)


class BotApi:
    """The Bot API's side: takes every call, hands messages to their citizens."""

    def __init__(self) -> None:
        self.citizens: dict[int, Citizen] = {}
        self._ids = itertools.count(1)
        self._runner: web.AppRunner | None = None

    async def open(self, port: int) -> None:
        """Listen on *port*."""
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._called)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()

    async def close(self) -> None:
        """Stop listening."""
        if self._runner:
            await self._runner.cleanup()

    async def _called(self, request: web.Request) -> web.Response:
        call = await read_call(request)
        method = request.match_info["method"]
        if method != "sendMessage":
            return web.json_response({"ok": True, "result": ME if method == "getMe" else True})
        chat = int(call["chat_id"])
        if citizen := self.citizens.get(chat):
            citizen.inbox.put_nowait(Got(str(call["text"]), buttons(call.get("reply_markup"))))
        message = {"message_id": next(self._ids), "date": 0, "text": call["text"]}
        result = {**message, "chat": {"id": chat, "type": "private"}}
        return web.json_response({"ok": True, "result": result})


async def read_call(request: web.Request) -> dict[str, Any]:
    """Return a call's arguments, whether they came as JSON or as a form."""
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post())


def buttons(markup: object) -> dict[str, str]:
    """Return a keyboard's labels and what pressing each sends."""
    keyboard = json.loads(markup) if isinstance(markup, str) else markup
    if not isinstance(keyboard, dict):
        return {}
    found = itertools.chain.from_iterable(
        [*keyboard.get("inline_keyboard", ()), *keyboard.get("keyboard", ())]
    )
    return {key["text"]: key.get("callback_data", "") for key in found}


class World(Struct):
    """What all citizens of one run share."""

    http: aiohttp.ClientSession
    target: str
    counts: Counter[str]
    ids: Callable[[], int]  # the next update's id
    told: set[str]  # ticket codes that citizens were told


class Citizen:
    """One citizen, for one dialogue."""

    def __init__(self, world: World, chat: int, row: Mapping[str, str]) -> None:
        self.world, self.chat, self.row = world, chat, {**row, "uid": str(chat % 1_000_000)}
        self.inbox: asyncio.Queue[Got] = asyncio.Queue()
        self.updates: list[dict[str, Any]] = []
        self._seen: set[str] = set()
        self._last = Got("", {})

    async def walk(self, steps: tuple[Step, ...]) -> bool:
        """Go through *steps*; return False where a reply was lost or not this step's."""
        for step in steps:
            update = self.update(step)
            if update is None:
                self.world.counts["no such button"] += 1
                return False
            self.updates.append(update)
            await self.deliver(update)
            if not await self.answered(step):
                return False
        self.world.counts["dialogues"] += 1
        return True

    async def deliver(self, update: dict[str, Any]) -> None:
        """Post *update* until it is answered 200, as Telegram does."""
        while not await post(self.world, update):
            self.world.counts["delivered again"] += 1
            await asyncio.sleep(AGAIN)

    def update(self, step: Step) -> dict[str, Any] | None:
        """Return the update that *step* makes, or None where there is no such button."""
        who = {"id": self.chat, "is_bot": False, "first_name": "Warga", "language_code": "id"}
        chat = {"id": self.chat, "type": "private", "first_name": "Warga"}
        number = self.world.ids()
        message = {"message_id": number, "from": who, "chat": chat, "date": int(time.time())}
        if not step.press:
            text = step.send.format_map(self.row)
            return {"update_id": number, "message": {**message, "text": text}}
        label = next((b for b in self._last.buttons if re.search(step.press, b)), None)
        if label is None:
            return None
        query = {"id": str(number), "from": who, "chat_instance": "1", "message": message}
        pressed = {**query, "data": self._last.buttons[label]}
        return {"update_id": number, "callback_query": pressed}

    async def answered(self, step: Step) -> bool:
        """Read the reply to *step*; return False where it is lost or another's."""
        while True:
            try:
                got = await asyncio.wait_for(self.inbox.get(), PATIENCE)
            except TimeoutError:
                self.world.counts["replies lost"] += 1
                return False
            if found := re.search(filled(step.expect, self.row), got.text):
                break
            if got.text not in self._seen:
                self.world.counts["thrown back"] += 1
                self.world.counts[f"  wanted {step.expect[:30]!r}, got {got.text[:60]!r}"] += 1
                return False
            self.world.counts["replies repeated"] += 1
        self._seen.add(got.text)
        self._last = got
        if ticket := found.groupdict().get("ticket"):
            self.world.told.add(re.sub(r"\D", "", ticket))
        return True


async def post(world: World, update: dict[str, Any]) -> bool:
    """Deliver *update* once; say whether it was answered 200."""
    try:
        async with world.http.post(world.target, json=update) as answer:
            return answer.status == OK
    except (aiohttp.ClientError, TimeoutError, ConnectionError):
        return False


def filled(pattern: str, row: Mapping[str, str]) -> str:
    """Return *pattern* with its {variables} replaced by what must stand there."""
    return re.sub(r"\{([a-z]\w*)\}", lambda hole: re.escape(row[hole[1]]), pattern)
