"""Turns: once, in order, whole or not at all."""

import asyncio

import pytest

from bot.door import Received
from conversations.session import Session
from tests.bot.playing import Play

BAHASA = "Choose a language"  # in what asks for the language, and in no other reply here


async def test_a_redelivered_message_is_answered_once(play: Play) -> None:
    """A provider that delivers one message six times gets six 200s, the citizen one reply."""
    citizen = await play.known()
    message = citizen.message("bantuan")

    told = [await citizen.deliver(message) for _ in range(3)]
    told += await asyncio.gather(*(citizen.deliver(message) for _ in range(3)))
    await play.phones.wait_for(citizen.address, 3)

    assert told == [Received.COMMITTED] * 6
    assert BAHASA in await citizen.say("bahasa")  # the next one: replies go out in order
    assert len(citizen.heard) == 4


async def test_messages_at_once_are_taken_one_after_the_other(play: Play) -> None:
    """Five messages that arrive together get five replies, in the order they came."""
    citizen = await play.known()
    messages = [citizen.message(text) for text in ("bantuan", "menu", "bahasa", "menu", "bantuan")]

    told = await asyncio.gather(*(citizen.deliver(message) for message in messages))
    await play.phones.wait_for(citizen.address, 2 + 5)

    assert told == [Received.COMMITTED] * 5
    assert citizen.heard[2].text == citizen.heard[6].text
    assert citizen.heard[3].text == citizen.heard[5].text


async def test_an_old_message_that_comes_late_is_answered_too(play: Play) -> None:
    """Updates that arrive out of order are each taken once: nothing hangs on their numbers."""
    citizen = await play.known()
    first, second = citizen.message("menu"), citizen.message("bantuan")

    await citizen.deliver(second)
    await citizen.deliver(first)
    await citizen.deliver(second)
    await play.phones.wait_for(citizen.address, 4)

    assert BAHASA in await citizen.say("bahasa")  # the next one: replies go out in order
    assert len(citizen.heard) == 5


async def test_a_bug_costs_an_apology_and_not_the_conversation(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a step fails the citizen hears so, and the next message finds them where they were."""
    citizen = await play.known()
    await citizen.tap("Cek")
    with monkeypatch.context() as planted:
        planted.setattr(Session, "step", _broken)
        sorry = await citizen.say("9901014107800001")

    proof = await citizen.say("9901014107800001")

    assert sorry.startswith("Maaf")
    assert "KK" in proof


def _broken(*_: object) -> object:
    raise ZeroDivisionError
