"""What people may ask of whoever holds their data, and what is erased by itself, put together."""

from collections.abc import Mapping

from msgspec import Struct

from bot.clock import Clock
from bot.timers import Work
from casework.daily import KIND as DAILY
from casework.daily import Daily
from casework.filing import Filing
from casework.letters import Letters
from casework.rights import ERASE, Rights
from storage.store import Store


class Privacy(Struct, frozen=True):
    """Rights, and what their timers do."""

    rights: Rights
    work: Mapping[str, Work]


async def open_privacy(store: Store, letters: Letters, clock: Clock) -> Privacy:
    """Return the privacy of the house, with its daily timer set."""
    rights = Rights(store, letters, Filing(letters.district, letters))
    daily = Daily(store, letters.district, clock.now)
    await daily.start()
    work = {
        DAILY: Work(daily.work, 1),
        ERASE: Work(lambda due: rights.erase_when_closed(due, clock.now())),
    }
    return Privacy(rights, work)
