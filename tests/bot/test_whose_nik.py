"""Whoever files for somebody else files that person's data, through the whole house."""

from referrals.ticket import TicketState
from tests.bot.playing import Citizen, Play
from tests.bot.test_for_another import NUMBER, SITI, story

BUDI = "9901010101800009"


async def of_subsidy(play: Play) -> Citizen:
    """Have somebody fill in a form with their own NIK up to its summary."""
    citizen = await play.known()
    await citizen.say("subsidi listrik dicabut")
    await citizen.tap("Ya")
    for text in (BUDI, "Sukamaju", "ya", "listrik", "lewati", "daya diturunkan tiba-tiba"):
        await citizen.say(text)
    return citizen


async def test_the_reporters_own_nik_is_not_filed_as_the_others(play: Play) -> None:
    """Whoever typed their own NIK and files for a neighbour leaves no trace of theirs in it."""
    reporter = await of_subsidy(play)
    await reporter.tap("Untuk orang lain")
    await reporter.tap("Tetangga")
    assert "...0009" in reporter.last
    await reporter.tap("Milik saya")
    told = await reporter.say(SITI)
    assert "NIK orang yang dibantu: ...0001" in told
    assert "Untuk: Tetangga" in told
    await reporter.tap("Ya, kirim")
    await reporter.say(NUMBER)

    (ticket,) = await play.house.store.tickets_of(reporter.address, 9)
    words = await play.house.store.ticket_words(ticket.code)
    assert SITI.encode() in words[1]
    assert BUDI.encode() not in words[1]
    assert await play.house.store.codes_about(BUDI) == {}
    assert set(await play.house.store.codes_about(SITI)) == {ticket.code}


async def test_a_row_about_somebody_in_need_asks_for_whom_first(play: Play) -> None:
    """Nobody files as their own what is about another: the row asks, and the person is asked."""
    reporter = await play.known()
    await reporter.say("mbah sebelah butuh kursi roda")
    assert "Ini untuk siapa?" in await reporter.tap("Ya")
    await reporter.tap("Tetangga")
    for text in ("Karto", "80", "2", "1", "kursi roda", "Sukamaju", "ya", "dusun krajan RT 02"):
        await reporter.say(text)
    await reporter.say("lewati")
    await reporter.say("lewati")
    await reporter.say("kirim")
    await reporter.say(NUMBER)

    (ticket,) = await play.house.store.tickets_of(reporter.address, 9)
    assert ticket.state is TicketState.AWAITING_CONSENT
    assert await story(play, ticket.code) == ["consent_awaited"]
