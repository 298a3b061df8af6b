"""A letter that lies in our own inbox is out with the commit that wrote it."""

import asyncio

from casework.telling.letters import LETTER_TIMER
from referrals.ticket import LegState
from storage.replies.deliveries import DeliveryState
from tests.bot.living import story_of
from tests.bot.officers import Officer, desk
from tests.bot.playing import Play
from tests.bot.posting import leg_of, news_of
from tests.bot.test_whole_loop import file_papers


async def test_what_lies_in_the_inbox_is_out_at_once(play: Play) -> None:
    """No courier comes for a letter that goes nowhere; the log says that it is out."""
    _, code = await file_papers(play)
    assert (await leg_of(play, code)).state is LegState.SENT
    assert await news_of(play, code) == [("inbox", DeliveryState.SENT)]
    assert await story_of(play, code) == ["submitted", "referred", "leg_sent"]
    assert await play.house.store.claim_timers(LETTER_TIMER, play.clock.now(), 9) == []


async def test_who_opens_the_link_has_the_letter(play: Play) -> None:
    """What only lies in the inbox was sent; once its office opens the page, it was received."""
    citizen, code = await file_papers(play)
    assert "Suratnya sudah dikirim." in await citizen.say("lacak")

    officer = Officer(play, code, leg=1)
    page = await officer.sees()

    assert page.leg_state is LegState.DELIVERED
    assert "Suratnya sudah diterima instansi." in await citizen.say("lacak")
    assert (await story_of(play, code))[-2:] == ["leg_sent", "leg_delivered"]
    await officer.sees()
    assert (await story_of(play, code)).count("leg_delivered") == 1


async def test_the_desk_that_looks_is_not_the_office(play: Play) -> None:
    """Another officer's look tells nothing of whether the letter arrived."""
    _, code = await file_papers(play)
    await desk(play, code).sees()
    assert (await leg_of(play, code)).state is LegState.SENT


async def test_two_looks_at_once_are_one_arrival(play: Play) -> None:
    """Both see the page; the letter arrived a single time."""
    _, code = await file_papers(play)
    officer = Officer(play, code, leg=1)
    await asyncio.gather(officer.sees(), officer.sees())
    assert (await story_of(play, code)).count("leg_delivered") == 1
