"""The whole house on WhatsApp: from Meta's signed delivery to the message on the telephone."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from conversations.messages import Address, Channel
from referrals import commands
from referrals.codes import read_code
from referrals.ticket import TicketState
from storage.cases.tickets import Contact
from storage.database.migrate import migrate
from tests.bot.test_whole_loop import MOST_QUESTIONS, act
from tests.bot.whatsapping import VERIFY, Person, Town, choices_of, open_town
from tests.fakes.graph_api import GraphApi

USER, NUMBER = "ID.13491208655302741918", "6281200000001"
WHO = [(USER, NUMBER), (USER, ""), ("", NUMBER)]
EVERYBODY = pytest.mark.parametrize(("user", "number"), WHO, ids=["id and number", "id", "number"])


@pytest.fixture
async def town(database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """Give a house on WhatsApp; at the end every message must have been a valid one."""
    migrate(database_url)
    api = GraphApi()
    await api.start()
    async with open_town(database_url, tmp_path, api) as found:
        yield found
    await api.close()
    assert api.violations == []


async def known(town: Town, user: str = USER, number: str = NUMBER) -> Person:
    """Return somebody who agreed to the privacy notice."""
    person = Person(town, user, number)
    await person.say("halo")
    await person.tap("Setuju")
    return person


async def file_papers(person: Person) -> str:
    """Have *person* file a lost KTP, and return the ticket's code."""
    for label in ("Ajukan", "Rumah", "KTP"):
        await person.tap(label)
    for _ in range(MOST_QUESTIONS):
        labels = [label for _, label in choices_of(person.got[-1])]
        if any(label.startswith("Ya, kirim") for label in labels):
            break
        if "desa" in person.last.lower() and not labels:
            await person.say("Sukamaju")
        elif labels:
            await person.tap(labels[0])
        else:
            await person.say("KTP saya hilang di pasar minggu lalu")
    code = read_code(await person.tap("Ya, kirim"))
    assert code
    return code


@EVERYBODY
async def test_from_need_to_sudah(town: Town, user: str, number: str) -> None:
    """Filed, accepted, solved and confirmed on WhatsApp, by whatever Meta knows people."""
    person = await known(town, user, number)
    code = await file_papers(person)
    await act(town.play, commands.Accept(leg=1))
    accepted = await person.next()
    await act(town.play, commands.Resolve(leg=1), "KTP baru sudah dicetak")
    solved = await person.next(2)  # the photo, and the question
    await person.tap("Sudah")

    stored = await town.house.store.ticket(code)
    assert stored
    assert code[:4] in accepted
    assert "KTP baru sudah dicetak" in solved
    assert stored.ticket.state is TicketState.CLOSED


async def test_doubled_and_reordered_deliveries_do_nothing(town: Town) -> None:
    """Each delivery came twice already; all of them again, backwards, change nothing."""
    person = await known(town)
    await file_papers(person)
    before = len(person.got)
    for body in reversed(person.delivered):
        assert await town.post(body) == 200
    await town.house.outbox._pumps.wait(5)
    found = await town.house.store.tickets_of(Address(Channel.WHATSAPP, USER), 9)
    assert len(person.got) == before
    assert len(found) == 1


async def test_after_a_day_the_news_come_by_template(town: Town) -> None:
    """Who did not write for a day hears of their ticket all the same, and can tap its status."""
    person = await known(town)
    code = await file_papers(person)
    town.clock.move(hours=25)
    town.api.shut.add(USER)
    await act(town.play, commands.Accept(leg=1))
    told = await person.next()
    assert person.got[-1]["type"] == "template"
    assert read_code(told) == code

    town.api.shut.clear()
    button = person.got[-1]["template"]["components"][1]
    tapped = {"payload": button["parameters"][0]["payload"], "text": "Lihat status"}
    status = await person._talk("button", tapped)
    assert person.got[-1]["type"] != "template"
    assert code[:4] in status


@pytest.mark.parametrize(
    ("wish", "sure", "told"),
    [("HAPUS", "Ya, hapus", "Sudah kami hapus"), ("TARIK PERSETUJUAN", "Ya, tarik", "berhenti")],
)
async def test_the_last_word_is_an_ordinary_message(
    town: Town, wish: str, sure: str, told: str
) -> None:
    """Who has everything erased reads so in an answer: a template costs, and may be refused."""
    person = await known(town)
    await person.say(wish)
    assert told in await person.tap(sure)
    assert person.got[-1]["type"] != "template"
    assert await town.house.store.session(Address(Channel.WHATSAPP, USER)) is None
    assert "Satu Pintu" in await person.say("halo")


