"""Let time pass in a house: every timer that falls due is done, every message delivered."""

import msgspec

from casework.telling.letters import Written
from referrals.happened import tag
from referrals.ticket import Ticket
from tests.bot.playing import PATIENCE, Play

ROUNDS = 12  # in which what follows from what follows from a timer is done too
MANY = 500


async def settle(play: Play) -> None:
    """Do all that is due now, and all that follows from it."""
    house = play.house
    for _ in range(ROUNDS):
        await house.outbox.sweep()
        await house.outbox._pumps.wait(PATIENCE)
        await house.store._group.drain()  # what was sent is marked so
        if not await house.store.timers_due(play.clock.now()):
            return
        await house.timers.tick()


async def live(play: Play, days: float, steps: int = 1) -> None:
    """Let *days* pass, looking *steps* times a day at what is due."""
    for _ in range(round(days * steps)):
        play.clock.move(days=1 / steps)
        if await play.house.store.timers_due(play.clock.now()):
            await settle(play)


async def ticket_of(play: Play, code: str) -> Ticket:
    """Return the ticket as it stands."""
    stored = await play.house.store.ticket(code)
    assert stored
    return stored.ticket


async def story_of(play: Play, code: str) -> list[str]:
    """Return what happened to the ticket, in order, by the events' names."""
    return [tag(type(entry.event)) for entry in await play.house.store.entries(code)]


async def letters_of(play: Play, code: str) -> list[tuple[str, str]]:
    """Return to whom letters about the ticket went, and why, the oldest first."""
    kept = await play.house.store.letters(None, MANY)
    found = [
        (one.agency, msgspec.json.decode(one.body, type=Written))
        for one in kept
        if one.code == code
    ]
    return [
        (f"{agency} {letter.whom}".strip(), letter.occasion) for agency, letter in reversed(found)
    ]
