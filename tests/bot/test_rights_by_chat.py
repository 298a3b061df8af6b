"""DATA SAYA on the whole house: seeing, correcting, taking back and being erased, by chat."""

import re

from casework.citizen.filing import Filing
from casework.citizen.whose import Person
from casework.privacy.copies import Copies
from casework.privacy.copy_page import as_page
from casework.telling.letters import Letters
from casework.trail.actions import OPERATOR
from conversations.at_hand import OF_SOMEBODY
from conversations.turn import Answered, Draft, OpenTicket
from referrals.codes import code_from
from referrals.ticket import TicketState
from storage.unit import Outcome
from tests.bot.living import live
from tests.bot.offices import front_door
from tests.bot.playing import Citizen, Play
from tests.bot.test_desk import filed, links_of
from tests.bot.test_registry import SITI
from tests.bot.test_rights import STORY, withdraw
from tests.bot.test_whole_loop import file_papers, state_of

BUDI = "9901011708750002"
NAMING = "SUBSIDI"  # a service that asks for a NIK
LINK = re.compile(r"(/data/[A-Za-z0-9_-]+)")


async def test_a_copy_opens_once_and_by_its_button(play: Play) -> None:
    """LIHAT DATA gives a link: looking at it opens nothing, its button opens all of it once."""
    citizen, _ = await file_papers(play)
    told = await citizen.say("lihat data saya")
    assert "1 tiket yang masih berjalan" in told
    path = LINK.search(told)
    assert path
    async with front_door(play) as browser:
        for _ in range(2):
            looked = await browser.get(path[1])
            assert looked.status == 200
            assert "Buka salinan" in await looked.text()
        opened = await browser.post(path[1])
        assert opened.status == 200
        assert citizen.address.id in await opened.text()
        again = await browser.post(path[1])
        assert again.status == 404
        assert citizen.address.id not in await again.text()


async def test_a_used_link_has_no_twins(play: Play) -> None:
    """No other spelling of a token opens the copy a second time."""
    citizen, _ = await file_papers(play)
    path = LINK.search(await citizen.say("lihat data saya"))
    assert path
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    async with front_door(play) as browser:
        assert (await browser.post(path[1])).status == 200
        for letter in letters:
            assert (await browser.post(path[1][:-1] + letter)).status == 404


async def test_a_telephone_tells_nobody_of_the_vault(play: Play) -> None:
    """Neither copy, counts, lookers nor HAPUS show or undo a report of violence."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA")
    told = await citizen.say("lihat data saya")
    assert "0 tiket yang masih berjalan, 0 yang sudah selesai" in told
    path = LINK.search(told)
    assert path
    async with front_door(play) as browser:
        copy = await (await browser.post(path[1])).text()
        assert code not in copy
        assert "Kekerasan" not in copy
    token = await play.newest_token("uptd-ppa")
    assert await play.house.desk.see(token, play.clock.now())
    await citizen.say("siapa yang melihat data saya")
    seen = await citizen.say("lewati")
    assert "petugas" not in seen
    await citizen.say("hapus")
    await citizen.tap("Ya, hapus")
    assert code in await play.house.store.codes_of([citizen.address])


async def test_a_forged_or_old_link_opens_nothing(play: Play) -> None:
    """A link that was changed, or is a day old, is no longer valid."""
    citizen = await play.known()
    path = LINK.search(await citizen.say("lihat data"))
    assert path
    async with front_door(play) as browser:
        forged = path[1][:-3] + ("AAA" if path[1][-3:] != "AAA" else "BBB")
        assert (await browser.get(forged)).status == 404
        assert (await browser.post(forged)).status == 404
        play.clock.move(days=1, seconds=1)
        assert (await browser.get(path[1])).status == 404
        assert (await browser.post(path[1])).status == 404


async def test_who_is_erased_is_a_stranger_afterwards(play: Play) -> None:
    """After HAPUS the next message is a first contact, and the running ticket goes on."""
    citizen, code = await file_papers(play)
    asked = await citizen.say("hapus")
    assert "Hapus sekarang?" in asked
    assert "Bukti persetujuannya kami simpan 5 tahun" in asked
    assert "dihapus begitu selesai" in await citizen.tap("Ya, hapus")
    assert {kept.cache_info().currsize for kept in OF_SOMEBODY} == {0}  # in memory too
    assert await state_of(play, code) is not TicketState.CLOSED
    assert len(await play.house.store.consents_of(citizen.address)) == 1  # its proof
    await citizen.say("halo")
    assert "Setuju" in [choice.label for choice in citizen.heard[-1].choices]


async def test_who_takes_consent_back_hears_no_more(play: Play) -> None:
    """After TARIK PERSETUJUAN what runs is closed, and the conversation forgotten."""
    citizen, code = await file_papers(play)
    await citizen.say("tarik persetujuan")
    await citizen.tap("Ya, tarik")
    assert await state_of(play, code) is TicketState.CLOSED
    (consent,) = await play.house.store.consents_of(citizen.address)
    assert consent.withdrawn_at


async def test_a_wish_to_correct_opens_a_ticket(play: Play) -> None:
    """KOREKSI opens a ticket with the citizen's words."""
    citizen = await play.known()
    await citizen.say("koreksi")
    told = await citizen.say("nomor rumah saya salah, yang benar nomor 12")
    assert "3 x 24 jam" in told
    assert len(await play.house.store.codes_of([citizen.address])) == 1


