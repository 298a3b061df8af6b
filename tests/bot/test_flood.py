"""Asking for patience."""

from datetime import timedelta

from bot.taking.flood import BURST, Flood, Pace
from conversations.messages import Address, Channel
from tests.bot.playing import MONDAY, Play

SENDER = Address(Channel.TELEGRAM, "1")


def test_a_person_may_write_as_fast_as_they_can() -> None:
    """Twenty messages in a row are answered at the default rate."""
    flood = Flood(40)

    assert [flood.pace(SENDER, MONDAY) for _ in range(20)] == [Pace.ANSWER] * 20


def test_a_flood_is_told_once_and_then_passed_over() -> None:
    """Beyond the rate there is one kind word, then silence, then answers again."""
    flood = Flood(6)

    paces = [flood.pace(SENDER, MONDAY) for _ in range(BURST + 3)]
    later = flood.pace(SENDER, MONDAY + timedelta(minutes=1))

    assert paces == [Pace.ANSWER] * BURST + [Pace.ASK_FOR_PATIENCE] + [Pace.PASS_OVER] * 2
    assert later is Pace.ANSWER


def test_zero_lifts_the_limit() -> None:
    """With rate 0 nobody is ever asked to wait."""
    flood = Flood(0)

    assert {flood.pace(SENDER, MONDAY) for _ in range(500)} == {Pace.ANSWER}


def test_nobody_pays_for_another() -> None:
    """Each person has their own measure."""
    flood = Flood(1)
    for _ in range(100):
        flood.pace(SENDER, MONDAY)

    assert flood.pace(Address(Channel.TELEGRAM, "2"), MONDAY) is Pace.ANSWER


def test_what_was_not_taken_does_not_count() -> None:
    """A message that has to be delivered again is not held against its sender."""
    flood = Flood(1)
    paces = set()
    for _ in range(100):
        paces.add(flood.pace(SENDER, MONDAY))
        flood.forgive(SENDER)

    assert paces == {Pace.ANSWER}


async def test_the_word_is_kind_and_the_conversation_stays(play: Play) -> None:
    """A flooding citizen is asked to wait a minute, and finds the question where it was."""
    play.house.door._flood = Flood(1)
    citizen = play.citizen()
    for _ in range(BURST):
        await citizen.say("halo")

    asked = await citizen.say("halo")
    play.clock.move(minutes=5)
    after = await citizen.say("halo")

    assert "tunggu" in asked
    assert "tunggu" not in after
