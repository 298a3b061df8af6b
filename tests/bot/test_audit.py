"""Who looks at somebody's data is written down, and they can ask for it."""

import sqlalchemy as sa

from bot.commands.audit import Verified, broken_links
from casework.trail.actions import Action, office_actor
from casework.trail.looking import Asker, Look, look_of
from casework.trail.seen import Seen
from conversations.records.sightings import seen_told
from conversations.say import Say
from conversations.turn import FindTicket, TicketsFound
from storage.audit.reading import AuditLine
from storage.cases.ledger import WORDS
from storage.database.statements import Statement
from storage.tables.cases import ticket_words
from tests.bot.playing import Citizen, Play
from tests.bot.test_desk import filed
from tests.bot.test_registry import SITI, SITI_PROOF, ask
from tests.bot.test_whole_loop import file_papers
from tests.storage.samples import SITI as SITI_PHONE
from tests.storage.samples import opened


async def looks(play: Play, nik: str = SITI, code: str = "") -> list[AuditLine]:
    """Return the audit's lines about *nik* and *code*."""
    return await play.house.store.looks_at([code] if code else [], [nik])


async def seen(play: Play, citizen: Citizen, nik: str = "") -> str:
    """Return what *citizen* reads who asks who saw their data."""
    watched = Seen(play.house.store, play.house.district)
    own = await play.house.store.codes_of([citizen.address])
    return seen_told(await watched.of(citizen.address, own, nik), say(play))


def say(play: Play) -> Say:
    """Return the Indonesian voice."""
    return play.house.voices["id"]


async def test_a_look_up_is_written_down_with_its_turn(play: Play) -> None:
    """Who asked about whom, with which outcome: sealed; that somebody asked: for all to prove."""
    citizen = await play.known()
    await ask(citizen, SITI, SITI_PROOF)
    (line,) = await looks(play)
    assert (line.actor, line.action, line.code) == ("citizen", Action.LOOK_UP, "")
    detail = play.house.store.audit_detail(line) or b""
    for told in (citizen.address.id, SITI, "Listed"):
        assert told.encode() in detail
        assert told.encode() not in (line.sealed or b"")


async def test_wrong_proofs_are_written_down_too(play: Play) -> None:
    """A stranger who guesses is seen by whom they guessed about."""
    for proof in ("9999", "8888"):
        await ask(await play.known(), SITI, proof)
    assert [line.action for line in await looks(play)] == [Action.LOOK_UP_REFUSED] * 2
    siti = await play.known()
    told = await seen(play, siti, SITI)
    assert "23 November 2026: seseorang menanyakan data bansos tanpa bukti" in told
    assert "(2 kali)" in told


async def test_ones_own_looks_are_no_news(play: Play) -> None:
    """Who asked about themself reads that nobody else did."""
    siti = await play.known()
    await ask(siti, SITI, SITI_PROOF)
    assert await seen(play, siti, SITI) == say(play)("seen.nobody")
    assert "seseorang" in await seen(play, await play.known(), SITI)


async def test_an_ordinary_message_writes_no_line(play: Play) -> None:
    """The audit costs nothing where nobody's data is looked at."""
    citizen = await play.known()
    await citizen.say("menu")
    await citizen.say("bantuan")
    assert await play.house.store.audit_ends() == {}


async def test_a_ticket_asked_for_without_its_proof_is_written_down(play: Play) -> None:
    """A stranger's guess is; who filed it needs no proof and looks at nothing of others'."""
    citizen, code = await file_papers(play)
    stranger = await play.known()
    for who in (citizen, stranger):
        await who.say(f"lacak {code}")
    await stranger.say("1234")
    found = await looks(play, code=code)
    assert [(line.action, line.code) for line in found] == [(Action.FIND_REFUSED, code)]
    assert "seseorang menanyakan tiket tanpa bukti" in await seen(play, citizen)


async def test_words_put_under_another_ticket_are_found(play: Play) -> None:
    """Whoever has the database can exchange sealed words, but not the digests in the logs."""
    store = play.house.store
    codes = [(await file_papers(play))[1] for _ in range(2)]
    assert [found async for found in broken_links(store, Verified(), {})] == []
    rows = {code: sealed for code, _, _, sealed in await store._fetch(WORDS, "", "9" * 9)}
    swap = Statement(
        lambda given: (
            sa.update(ticket_words)
            .values(sealed=given["sealed"])
            .where(ticket_words.c.code == given["code"])
        ),
        ticket_words.c.code,
        ticket_words.c.sealed,
    )
    await store._write(swap, [(codes[0], rows[codes[1]]), (codes[1], rows[codes[0]])])
    found = {one.where async for one in broken_links(store, Verified(), {})}
    assert found == {f"ticket {code}, entry 1" for code in codes}


def test_a_right_proof_is_a_look_as_well() -> None:
    """Who finds somebody's ticket by its code and proof has seen it."""
    ticket, _ = opened()
    asked = FindTicket(ticket.code, "0001")
    look = look_of(SITI_PHONE, asked, TicketsFound((ticket,)))
    assert look == Look(Action.FIND, Asker(SITI_PHONE.channel, SITI_PHONE.id), ticket.code)
    assert look_of(SITI_PHONE, FindTicket(ticket.code), TicketsFound((ticket,))) is None


async def test_offices_are_named_and_the_vault_is_not(play: Play) -> None:
    """A citizen reads which office opened their ticket; of a violence ticket nothing at all."""
    store, now = play.house.store, play.clock.now()
    citizen, code = await file_papers(play)
    other = await play.known()
    hidden = await filed(play, citizen, "PPA", "99.01.01.2001")
    agency = next(a for a in play.house.district.agencies.values() if a.vault)
    unit = store.unit()
    unit.note(office_actor("disdukcapil"), Action.REFUSED, now, code=code)
    unit.note(office_actor(agency.code), Action.PAGE, now, code=hidden)
    await store.commit(unit)
    told = await seen(play, citizen)
    assert agency.name.id not in told
    assert "petugas" not in told
    assert f"{play.house.district.agencies['disdukcapil'].name.id} mencoba membuka tiket" in told
    assert await seen(play, other) == say(play)("seen.nobody")
