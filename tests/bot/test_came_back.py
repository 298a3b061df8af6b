"""Shares of one ticket that came back: the desk finds an office for each, on one page."""

from referrals import commands
from referrals.roles import Role
from referrals.ticket import TicketState
from tests.bot.living import ticket_of
from tests.bot.officers import Officer, desk
from tests.bot.offices import front_door
from tests.bot.playing import Play
from tests.bot.test_officer_pages import read, send
from tests.bot.test_officers import at_village
from tests.web.stage import OURS


async def test_no_share_is_hidden_by_another(play: Play) -> None:
    """Both offices hand theirs back: the head places one, the page still asks for the other."""
    _, code, village = await at_village(play)
    await village.did(commands.AddAgency(agency="disdukcapil", rule="by_hand"))
    await village.did(commands.Return(leg=1))
    await Officer(play, code, 2).did(commands.Return(leg=2))
    head = desk(play, code, Role.SUPERVISOR)
    (first, _), (second, _) = (await head.sees()).shares
    assert (first, second) == ("1", "2")

    async with front_door(play) as client:
        page = await read(client, head)
        assert "Untuk bagian yang kembali dari" in page
        wrong = {"action": "refer", "share": "7", "better": "dpmd", "words": "Sesuai."}
        refused = await client.post(f"/agency/{head.token}", data=wrong, headers=OURS)
        assert "Pilih satu kantor dari daftar" in await refused.text()
        sent = await send(
            client, head, action="refer", share="2", better="dpmd", words="Ini tugas kantor itu."
        )
        assert "Mohon diperiksa, lalu diteruskan" in sent

    ticket = await ticket_of(play, code)
    assert (ticket.state, ticket.unplaced) == (TicketState.REFERRED, (1,))
    assert "add" in (await head.sees()).actions
    await head.did(commands.AddAgency(agency="dinkes", rule="by_hand"))
    assert (await head.sees()).shares == ()
    assert (await Officer(play, code, 3).sees()).shares == ()
