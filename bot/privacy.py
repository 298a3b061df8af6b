"""What people may ask of whoever holds their data, and what is erased by itself, put together."""

from collections.abc import Mapping

from msgspec import Struct

from bot.ground import Ground
from bot.running.timers import Work
from casework.citizen.filing import Filing
from casework.privacy.daily import DAILY_TIMER, Daily
from casework.privacy.disclosing import CopyLinks, Disclosing
from casework.privacy.rights import ERASE, Rights


class Privacy(Struct, frozen=True):
    """Rights, and what their timers do."""

    rights: Rights
    own: Disclosing
    work: Mapping[str, Work]


async def open_privacy(ground: Ground) -> Privacy:
    """Return the privacy of the house, with its daily timer set."""
    store, letters, clock = ground.store, ground.letters, ground.clock
    filing = Filing(letters.district, letters, read=ground.settings.demo)
    rights = Rights(store, letters, filing)
    daily = Daily(store, letters.district, clock.now)
    await daily.start()
    work = {
        DAILY_TIMER: Work(daily.work, 1),
        ERASE: Work(lambda due: rights.erase_when_closed(due, clock.now())),
    }
    links = CopyLinks(ground.sealer, ground.settings.address)
    own = Disclosing(store, letters.district, ground.voices, links)
    return Privacy(rights, own, work)
