"""What an officer reads on the pages behind their links, over HTTP against the whole house."""

from tests.bot.living import ticket_of
from tests.bot.offices import front_door
from tests.bot.officers import Officer
from tests.bot.playing import Play
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
