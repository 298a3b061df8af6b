"""One telephone with many tickets: a person looks first, and nobody is rung sixty times."""

from casework.telling.letters import RING
from conversations.turn import Answered, Draft, OpenTicket
from referrals import commands
from referrals.codes import code_from
from tests.bot.living import letters_of, settle
from tests.bot.officers import Officer
from tests.bot.playing import Citizen, Play

HOMES = "BENCANA"


async def filed(
    play: Play, citizen: Citizen, service: str = HOMES, area: str = "99.01.01.2001"
) -> str | None:
    """File as a conversation's record would, and return the code; None where it was refused."""
    field = play.house.district.services[service].fields[0]
    draft = Draft(service, (Answered(field.key, "x", "x"),))
    record = OpenTicket(code_from(play.clock.token()), draft, "id", area)
    unit = play.house.store.unit()
    refused = await play.house.turns._records.write(unit, citizen.address, [record], "m")
    if refused:
        assert refused.startswith("door.enough_")
        return None
    await play.house.store.commit(unit)
    return record.code


async def test_after_many_open_tickets_a_person_looks_first(play: Play) -> None:
    """The thirteenth is not filed; PETUGAS and the safe path are, and others are not concerned."""
    citizen, most = await play.known(), play.house.district.most_open
    codes = [await filed(play, citizen, "PBI_AKTIF") for _ in range(most)]
    assert None not in codes
    assert await filed(play, citizen) is None
    for free in (play.house.district.person_service, "PPA"):
        assert await filed(play, citizen, free)
    assert await filed(play, await play.known())


async def test_no_telephone_floods_the_desk(play: Play) -> None:
    """Twice as many wait for a person or in safety; then the numbers to call are all we have."""
    citizen, person = await play.known(), play.house.district.person_service
    for _ in range(2 * play.house.district.most_open):
        assert await filed(play, citizen, person)
    for free in (person, "PPA"):
        assert await filed(play, citizen, free) is None


async def test_the_same_alarm_of_one_sender_is_rung_once(play: Play) -> None:
    """Of one village, within an hour; letters go all the same, and the first accepted it rings."""
    citizen = await play.known()
    first = await filed(play, citizen) or ""
    play.clock.move(minutes=1)
    second = await filed(play, citizen) or ""
    other = await filed(play, await play.known()) or ""
    await settle(play)
    assert await rings(play, first)
    assert await rings(play, other)
    assert not await rings(play, second)
    assert ("bpbd", "new") in await letters_of(play, second)

    await Officer(play, first, 1).did(commands.Accept(leg=1))
    play.clock.move(minutes=10)
    await settle(play)
    assert await rings(play, second)


async def test_rounds_without_a_ring_do_not_count(play: Play) -> None:
    """However late the first is accepted, the second one's first round is the first."""
    citizen = await play.known()
    first = await filed(play, citizen) or ""
    play.clock.move(minutes=1)
    second = await filed(play, citizen) or ""
    for _ in range(5):
        await settle(play)
        play.clock.move(minutes=10)
    await Officer(play, first, 1).did(commands.Accept(leg=1))
    await settle(play)
    once = await rings(play, second)
    assert once
    play.clock.move(minutes=10)
    await settle(play)
    assert await rings(play, second) == 2 * once


async def test_another_village_rings_at_once(play: Play) -> None:
    """Somebody who calls for help for people in two places is heard for both."""
    citizen = await play.known()
    await filed(play, citizen)
    elsewhere = await filed(play, citizen, area="99.01.02.2001") or ""
    await settle(play)
    assert await rings(play, elsewhere)


async def test_after_an_hour_each_ticket_rings(play: Play) -> None:
    """Somebody who needs two things, of which one waits for long, is heard with both."""
    citizen = await play.known()
    await filed(play, citizen)
    play.clock.move(minutes=61)
    second = await filed(play, citizen) or ""
    await settle(play)
    assert await rings(play, second)


async def rings(play: Play, code: str) -> int:
    """Return how many were rung for ticket *code*."""
    return sum(occasion == RING for _, occasion in await letters_of(play, code))
