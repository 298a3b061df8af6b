"""Erase, or count, what was kept long enough."""

import asyncio
from collections.abc import Iterable

import click

from bot.clock import SystemClock
from bot.district import reading as rows
from bot.keys import open_store
from bot.settings import Settings
from casework.privacy.retention import Retention, Went


def run(settings: Settings, *, dry: bool) -> None:
    """Erase what is over, or with *dry* only count it, and print a table of kinds."""
    for line in table(asyncio.run(_run(settings, dry=dry))):
        click.echo(line)
    click.echo("nothing was erased: this was a dry run" if dry else "erased")


def table(went: Iterable[Went]) -> list[str]:
    """Return *went* as lines: how many, what, and by which row of the district."""
    return [f"{one.count:8}  {one.kind:40}  {one.rule}" for one in went]


async def _run(settings: Settings, *, dry: bool) -> tuple[Went, ...]:
    district = rows.load(settings.district)
    store = await open_store(settings, "operator")
    try:
        return await Retention(store, district).run(SystemClock().now(), dry=dry)
    finally:
        await store.close()