async def test_a_wrong_signature_is_not_read(town: Town) -> None:
    """401, and nothing happens: wrong, missing, and of other bytes."""
    person = Person(town, USER, NUMBER)
    body = person.delivery("text", {"body": "halo"})
    for wrong in ("", "sha256=" + "0" * 64, "sha1=x"):
        assert await town.post(body, wrong) == 401
    assert await town.post(b"{") == 400
    assert await town.post(b"x" * ((3 << 20) + 1)) == 413
    assert person.got == []


async def test_meta_verifies_the_webhook(town: Town) -> None:
    """Meta's number comes back to who knows our word, and to nobody else."""
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
    async with town.client.get("/whatsapp", params=asked) as answer:
        assert (answer.status, await answer.text()) == (200, "1158201444")
    async with town.client.get("/whatsapp", params=asked | {"hub.verify_token": "x"}) as answer:
        assert (answer.status, await answer.text()) == (403, "")


async def test_a_receipt_and_a_message_of_one_delivery_are_both_taken(town: Town) -> None:
    """What Meta bundles is taken apart: the receipt is noted, the message answered."""
    person = Person(town, USER, NUMBER)
    body = json.loads(person.delivery("text", {"body": "halo"}))
    status = {"id": "wamid.1", "status": "delivered", "timestamp": "1763791200"}
    body["entry"][0]["changes"][0]["value"]["statuses"] = [status | {"recipient_id": NUMBER}]
    assert await town.post(json.dumps(body).encode()) == 200
    await town.api.wait_for(USER, 1)


async def test_stickers_and_reactions_are_answered_kindly(town: Town) -> None:
    """Nobody stays without an answer for what we cannot read, nor reads the same one again."""
    person = await known(town)
    sorry = await person._talk("sticker", {"id": "7", "mime_type": "image/webp"})
    again = await person._talk("reaction", {"message_id": "wamid.1", "emoji": "x"})
    assert "stiker" in sorry
    assert "sulit menulis" in again


async def test_who_comes_with_an_id_keeps_what_they_had_by_number(town: Town) -> None:
    """Known by number, then with an id for us: the talk goes on, and the ticket is theirs."""
    before = await known(town, "", NUMBER)
    code = await file_papers(before)
    after = Person(town, USER, NUMBER)
    told = await after.say(f"lacak {code}")
    assert code[:4] in told
    await act(town.play, commands.Accept(leg=1))
    assert code[:4] in await after.next()


async def test_a_changed_number_takes_everything_along(town: Town) -> None:
    """WhatsApp says that somebody has another number: notices go there from now on."""
    before = await known(town, "", NUMBER)
    code = await file_papers(before)
    news = {"type": "user_changed_number", "wa_id": "6281200000002", "body": "User W changed"}
    for _ in range(2):
        assert await town.post(before.delivery("system", news)) == 200
    after = Person(town, "", "6281200000002")
    await act(town.play, commands.Accept(leg=1))
    assert code[:4] in await after.next()


CHANGED = {"type": "user_changed_number", "wa_id": "6281200000002", "body": "User W changed"}


async def test_a_change_told_again_moves_nobody_else(town: Town) -> None:
    """Whoever has the old number by then keeps what is theirs, also from an older delivery."""
    before = await known(town, "", NUMBER)
    news, late = before.delivery("system", CHANGED), before.delivery("system", CHANGED)
    assert await town.post(news) == 200
    town.clock.move(days=2)
    await before.say("halo")
    await before.tap("Setuju")
    theirs = await file_papers(before)
    for body in (news, late):
        assert await town.post(body) == 200
    stored = await town.house.store.ticket(theirs)
    assert stored
    assert stored.contact.address == Address(Channel.WHATSAPP, NUMBER)
    assert await town.house.store.is_known(Address(Channel.WHATSAPP, NUMBER))


async def test_a_change_told_twice_counts_once_even_of_a_silent_number(town: Town) -> None:
    """It is known by its id, and not by what was written since: a letter filed it for them."""
    before = await known(town, "", NUMBER)
    news = before.delivery("system", CHANGED)
    assert await town.post(news) == 200
    store, old = town.house.store, Address(Channel.WHATSAPP, NUMBER)
    unit = store.unit()
    unit.join_party("482109380", "reporter", Contact(old, "id"), town.clock.now())
    await store.commit(unit)
    assert await town.post(news) == 200
    assert len(await store.parts_of(old)) == 1
