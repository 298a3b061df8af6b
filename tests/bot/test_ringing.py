"""Who is on call is rung when lives are at stake, until somebody accepts."""

from casework.letters import RING
from referrals import commands
from tests.bot.living import letters_of, settle
from tests.bot.playing import Play
from tests.bot.test_desk import filed
from tests.bot.test_whole_loop import act, file_papers

ROSTER = [("bpbd on_call/0", RING), ("bpbd on_call/1", RING)]


async def rung(play: Play, code: str) -> list[tuple[str, str]]:
    """Return who was rung so far, in order."""
    return [one for one in await letters_of(play, code) if one[1] in {RING, "ring_desk"}]


async def test_everybody_on_call_at_once_and_again(play: Play) -> None:
    """At filing, at any hour, and every ten minutes; from the second time the desk as well."""
    citizen = await play.known()
    play.clock.move(hours=16)  # two at night
    code = await filed(play, citizen, "BENCANA", "99.01.01.2001")
    await settle(play)
    assert await rung(play, code) == ROSTER
    play.clock.move(minutes=9)
    await settle(play)
    assert await rung(play, code) == ROSTER
    play.clock.move(minutes=1)
    await settle(play)
    assert await rung(play, code) == [*ROSTER, *ROSTER, ("satu-pintu", "ring_desk")]


async def test_it_stops_when_somebody_accepts(play: Play) -> None:
    """Nobody is rung for what somebody has taken on."""
    citizen = await play.known()
    code = await filed(play, citizen, "BENCANA", "99.01.01.2001")
    await settle(play)
    await act(play, commands.Accept(leg=1))
    for _ in range(3):
        play.clock.move(minutes=10)
        await settle(play)
    assert await rung(play, code) == ROSTER


async def test_another_office_is_rung_anew(play: Play) -> None:
    """Returned and referred again: the next office's roster is rung at once."""
    citizen = await play.known()
    code = await filed(play, citizen, "BENCANA", "99.01.01.2001")
    await settle(play)
    await act(play, commands.Return(leg=1, better="trc-dinsos"), "bukan bencana")
    again = commands.ReferAgain(agency="trc-dinsos", rule="by_hand")
    await act(play, again, "sesuai tugas")
    await settle(play)
    assert [to for to, _ in await rung(play, code)][2:] == [
        "trc-dinsos on_call/0",
        "trc-dinsos on_call/1",
    ]


async def test_a_vaults_roster_is_its_own(play: Play) -> None:
    """Violence is urgent too: its own office is rung, and never the desk."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA", "99.01.01.2001")
    for _ in range(3):
        await settle(play)
        play.clock.move(minutes=10)
    assert set(await rung(play, code)) == {("uptd-ppa on_call/0", RING)}


async def test_what_can_wait_rings_nobody(play: Play) -> None:
    """A lost card is no matter of life."""
    _, code = await file_papers(play)
    await settle(play)
    assert await rung(play, code) == []