async def test_no_proof_of_a_family_opens_what_somebody_wrote(play: Play) -> None:
    """Whoever knows NIK and KK sees no ticket of another telephone, and erases none."""
    owner, code = await file_papers(play)
    stranger = await play.known()
    assert "0 tiket yang masih berjalan, 0 yang sudah selesai" in await stranger.say("lihat data")
    await stranger.say("hapus")
    await stranger.tap("Ya, hapus")
    await live(play, 2)
    assert await play.house.store.ticket_words(code)
    assert code in await play.house.store.codes_of([owner.address])


async def about(play: Play, citizen: Citizen, nik: str) -> str:
    """File what names *nik* for *citizen*; return the code."""
    house, now, token = play.house, play.clock.now(), play.clock.token()
    draft = Draft(NAMING, (Answered("nik", nik, nik), Answered("problem", STORY, STORY)))
    filing = Filing(house.district, Letters(house.district, house.voices, links_of(play)))
    unit = house.store.unit()
    filed_it = filing.open(
        unit, OpenTicket(code_from(token), draft, "id"), citizen.address, now, token
    )
    assert await house.store.commit(unit) is Outcome.KEPT
    return filed_it.code


async def of_two(play: Play) -> tuple[Citizen, str, str]:
    """Return a telephone, and the codes of what SITI and what BUDI filed from it."""
    citizen = await play.known()
    codes = [await about(play, citizen, nik) for nik in (SITI, BUDI)]
    return citizen, codes[0], codes[1]


async def test_a_family_telephone_tells_each_only_what_is_theirs(play: Play) -> None:
    """The copy waits for the end of a NIK, has that person's ticket, and no end of a number."""
    citizen, hers, his = await of_two(play)
    asked = await citizen.say("lihat data")
    assert "dipakai beberapa orang" in asked
    assert not LINK.search(asked)
    assert "Belum ada tiket" in await citizen.say("9999")
    told = await citizen.say(SITI[-4:])
    path = LINK.search(told)
    assert "1 tiket yang masih berjalan" in told
    assert path
    async with front_door(play) as browser:
        copy = await (await browser.post(path[1])).text()
    assert hers in copy
    assert his not in copy
    assert "9901..." in copy
    assert SITI[-4:] not in copy.replace(citizen.address.id, "").replace(hers, "")


async def test_a_copy_of_all_is_closed_once_others_file_from_there(play: Play) -> None:
    """A link made while the telephone was one person's opens nothing after somebody else filed."""
    citizen = await play.known()
    await about(play, citizen, SITI)
    path = LINK.search(await citizen.say("lihat data"))
    await about(play, citizen, BUDI)
    assert path
    async with front_door(play) as browser:
        assert (await browser.post(path[1])).status == 404


async def test_who_takes_consent_back_ends_nobody_elses(play: Play) -> None:
    """On a family's telephone others' tickets go on, with their news and what they agreed to."""
    citizen, hers, his = await of_two(play)
    await citizen.say("tarik persetujuan")
    await citizen.say(SITI[-4:])
    assert "tiket Bapak/Ibu kami tutup" in await citizen.tap("Ya, tarik")
    assert await state_of(play, hers) is TicketState.CLOSED
    assert await state_of(play, his) is not TicketState.CLOSED
    store = play.house.store
    (consent,) = await store.consents_of(citizen.address)
    assert consent.withdrawn_at is None
    assert not await store.has_stopped(citizen.address)


async def test_who_is_erased_takes_nobody_along(play: Play) -> None:
    """On a family's telephone HAPUS erases what was proven, and asks again where nothing was."""
    citizen, hers, his = await of_two(play)
    await withdraw(play, hers)
    await withdraw(play, his)
    await citizen.say("hapus")
    assert "orang lain" in await citizen.say(BUDI[-4:])
    await citizen.tap("Ya, hapus")
    store = play.house.store
    assert await store.ticket_words(his) == {}
    assert await store.ticket_words(hers)
    assert await store.codes_of([citizen.address]) == {hers}


async def test_nothing_is_done_for_two_who_were_one_when_they_asked(play: Play) -> None:
    """Who asked before somebody else filed from there is told to ask once more."""
    citizen = await play.known()
    hers = await about(play, citizen, SITI)
    await citizen.say("tarik persetujuan")
    await about(play, citizen, BUDI)
    assert "belum ada yang kami ubah" in await citizen.tap("Ya, tarik")
    assert await state_of(play, hers) is not TicketState.CLOSED


async def test_the_desk_too_is_asked_whose(play: Play) -> None:
    """Without the NIK that was proven there nothing is copied, erased or ended for several."""
    citizen, hers, his = await of_two(play)
    house, now = play.house, play.clock.now()
    unit, nobody = house.store.unit(), Person(citizen.address)
    copies = Copies(house.store, house.district, house.voices["id"])
    assert await copies.of(nobody, now) is None
    assert await house.rights.erase(unit, nobody, now, OPERATOR) is None
    assert await house.rights.take_consent_back(unit, nobody, now, "salt") is None
    copy = await copies.of(Person(citizen.address, SITI), now)
    assert copy
    assert [ticket.code for ticket in copy.tickets] == [hers]
    assert his not in as_page(copy, "Data")
