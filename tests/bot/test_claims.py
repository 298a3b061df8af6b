"""Whoever a ticket was filed for takes it over: by KLAIM, from LACAK, once, and for good."""

import asyncio

import pytest

from casework.citizen.whose import Person
from casework.trail.actions import Action
from conversations.records.parties import Method
from referrals.roles import Role
from referrals.ticket import Actor
from tests.bot.living import settle
from tests.bot.playing import MONDAY, Citizen, Play
from tests.bot.test_for_another import SITI, filed_with_nik, numbered, subject_of
from tests.bot.test_whole_loop import file_papers


async def claims(citizen: Citizen, code: str, proof: str) -> str:
    """Have *citizen* claim ticket *code* with *proof*; return what they are told."""
    await citizen.say(f"klaim {code}")
    return await citizen.say(proof)


async def erased(play: Play, citizen: Citizen) -> None:
    """Have everything about *citizen* erased."""
    await play.house.rights.erase(unit := play.house.store.unit(), Person(citizen.address), MONDAY)
    await play.house.store.commit(unit)


async def roles(play: Play, code: str, event: str) -> list[Role]:
    """Return as whom people did *event* on ticket *code*."""
    entries = await play.house.store.entries(code)
    return [e.actor.role for e in entries if str(e.event.__struct_config__.tag) == event]


async def test_a_person_takes_their_ticket_over(play: Play) -> None:
    """KLAIM with the end of the NIK makes it theirs, is audited and logged, and works once."""
    reporter, person, other = await play.known(), play.citizen(), play.citizen()
    code = await filed_with_nik(play, reporter)
    assert "tidak cocok" in await claims(person, code, "9999")
    assert "sekarang kami kirim ke sini" in await claims(person, code, SITI[-4:])
    await settle(play)

    stored = await play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == person.address
    assert "dipegang langsung" in reporter.last
    assert await play.house.store.parts_of(reporter.address) == [(code, "reporter")]
    lines = await play.house.store.looks_at({code}, ())
    assert [line.action for line in lines if line.action == Action.CLAIM] == [Action.CLAIM]
    entries = await play.house.store.entries(code)
    assert Actor(Role.CITIZEN) in [entry.actor for entry in entries]
    assert await roles(play, code, "taken_over") == [Role.CITIZEN]
    assert "sudah diambil alih" in await claims(other, code, SITI[-4:])


async def test_who_looks_at_it_may_take_it_over(play: Play) -> None:
    """LACAK with code and proof tells the ticket and asks; a yes takes it over."""
    reporter, person = await play.known(), await play.known()
    code = await filed_with_nik(play, reporter)
    await person.say(f"lacak {code}")
    assert "tentang Bapak/Ibu sendiri?" in await person.say(SITI[-4:])
    assert "sekarang kami kirim ke sini" in await person.tap("Ya, ambil alih")

    stored = await play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == person.address
    assert "Batalkan tiket" in str((await person.say("lacak"), person.heard[-1].choices))


async def test_who_only_looks_leaves_it(play: Play) -> None:
    """Who looks without taking it over reads it, and changes nothing."""
    reporter, person = await play.known(), await play.known()
    code = await filed_with_nik(play, reporter)
    await person.say(f"lacak {code}")
    await person.say(SITI[-4:])
    assert "tetap seperti semula" in await person.tap("Bukan")
    assert await roles(play, code, "taken_over") == []


async def test_of_two_claims_at_once_the_first_wins(play: Play) -> None:
    """Two who prove themselves at the same moment: one holds it, the other hears so."""
    reporter, two = await play.known(), [play.citizen(), play.citizen()]
    code = await filed_with_nik(play, reporter)
    for one in two:
        await one.say(f"klaim {code}")
    told = await asyncio.gather(*(one.say(SITI[-4:]) for one in two))

    assert sorted("sekarang kami kirim" in text for text in told) == [False, True]
    assert sorted("sudah diambil alih" in text for text in told) == [False, True]
    assert await roles(play, code, "taken_over") == [Role.CITIZEN]
    assert await play.house.store.parts_of(reporter.address) == [(code, "reporter")]
    stored = await play.house.store.ticket(code)
    assert stored
    first = two[told.index(next(text for text in told if "sekarang kami kirim" in text))]
    assert stored.contact.address == first.address


async def test_who_says_yes_too_late_hears_so(play: Play) -> None:
    """Whoever looked first and agrees after somebody else took it over is told that."""
    reporter, slow, quick = await play.known(), await play.known(), play.citizen()
    code = await filed_with_nik(play, reporter)
    await slow.say(f"lacak {code}")
    await slow.say(SITI[-4:])
    await claims(quick, code, SITI[-4:])
    assert "sudah diambil alih" in await slow.tap("Ya, ambil alih")
    assert await roles(play, code, "taken_over") == [Role.CITIZEN]


@pytest.mark.parametrize("gone", ["nobody", "reporter"])
async def test_the_person_speaks_for_themself_ever_after(play: Play, gone: str) -> None:
    """What the person does after a claim is logged as the citizen's, though its reporter left."""
    reporter, person = await play.known(), await play.known()
    code = await filed_with_nik(play, reporter)
    await claims(person, code, SITI[-4:])
    if gone == "reporter":
        await erased(play, reporter)
    await person.say(f"batal {code}")
    await person.say("sudah beres")
    await person.tap("Ya, batalkan")
    assert await roles(play, code, "withdrawn") == [Role.CITIZEN]


async def test_what_cannot_be_claimed(play: Play) -> None:
    """Nobody claims what its citizen filed, what waits for a consent, or what has its person."""
    citizen, code = await file_papers(play)
    other = play.citizen()
    assert "tidak cocok" in await claims(other, code, "0001")
    waiting = await filed_with_nik(play, citizen, Method.REPLY)
    assert "menunggu jawaban YA" in await claims(other, waiting, SITI[-4:])
    await subject_of(play).say(numbered(play, waiting))
    await erased(play, citizen)
    assert "sudah diambil alih" in await claims(other, waiting, SITI[-4:])
    assert await roles(play, waiting, "taken_over") == []


async def test_whoever_filed_it_claims_nothing(play: Play) -> None:
    """The reporter may know the other's NIK, and still proves nothing with it."""
    reporter = await play.known()
    code = await filed_with_nik(play, reporter)
    assert "tidak cocok" in await claims(reporter, code, SITI[-4:])
