"""Count all tickets anew for the figures."""

import asyncio

import click

from bot.district.reading import load
from bot.keys import open_store
from bot.settings import Settings
from casework.figures.keeping import Keeping


def rebuild(settings: Settings) -> None:
    """Count every ticket from its log; the running server may go on meanwhile."""
    click.echo(f"{asyncio.run(_rebuild(settings))} tickets counted anew")


async def _rebuild(settings: Settings) -> int:
    district = load(settings.district)
    store = await open_store(settings, "operator")
    try:
        return await Keeping(store, district).rebuild()
    finally:
        await store.close()
