"""DATA SAYA on the whole house: seeing, correcting, taking back and being erased, by chat."""

import re

from referrals.ticket import TicketState
from tests.bot.offices import front_door
from tests.bot.playing import Play
from tests.bot.test_registry import SITI, SITI_PROOF
from tests.bot.test_whole_loop import file_papers, state_of

LINK = re.compile(r"(/data/[A-Za-z0-9_-]+)")


async def test_a_copy_opens_once_and_by_its_button(play: Play) -> None:
    """LIHAT DATA gives a link: looking at it opens nothing, its button opens all of it once."""
    citizen, _ = await file_papers(play)
    await citizen.say("lihat data saya")
    told = await citizen.say("lewati")
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


async def test_a_forged_or_old_link_opens_nothing(play: Play) -> None:
    """A link that was changed, or is a day old, is no longer valid."""
    citizen = await play.known()
    await citizen.say("lihat data")
    path = LINK.search(await citizen.say("lewati"))
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
    await citizen.say("hapus")
    await citizen.say(SITI)
    asked = await citizen.say(SITI_PROOF)
    assert "Hapus sekarang?" in asked
    assert "dihapus begitu selesai" in await citizen.tap("Ya, hapus")
    assert await state_of(play, code) is not TicketState.CLOSED
    assert await play.house.store.consents_of(citizen.address) == ()
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


async def test_a_wish_to_correct_reaches_who_protects_data(play: Play) -> None:
    """KOREKSI opens a ticket with the citizen's words."""
    citizen = await play.known()
    await citizen.say("koreksi")
    told = await citizen.say("nomor rumah saya salah, yang benar nomor 12")
    assert "3 x 24 jam" in told
    assert len(await play.house.store.codes_of([citizen.address])) == 1
