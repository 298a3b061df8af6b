"""The server as an operator runs it: killed, restarted, refused, asked how it is."""

import asyncio
import io
import itertools
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.bot.playing import DISTRICT, KEY
from tests.fakes.bot_api import TOKEN, BotApi
from tests.servers import free_port, tied_to_parent

SECRET = "a-secret-for-tests"
MESSAGES = ("halo", "bantuan", "darurat", "bahasa", "petugas", "menu")
READY, ENOUGH = 30.0, 60.0  # seconds
KILLS = 3

updates = itertools.count(1)


class Server:
    """`satupintu serve` in a process of its own, to be killed and started again."""

    def __init__(self, database: str, folder: Path, bot_api: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        settings = {
            "DATABASE_URL": database,
            "DATA_DIR": str(folder),
            "KEY": KEY,
            "DISTRICT": str(DISTRICT),
            "PORT": str(self.port),
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_SECRET": SECRET,
            "TELEGRAM_API_URL": bot_api,
            "TELEGRAM_RATE": "0",
            "TELEGRAM_CHAT_RATE": "0",
            "FLOOD_RATE": "0",
        }
        self._settings = {f"SATUPINTU_{name}": value for name, value in settings.items()}
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start, and return when it answers."""
        self._process = subprocess.Popen(  # noqa: ASYNC220 - starting takes no time
            [sys.executable, "-m", "bot", "serve"],
            env={**os.environ, **self._settings},
            preexec_fn=tied_to_parent(None, signal.SIGKILL),  # noqa: PLW1509 - it only sets a signal
        )
        async with asyncio.timeout(READY), aiohttp.ClientSession() as http:
            while True:
                try:
                    async with http.get(f"{self.url}/healthz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    await asyncio.sleep(0.05)

    async def kill(self, how: signal.Signals = signal.SIGKILL) -> int:
        """End the process and return its status."""
        assert self._process
        self._process.send_signal(how)
        return await asyncio.to_thread(self._process.wait, 20)


@pytest.fixture
async def bot_api() -> AsyncIterator[BotApi]:
    """Give a fake Bot API."""
    api = BotApi()
    await api.start()
    yield api
    await api.close()


@pytest.fixture
async def server(database_url: str, tmp_path: Path, bot_api: BotApi) -> AsyncIterator[Server]:
    """Give a running server."""
    running = Server(database_url, tmp_path, bot_api.url)
    await running.start()
    yield running
    await running.kill()


def update(chat: int, text: str) -> dict[str, object]:
    """Return an update as Telegram writes it."""
    number = next(updates)
    who = {"id": chat, "is_bot": False, "first_name": "Warga", "language_code": "id"}
    message = {
        "message_id": number,
        "date": 1795400000,
        "chat": {"id": chat, "type": "private"},
        "from": who,
        "text": text,
    }
    return {"update_id": number, "message": message}


async def deliver(
    http: aiohttp.ClientSession, server: Server, body: object, secret: str = SECRET
) -> int:
    """Deliver once and return the status, 0 when nobody answered."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    try:
        async with http.post(f"{server.url}/telegram", json=body, headers=headers) as answer:
            return answer.status
    except aiohttp.ClientError:
        return 0


async def persist(http: aiohttp.ClientSession, server: Server, body: object) -> None:
    """Deliver until it is taken, as Telegram does."""
    while await deliver(http, server, body) != 200:  # noqa: ASYNC110 - as Telegram does
        await asyncio.sleep(0.1)


async def replies_to(bot_api: BotApi, chats: range, each: int) -> None:
    """Return when every chat got *each* different replies."""
    async with asyncio.timeout(ENOUGH):
        while True:
            told = {(call["chat_id"], call["text"]) for call in bot_api.sent()}
            got = Counter(chat for chat, _ in told)
            if all(got[chat] >= each for chat in chats):
                return
            await asyncio.sleep(0.05)


@pytest.mark.slow
async def test_kill_9_loses_nothing_and_throws_nobody_back(
    server: Server, bot_api: BotApi
) -> None:
    """Killed three times under load: every message is answered, in its conversation's order.

    A reply is told again only where it was told just before a kill, with those that followed it.
    """
    chats = range(5001, 5021)

    async def talk(http: aiohttp.ClientSession, chat: int) -> None:
        for text in MESSAGES:
            await persist(http, server, update(chat, text))

    async def kill_now_and_then() -> None:
        for _ in range(KILLS):
            await asyncio.sleep(0.7)
            await server.kill()
            await server.start()

    async with asyncio.timeout(ENOUGH), aiohttp.ClientSession() as http:
        await asyncio.gather(kill_now_and_then(), *(talk(http, chat) for chat in chats))
    await replies_to(bot_api, chats, len(MESSAGES))

    heard = [
        [call["text"] for call in bot_api.sent() if call["chat_id"] == chat] for chat in chats
    ]
    (told,) = {tuple(dict.fromkeys(texts)) for texts in heard}
    assert len(told) == len(MESSAGES)
    assert sum(map(len, heard)) <= len(chats) * (len(MESSAGES) + KILLS)
    assert not bot_api.violations


async def test_what_is_not_ours_is_turned_away(server: Server, bot_api: BotApi) -> None:
    """Wrong secret 401, broken JSON 400, a body over 1 MB 413: constant, and without effect."""
    async with aiohttp.ClientSession() as http:
        statuses = [
            await deliver(http, server, update(1, "halo"), secret="wrong"),
            await deliver(http, server, update(1, "halo"), secret=""),
            await deliver(http, server, "no update"),
            await deliver(http, server, {"update_id": next(updates), "poll": {}}),
        ]

        large = io.BytesIO(b"x" * 1_100_000)
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with http.post(f"{server.url}/telegram", data=large, headers=headers) as answer:
            statuses.append(answer.status)

    assert statuses == [401, 401, 400, 200, 413]
    assert not bot_api.sent()


async def test_an_orderly_end_leaves_nothing_behind(server: Server, bot_api: BotApi) -> None:
    """SIGTERM answers what was taken, and ends well."""
    async with aiohttp.ClientSession() as http:
        await persist(http, server, update(7, "halo"))
    status = await server.kill(signal.SIGTERM)
    await server.start()
    await asyncio.sleep(0.5)

    assert status == 0
    assert len(bot_api.sent()) == 1


async def test_operators_can_ask(server: Server) -> None:
    """Health, readiness and numbers are there; the demo's pages are not."""
    async with aiohttp.ClientSession() as http:
        told = {}
        for path in ("/healthz", "/readyz", "/metrics", "/simulator", "/inbox", "/agency/x"):
            async with http.get(server.url + path) as answer:
                told[path] = answer.status

    assert told == {
        "/healthz": 200,
        "/readyz": 200,
        "/metrics": 200,
        "/simulator": 404,
        "/inbox": 404,
        "/agency/x": 404,
    }
