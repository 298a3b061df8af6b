"""Who is on call is rung when lives are at stake, until somebody accepts."""

from itertools import pairwise

from casework.telling.letters import RING
from conversations.turn import Answered, Draft, OpenTicket
from referrals import commands
from referrals.codes import code_from
from referrals.district.directory import Priority
from tests.bot.living import letters_of, live, settle
from tests.bot.officers import Officer
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


async def test_an_answered_question_rings_anew(play: Play) -> None:
    """Asked about before anybody accepted, it rings again as soon as the answer is there."""
    citizen = await play.known()
    code = await filed(play, citizen, "BENCANA", "99.01.01.2001")
    await settle(play)
    await act(play, commands.Ask(leg=1), "Jembatan yang mana?")
    play.clock.move(minutes=10)
    await settle(play)
    assert await rung(play, code) == ROSTER
    await citizen.say("jawab jembatan gantung")
    await settle(play)
    assert await rung(play, code) == [*ROSTER, *ROSTER]
    play.clock.move(minutes=10)
    await settle(play)
    assert await rung(play, code) == [*ROSTER, *ROSTER, *ROSTER, ("satu-pintu", "ring_desk")]


async def test_given_back_the_desk_is_rung(play: Play) -> None:
    """Accepted and then returned, a matter of life is nobody's: the desk is rung at once."""
    citizen = await play.known()
    code = await filed(play, citizen, "BENCANA", "99.01.01.2001")
    await settle(play)
    await act(play, commands.Accept(leg=1))
    play.clock.move(minutes=10)
    await settle(play)
    await act(play, commands.Return(leg=1, better=""), "bukan bencana")
    await settle(play)
    assert await rung(play, code) == [*ROSTER, ("satu-pintu", "ring_desk")]


async def test_an_added_office_is_rung_too(play: Play) -> None:
    """While one office is at work, those on call at another that is added are rung at once."""
    citizen = await play.known()
    code = await filed(play, citizen, "BENCANA", "99.01.01.2001")
    await settle(play)
    await act(play, commands.Accept(leg=1))
    await act(play, commands.AddAgency(agency="trc-dinsos", rule="by_hand"), "ada korban")
    await settle(play)
    added = [("trc-dinsos on_call/0", RING), ("trc-dinsos on_call/1", RING)]
    assert await rung(play, code) == [*ROSTER, *added]
    await Officer(play, code, 2).did(commands.Accept(leg=2))
    play.clock.move(minutes=10)
    await settle(play)
    assert await rung(play, code) == [*ROSTER, *added]


async def test_what_may_be_taken_back_rings_nobody_yet(play: Play) -> None:
    """An objection with an alarm word waits its day, for the desk as for everybody."""
    citizen = await play.known()
    draft = Draft("DTSEN_SANGGAH", (Answered("reason", "x", "x"),), priority=Priority.P1)
    record = OpenTicket(code_from(play.clock.token()), draft, "id", "99.01.01.2001")
    unit = play.house.store.unit()
    await play.house.turns._records.write(unit, citizen.address, [record], "m")
    await play.house.store.commit(unit)
    await live(play, 0.9, 10)
    assert await letters_of(play, record.code) == []
    await live(play, 0.2, 10)
    assert await rung(play, record.code)


async def test_nobody_is_rung_for_ever_at_one_pace(play: Play) -> None:
    """After six rounds the heads are rung too, each hour; after a day of that once a day."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA", "99.01.01.2001")
    rounds = []
    for minutes in range(0, 60 * 24 * 4, 10):
        before = len(await letters_of(play, code))
        await settle(play)
        new = (await letters_of(play, code))[before:]
        if ("uptd-ppa on_call/0", RING) in new:
            rounds.append((minutes, ("uptd-ppa head", "ring_head") in new))
        play.clock.move(minutes=10)
    assert rounds[:8] == [*((n * 10, False) for n in range(6)), (110, True), (170, True)]
    gaps = [after - at for (at, _), (after, _) in pairwise(rounds)]
    assert gaps[6:] == [*[60] * 23, *[60 * 24] * 2]


async def test_the_desks_head_is_rung_with_the_offices(play: Play) -> None:
    """What is no vault's rings the desk's head as well, whose link may choose another office."""
    citizen = await play.known()
    code = await filed(play, citizen, "BENCANA", "99.01.01.2001")
    for _ in range(12):
        await settle(play)
        play.clock.move(minutes=10)
    letters = await letters_of(play, code)
    assert ("bpbd head", "ring_head") in letters
    assert ("satu-pintu head", "ring_desk") in letters


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
