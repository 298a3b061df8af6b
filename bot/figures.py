"""Figures follow what happens, some seconds later, and never in anybody's way."""

from bot.running.loops import forever
from casework.figures.keeping import Keeping
from referrals.district.directory import District
from storage.store import Store

PAUSE = 20.0  # seconds


async def counting(store: Store, district: District) -> None:
    """Count what went on, every PAUSE, for ever; at first all, where another version counted."""
    await forever("figures", Keeping(store, district).keep_up, PAUSE)
