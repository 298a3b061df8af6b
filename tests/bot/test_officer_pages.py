"""What an officer reads on the pages behind their links, over HTTP against the whole house."""

import re

from referrals import commands
from referrals.ticket import TicketState
from tests.bot.living import ticket_of
from tests.bot.officers import Officer, desk
from tests.bot.offices import front_door
from tests.bot.playing import Play
from tests.bot.test_desk import filed
from tests.bot.test_officers import at_village
from tests.web.stage import BROWSER, OURS, Client, Page


async def read(client: Client, officer: Officer) -> str:
    """Return what *officer* reads on their page."""
    answer = await client.get(f"/agency/{officer.token}", headers=BROWSER)
    assert answer.status == 200
    return Page(await answer.text()).text


async def send(client: Client, officer: Officer, **form: str) -> str:
    """Return what *officer* reads after they sent *form*, at the end of all redirects."""
    answer = await client.post(f"/agency/{officer.token}", data=form, headers=OURS)
    assert answer.status == 200
    return Page(await answer.text()).text


async def test_who_takes_a_ticket_up_reads_that_it_is_done(play: Play) -> None:
    """The step ends the village's link, and its page says so instead of "no longer valid"."""
    _, code, village = await at_village(play)
    form = {"action": "escalate", "better": "disdukcapil", "words": "Perlu rekam ulang."}
    async with front_door(play) as client:
        told = await send(client, village, **form)
        again = await client.get(f"/agency/{village.token}", headers=BROWSER)
    assert "Kantor di atas mendapat surat" in told
    assert "tautan ini tidak dipakai lagi" in told
    assert again.status == 404
    assert (await ticket_of(play, code)).legs[-1].agency == "disdukcapil"


async def test_who_gives_a_ticket_back_reads_that_it_is_done(play: Play) -> None:
    """The office that returned it still reads its page, with what became of it."""
    _, _, village = await at_village(play)
    async with front_door(play) as client:
        told = await send(client, village, action="return", words="Bukan wewenang desa.")
    assert "Tiket kembali ke sekretariat" in told


async def test_an_added_office_reads_of_its_own_share(play: Play) -> None:
    """Before it accepts it is told that it is waited for, and what is asked of it."""
    _, code, village = await at_village(play)
    await village.did(commands.AddAgency(agency="dpmd", rule="by_hand"), "Mohon bantu bahan.")
    added = Officer(play, code, 2)
    async with front_door(play) as client:
        before = await read(client, added)
        await added.did(commands.Accept(leg=2))
        after = await read(client, added)
    assert "Menunggu diterima" in before
    assert "sedang menangani" not in before
    assert "Kantor Anda sedang menangani" in after
    assert (await added.sees()).asked == "Mohon bantu bahan."
    assert (await village.sees()).asked == ""


async def test_the_desk_gets_from_its_own_share_to_its_desk(play: Play) -> None:
    """What is routed to the desk itself it takes back and refers, from a link on its page."""
    code = await filed(play, await play.known(), "LAIN", "99.01.01.2001")
    own = Officer(play, code, 1)
    async with front_door(play) as client:
        page = await (await client.get(f"/agency/{own.token}", headers=BROWSER)).text()
        (beside,) = re.findall(r'href="(/agency/[^"]+)">Sebagai meja', page)
        recall = {"action": "recall", "leg": "1", "words": "Bukan untuk sekretariat."}
        recalled = await client.post(beside, data=recall, headers=OURS)
        (to, _), *_ = (await desk(play, code).sees()).agencies
        refer = {"action": "refer", "better": to, "words": "Ini urusan kantor itu."}
        referred = await client.post(beside, data=refer, headers=OURS)
        told = Page(await referred.text()).text
    assert (recalled.status, referred.status) == (200, 200)
    assert "Kantor yang dipilih mendapat surat" in told
    ticket = await ticket_of(play, code)
    assert (ticket.state, ticket.legs[-1].agency) == (TicketState.REFERRED, to)


async def test_the_page_of_a_vault_promises_no_message(play: Play) -> None:
    """Nothing says that the reporter is told, reads the words, or that there is a quota."""
    code = await filed(play, await play.known(), "PPA", "99.01.01.2001")
    officer = Officer(play, code, 1)
    async with front_door(play) as client:
        before = await read(client, officer)
        told = await send(client, officer, action="accept", expected="")
    assert "Langkah ini tidak mengirim pesan kepada pelapor" in before
    assert "Langkah ini sudah dicatat" in told
    for promise in ("Warga diberi tahu", "Warga membaca", "Kembalikan", "Kuota"):
        assert promise not in before + told
