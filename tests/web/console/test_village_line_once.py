"""A line of a village's chat has its effect once, whenever a process dies; a chat has its end."""

from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

import pytest
from msgspec import Struct

from bot.door import Received
from conversations.messages import Channel, Inbound
from storage.database.errors import StoreUnavailable
from storage.store import Store
from storage.unit import Outcome, Unit
from tests.bot.living import settle, story_of
from tests.bot.playing import Citizen
from tests.web.console.board import file
from tests.web.console.calling import KK_END, SITI
from tests.web.console.conftest import Console, console_of
from tests.web.console.test_village_line import CHAT, bound, chat_on, code_of

KEPT = pytest.mark.parametrize("kept", [False, True], ids=["before", "after"])
SEEN = Callable[[Console], Awaitable[int]]


class Lived(Struct):
    """What a first process was told, what it answered, and how often the deed is seen done."""

    message: Inbound
    heard: list[str]
    seen: SEEN


class Dying:
    """A store's `commit` in a process that dies at number *fatal*, which is *kept* or not."""

    def __init__(self, store: Store, fatal: int, *, kept: bool) -> None:
        self._commit = store.commit
        self._left = fatal
        self._kept = kept

    async def __call__(self, unit: Unit) -> Outcome:
        """Commit *unit*, unless this is the end."""
        self._left -= 1
        if self._left:
            return await self._commit(unit)
        if self._kept:
            await self._commit(unit)
        raise StoreUnavailable("killed")


async def deliver(console: Console, message: Inbound, *, kept: bool) -> None:
    """Deliver *message* until it is taken; first the first commit is fatal, then the second."""
    store, received = console.play.house.store, Received.DELIVER_AGAIN
    commit, fatal = store.commit, count(1)
    while received is Received.DELIVER_AGAIN:
        dying = Dying(store, next(fatal), kept=kept)
        store.commit = dying  # type: ignore[method-assign]  # a process that dies
        received = await console.play.house.door.receive(message)
        store.commit = commit  # type: ignore[method-assign]  # the next one lives


async def answers(url: str, folder: Path, lived: Lived) -> tuple[list[str], int]:
    """Return all answers, once a next process was told the same, and how often it was done."""
    async with console_of(url, folder) as heir:
        assert await heir.play.house.door.receive(lived.message) is Received.COMMITTED
        await settle(heir.play)
        told = heir.play.phones.got[lived.message.sender]
        return [*lived.heard, *(one.text for one in told)], await lived.seen(heir)


async def lived(console: Console, chat: Citizen, line: str, seen: SEEN, *, kept: bool) -> Lived:
    """Have *chat* type *line* to a process that dies again and again."""
    before, message = len(chat.heard), chat.message(line)
    await deliver(console, message, kept=kept)
    await settle(console.play)
    return Lived(message, [one.text for one in chat.heard[before:]], seen)


@KEPT
async def test_a_binding(database_url: str, tmp_path: Path, *, kept: bool) -> None:
    """The chat is bound, and hears so, though its code was used up before it was told."""
    async with console_of(database_url, tmp_path) as console:
        browser = await console.sign_in("facilitator")
        actor, line = f"staff:{browser.account.id}", f"/desa {await code_of(browser)}"

        async def seen(heir: Console) -> int:
            return [one.action for one in await heir.audited(actor)].count("account")

        chat = chat_on(console, Channel.TELEGRAM)
        life = await lived(console, chat, line, seen, kept=kept)
    told, times = await answers(database_url, tmp_path, life)
    assert len(told) == times == 1
    assert "Tersambung" in told[0]


@KEPT
@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("catat Rumah kosong.", "disimpan"),
        ("terima", "Sudah"),
        ("naik Di luar desa.", "Sudah"),
        ("naik", "Tulis juga"),
    ],
)
async def test_a_deed(
    database_url: str, tmp_path: Path, typed: str, says: str, *, kept: bool
) -> None:
    """A note stands once, a step is taken once, and the answer to either comes once."""
    async with console_of(database_url, tmp_path) as console:
        code = await file(console, number=1)
        await settle(console.play)
        _, chat = await bound(console)
        if typed.startswith("naik"):
            await chat.say(f"/desa {code} terima")
        before = await story_of(console.play, code)

        async def seen(heir: Console) -> int:
            notes = await heir.play.house.store.notes_of(code)
            return len(notes) + len(await story_of(heir.play, code)) - len(before)

        life = await lived(console, chat, f"/desa {code} {typed}", seen, kept=kept)
    told, times = await answers(database_url, tmp_path, life)
    assert len(told) == 1
    assert says in told[0]
    assert times == (says != "Tulis juga")


@KEPT
async def test_a_check(database_url: str, tmp_path: Path, *, kept: bool) -> None:
    """What the registry says is counted and noted once, with its answer: never for nothing."""
    async with console_of(database_url, tmp_path) as console:
        browser, chat = await bound(console, "facilitator")
        number = browser.account.id

        async def seen(heir: Console) -> int:
            now = heir.play.clock.now()
            assert await heir.play.house.store.people_looked_up([number], now) == {number: 1}
            looks = [one.action for one in await heir.audited(f"staff:{number}")]
            return looks.count("look_up")

        life = await lived(console, chat, f"/desa cek {SITI} {KK_END}", seen, kept=kept)
    told, times = await answers(database_url, tmp_path, life)
    assert len(told) == times == 1
    assert "terdaftar di DTSEN" in told[0]


async def test_a_chat_ends_by_itself(console: Console) -> None:
    """Used each week it lasts ninety days, unused fourteen; then it takes a new code."""
    browser, chat = await bound(console)
    for _ in range(8):
        console.play.clock.move(days=11)
        assert "/desa tiket" in await chat.say("/desa")
    console.play.clock.move(days=2)
    assert "belum tersambung" in await chat.say("/desa")
    again = await console.seat(browser.account)
    assert "Tersambung" in await chat.say(f"/desa {await code_of(again)}")
    console.play.clock.move(days=14)
    assert "belum tersambung" in await chat.say("/desa")
    assert "1 obrolan tersambung" not in (await (await console.seat(browser.account)).get(CHAT))[1]
