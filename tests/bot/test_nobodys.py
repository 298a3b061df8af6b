"""What turns out to be nobody's here, or filed twice, after a rule or an office gave it away."""

import pytest

from casework.desk.deeds import Merge
from referrals import commands
from referrals.choosing import Refusal
from referrals.ticket import ClosedBecause, LegState, TicketState
from tests.bot.living import ticket_of
from tests.bot.officers import Officer, desk
from tests.bot.playing import Citizen, Play
from tests.bot.test_desk import filed
from tests.bot.test_officers import at_village

SUKAMAJU = "99.01.01.2001"
FIRST, ANOTHER = "482109379", "100000006"  # their check digits are right
ELSEWHERE = "Ini urusan kantor pertanahan di Jalan Merdeka."


async def at_the_desk(play: Play, *, accepted: bool) -> tuple[Citizen, str]:
    """Have a rule bring a ticket to the desk's own office, which perhaps took it on."""
    citizen = await play.known()
    code = await filed(play, citizen, "LAIN", SUKAMAJU, FIRST)
    if accepted:
        await Officer(play, code, 1).did(commands.Accept(leg=1), "")
        await citizen.next()
    return citizen, code


@pytest.mark.parametrize("accepted", [False, True])
async def test_what_a_rule_brought_to_the_desk_may_be_nobodys(play: Play, accepted: bool) -> None:  # noqa: FBT001 - a case of the test
    """The desk says where to go, the citizen reads it, and may appeal as ever."""
    citizen, code = await at_the_desk(play, accepted=accepted)
    verifier = desk(play, code)
    assert "out_of_scope" in (await verifier.sees()).actions

    assert isinstance(await verifier.does(commands.MarkOutOfScope(), ""), Refusal)
    await verifier.did(commands.MarkOutOfScope(), ELSEWHERE)

    assert ELSEWHERE in await citizen.next()
    ticket = await ticket_of(play, code)
    assert ticket.closed_because is ClosedBecause.OUT_OF_SCOPE
    assert [leg.state for leg in ticket.legs] == [LegState.RECALLED]
    await citizen.say(f"BANDING {code}")
    await citizen.say("tanahnya milik desa")
    assert (await ticket_of(play, code)).state is TicketState.APPEAL


async def test_what_an_office_handed_back_may_be_nobodys(play: Play) -> None:
    """While the office works the desk does not say so; once it is back, it may."""
    citizen, code, village = await at_village(play)
    verifier = desk(play, code)
    assert "out_of_scope" not in (await verifier.sees()).actions
    assert await verifier.does(commands.MarkOutOfScope()) == Refusal("not_now", 11)
    await village.did(commands.Return(leg=1))
    await citizen.next()

    assert "out_of_scope" in (await verifier.sees()).actions
    await verifier.did(commands.MarkOutOfScope(), ELSEWHERE)

    assert ELSEWHERE in await citizen.next()
    assert (await ticket_of(play, code)).closed_because is ClosedBecause.OUT_OF_SCOPE


async def test_what_lies_with_the_desk_may_be_filed_already(play: Play) -> None:
    """The desk's page offers the older ticket, which goes on for both."""
    citizen, code = await at_the_desk(play, accepted=True)
    play.clock.move(hours=5)
    again = await filed(play, citizen, "LAIN", SUKAMAJU, ANOTHER)
    page = await desk(play, again).sees()
    assert code in [twin.code for twin in page.twins]
    assert "merge" in page.actions

    await desk(play, again).did(Merge(code), "")

    assert (await ticket_of(play, again)).closed_because is ClosedBecause.DUPLICATE
    assert (await ticket_of(play, code)).joined == (again,)
