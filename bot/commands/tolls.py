"""What sending cost: units that channels charge for, a month at a time."""

import asyncio
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date

import click

from bot.clock import SystemClock
from bot.district.reading import load
from bot.keys import open_store
from bot.settings import Settings
from referrals.district.days import day_in
from storage.replies.tolls import Toll
from storage.store import Store

NO_TARIFF = "-"


def run(settings: Settings, month: date | None) -> None:
    """Print what was charged for in the month of *month*; the district's own month without one."""
    calendar = load(settings.district).calendar
    day = month or day_in(calendar.zone, SystemClock().now())
    for line in told(asyncio.run(_read(settings, day)), day):
        click.echo(line)


def told(tolls: Sequence[Toll], day: date) -> Iterator[str]:
    """Yield *tolls* of *day*'s month as lines: month, channel, tariff, units."""
    for toll in tolls:
        name = toll.tariff or NO_TARIFF
        yield f"{day:%Y-%m}  {toll.channel:<10}{name:<12}{toll.units:>9}"
    if not tolls:
        yield f"{day:%Y-%m}  nothing that costs was sent"


async def of_month(store: Store, day: date) -> Sequence[Toll]:
    """Return what was charged for in *day*'s month."""
    last = monthrange(day.year, day.month)[1]
    return await store.tolls_between(day.replace(day=1), day.replace(day=last))


async def _read(settings: Settings, day: date) -> Sequence[Toll]:
    store = await open_store(settings, "operator")
    try:
        return await of_month(store, day)
    finally:
        await store.close()
