"""Replies get out: in order, again, or not at all for a reason."""

import asyncio
import itertools

import pytest

from bot.sending.outbox import HOPELESS, pause_before
from handlers.delivery import Blocked, Refused, TryLater
from tests.bot.playing import Citizen, Play


async def say_two(citizen: Citizen) -> None:
    """Send two messages without waiting for their replies."""
    for text in ("bantuan", "menu"):
        await citizen.deliver(citizen.message(text))


async def let_go(play: Play) -> None:
    """Return when the outbox holds nothing any more: it is sent, or back in the database."""
    async with asyncio.timeout(10):
        while play.house.outbox.waiting:  # noqa: ASYNC110 - the outbox tells nobody of it
            await asyncio.sleep(0)
    await play.citizen().say("halo")  # kept no earlier than what was noted of it


async def test_a_stumbling_channel_keeps_the_order(play: Play) -> None:
    """The second reply waits until the first got through, however often that takes."""
    citizen = await play.known()
    await citizen.say("bantuan")
    helped = citizen.last
    play.phones.faults[citizen.address] = iter([TryLater(0.01), TryLater(0.01), None])

    await say_two(citizen)
    await play.phones.wait_for(citizen.address, 5)

    assert citizen.heard[3].text == helped
    assert citizen.heard[4].text != helped


async def test_a_long_pause_goes_back_to_the_database(play: Play) -> None:
    """Told to wait an hour, the outbox lets go, and comes back when the hour is over."""
    citizen = await play.known()
    play.phones.faults[citizen.address] = iter([TryLater(3600)])
    await say_two(citizen)
    await let_go(play)
    assert len(citizen.heard) == 2

    play.clock.move(minutes=59)
    await play.house.outbox.sweep()
    assert play.house.outbox.waiting == 0

    play.clock.move(minutes=2)
    await play.house.outbox.sweep()
    await play.phones.wait_for(citizen.address, 4)


@pytest.mark.parametrize("fault", [Blocked(), Refused("message is too long")])
async def test_what_is_hopeless_is_set_aside(play: Play, fault: Blocked | Refused) -> None:
    """A reply that can never arrive does not hold up the next one."""
    citizen = await play.known()
    play.phones.faults[citizen.address] = iter([fault])

    await say_two(citizen)
    await play.phones.wait_for(citizen.address, 3)
    await play.house.outbox.sweep()

    assert "Choose a language" in await citizen.say(
        "bahasa"
    )  # the next one: replies go out in order
    assert len(citizen.heard) == 4


async def test_a_bug_in_a_channel_loses_nothing(play: Play) -> None:
    """A sender that fails in a way nobody foresaw is tried again later."""
    citizen = await play.known()
    play.phones.faults[citizen.address] = iter([_Unforeseen()])  # type: ignore[list-item]  # not of the family, that is the point
    await citizen.deliver(citizen.message("bantuan"))
    await let_go(play)
    assert len(citizen.heard) == 2

    play.clock.move(minutes=2)
    await play.house.outbox.sweep()
    await play.phones.wait_for(citizen.address, 3)


class _Unforeseen(Exception):  # noqa: N818 - it stands for any bug
    """A bug."""


def test_back_off_grows_and_the_providers_word_counts() -> None:
    """Pauses grow to an hour; "retry after 7" means 7."""
    pauses = [pause_before(n, None) for n in range(1, HOPELESS)]

    assert pauses == sorted(pauses)
    assert pauses[0] == 1
    assert pauses[-1] == 3600
    assert pause_before(1, 7) == 7


def test_no_pause_is_nothing() -> None:
    """A provider that says "retry after 0" is not hammered."""
    assert all(pause_before(n, 0) > 0 for n in itertools.islice(itertools.count(1), 50))
