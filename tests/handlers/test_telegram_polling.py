"""Long polling: an update is confirmed to Telegram only when it is committed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.channels.opening import TAKEN
from conversations.messages import Inbound
from handlers import telegram_polling
from handlers.telegram import read
from handlers.telegram_polling import Polling, Take
from tests.fakes.bot_api import TOKEN, BotApi, Trouble
from tests.handlers.telegram_expected import NOW
from web.hooks.webhooks import OK, Webhook

Poll = Callable[[Take], None]
SENDER = {"id": 7, "is_bot": False, "first_name": "Warga"}


def update(number: int) -> dict[str, int]:
    """Return an update of no kind."""
    return {"update_id": number}


async def soon(true: Callable[[], bool]) -> None:
    """Wait until *true* is, at most two seconds."""
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it did not come about")


@pytest.fixture
async def poll(bot_api: BotApi, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Poll]:
    """Return a way to start polling, with short pauses."""
    monkeypatch.setattr(telegram_polling, "PAUSES", (0.02,))
    polling, tasks = Polling(bot_api.url, TOKEN, wait=1), []
    yield lambda take: tasks.append(asyncio.create_task(polling.run(take)))
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await polling.close()


def keeping(seen: list[int], good: Callable[[int], bool] = lambda _: True) -> Take:
    """Return a take that notes the numbers it saw and commits those that are *good*."""

    async def take(body: bytes) -> bool:
        number = json.loads(body)["update_id"]
        seen.append(number)
        return good(number)

    return take


async def test_updates_arrive_and_are_confirmed(bot_api: BotApi, poll: Poll) -> None:
    """What waited and what comes later is taken once each."""
    seen: list[int] = []
    bot_api.deliver(update(1), update(2))
    poll(keeping(seen))
    await soon(lambda: bot_api.confirmed == 2)
    bot_api.deliver(update(5))
    await soon(lambda: bot_api.confirmed == 5)
    assert seen == [1, 2, 5]


async def test_nothing_after_a_failure_is_confirmed(bot_api: BotApi, poll: Poll) -> None:
    """While one update cannot be committed, it and those after it come again."""
    seen: list[int] = []
    open_again = asyncio.Event()
    bot_api.deliver(update(1), update(2), update(3))
    poll(keeping(seen, lambda number: number != 2 or open_again.is_set()))
    await soon(lambda: seen.count(2) >= 3)
    assert bot_api.confirmed == 1
    open_again.set()
    await soon(lambda: bot_api.confirmed == 3)


async def test_an_update_that_breaks_us_ends_nothing(bot_api: BotApi, poll: Poll) -> None:
    """It comes again while those before it are confirmed; once whole, it and the rest are."""
    seen: list[int] = []

    def good(number: int) -> bool:
        if number == 2 and seen.count(2) <= 2:
            raise LookupError("a citizen's words")
        return True

    bot_api.deliver(update(1), update(2), update(3))
    with capture_logs() as logs:
        poll(keeping(seen, good))
        await soon(lambda: bot_api.confirmed == 3)
    assert seen.count(2) == 3
    assert [entry["error"] for entry in logs] == ["LookupError"] * 2
    assert "words" not in str(logs)


async def test_an_update_that_breaks_us_for_ever_is_passed_over(
    bot_api: BotApi, poll: Poll
) -> None:
    """After TRIES it is left behind, loudly: one message never keeps all others out."""
    seen: list[int] = []

    def good(number: int) -> bool:
        if number == 1:
            raise LookupError
        return True

    bot_api.deliver(update(1), update(2))
    with capture_logs() as logs:
        poll(keeping(seen, good))
        await soon(lambda: bot_api.confirmed == 2)
    assert seen.count(1) == telegram_polling.TRIES
    assert logs[-1]["event"] == "an update was passed over"


async def test_updates_of_a_batch_are_taken_side_by_side(bot_api: BotApi, poll: Poll) -> None:
    """A slow citizen does not hold the others up."""
    everybody = asyncio.Barrier(3)

    async def take(body: bytes) -> bool:
        await everybody.wait()
        return True

    bot_api.deliver(update(1), update(2), update(3))
    poll(take)
    await soon(lambda: bot_api.confirmed == 3)


async def test_what_cannot_be_read_blocks_nobody(bot_api: BotApi, poll: Poll) -> None:
    """An update that nobody will ever understand is confirmed, and those behind it are taken."""
    heard: list[Inbound] = []

    async def receive(inbound: Inbound) -> int:
        heard.append(inbound)
        return OK

    webhook = Webhook(read, receive, lambda: NOW)

    async def take(body: bytes) -> bool:
        return await webhook.deliver(body) in TAKEN

    bot_api.deliver(message(1, date=10**18), message(2, chat="nobody's"), message(3))
    poll(take)
    await soon(lambda: bot_api.confirmed == 3)
    assert [inbound.message_id for inbound in heard] == ["3"]
    bot_api.violations.clear()  # which were the point


def message(number: int, **parts: object) -> dict[str, Any]:
    """Return an update with a citizen's message, and *parts* in it."""
    usual = {"message_id": 1, "date": 5, "chat": {"id": 7, "type": "private"}, "from": SENDER}
    return {"update_id": number, "message": usual | {"text": "halo"} | parts}


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble(500),
        Trouble(409, "Conflict: terminated by other getUpdates request"),
        Trouble(429, "Too Many Requests", retry_after=0.05),
        Trouble(200, page='{"ok":true,"result":5}'),
        Trouble(200, page='{"ok":true,"result":[5]}'),
        Trouble(200, page="<html>"),
    ],
)
async def test_trouble_is_waited_out(bot_api: BotApi, poll: Poll, trouble: Trouble) -> None:
    """Polling logs why it waits, without the token, and goes on."""
    seen: list[int] = []
    bot_api.troubles.append(trouble)
    bot_api.deliver(update(1))
    with capture_logs() as logs:
        poll(keeping(seen))
        await soon(lambda: bot_api.confirmed == 1)
    assert [entry["event"] for entry in logs] == ["telegram polling waits"]
    assert TOKEN not in str(logs)


async def test_only_what_we_read_is_asked_for(bot_api: BotApi, poll: Poll) -> None:
    """Telegram need not send kinds of updates that we would skip."""
    poll(keeping([]))
    await soon(lambda: bool(bot_api.sent("getUpdates")))
    assert bot_api.sent("getUpdates")[0]["allowed_updates"] == [
        "message",
        "callback_query",
        "my_chat_member",
    ]
