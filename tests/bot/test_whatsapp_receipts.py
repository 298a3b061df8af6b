"""Meta tells what became of our messages, and the ticket knows it: read, or never delivered."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from referrals import commands
from storage.database.migrate import migrate
from tests.bot.living import letters_of, live, settle, story_of
from tests.bot.test_whatsapp import NUMBER, USER, file_papers, known
from tests.bot.test_whole_loop import act
from tests.bot.whatsapping import Person, Town, open_town
from tests.fakes.graph_api import GraphApi

UNDELIVERABLE = 131026
WAITED = 11  # days: longer than a citizen's silence may last


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """Give a house on WhatsApp."""
    migrate(database_url)
    api = GraphApi()
    await api.start()
    async with open_town(database_url, tmp_path, api) as found:
        yield found
    await api.close()


async def asked(town: Town) -> tuple[Person, str]:
    """Return somebody whose KTP was printed, and the code of their ticket; they were asked."""
    person = await known(town)
    code = await file_papers(person)
    await act(town.play, commands.Accept(leg=1))
    await person.next()
    await act(town.play, commands.Resolve(leg=1), "KTP baru sudah dicetak")
    await settle(town.play)  # the photo comes first, then the question
    return person, code


def told(town: Town, person: Person, status: str, *errors: int) -> bytes:
    """Return Meta's delivery of what became of the newest message to *person*."""
    body = json.loads(person.delivery("text", {"body": ""}))
    value = body["entry"][0]["changes"][0]["value"]
    del value["messages"]
    value["statuses"] = [
        {
            "id": "wamid.7",
            "status": status,
            "timestamp": str(int(town.clock.now().timestamp())),
            "recipient_id": NUMBER,
            "recipient_user_id": USER,
            "biz_opaque_callback_data": person.got[-1]["biz_opaque_callback_data"],
            "errors": [{"code": code, "title": "x"} for code in errors],
        }
    ]
    return json.dumps(body).encode()


async def test_read_starts_the_clock_of_silence(town: Town) -> None:
    """Delivered, read, sent, twice and out of order: reached once, and closed after ten days."""
    person, code = await asked(town)
    assert "reached" not in await story_of(town.play, code)
    for status in ("delivered", "read", "sent", "delivered"):
        assert await town.post(told(town, person, status)) == 200
        await settle(town.play)
    assert (await story_of(town.play, code)).count("reached") == 1
    await live(town.play, WAITED)
    assert "auto_confirmed" in await story_of(town.play, code)


async def test_undeliverable_goes_to_the_desk(town: Town) -> None:
    """Whom no message reaches is called or visited; their silence closes nothing."""
    person, code = await asked(town)
    for _ in range(2):
        failed = told(town, person, "failed", UNDELIVERABLE)
        assert await town.post(failed) == 200
        await settle(town.play)
    assert (await story_of(town.play, code))[-1] == "not_reached"
    assert ("satu-pintu", "unreached") in await letters_of(town.play, code)
    await live(town.play, WAITED)
    assert "auto_confirmed" not in await story_of(town.play, code)
