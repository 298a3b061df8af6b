"""`satupintu mail bounced`: a mail server's pipe hands in what came back."""

import asyncio
import os

from msgspec.structs import replace

from bot.assembly import open_house
from bot.clock import Clock
from bot.post.bounces import Heard
from bot.settings import Settings
from handlers.agencies import bounces
from storage.database.errors import StoreUnavailable

LARGEST = bounces.LARGEST


def run(settings: Settings, mail: bytes, clock: Clock) -> int:
    """Take *mail* in, by *clock*; return what a mail server understands: 0, or 75 for later."""
    try:
        heard = asyncio.run(_hear(replace(settings, instance="mail"), mail, clock))
    except (StoreUnavailable, OSError):
        return os.EX_TEMPFAIL
    return os.EX_TEMPFAIL if heard is Heard.LATER else os.EX_OK


async def _hear(settings: Settings, mail: bytes, clock: Clock) -> Heard:
    house = await open_house(settings, clock, {})
    try:
        return await house.post.bounces.hear(mail)
    finally:
        await house.close()
