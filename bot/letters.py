"""Print agencies' letters, for an operator who passes them on by hand."""

import asyncio

import click
from msgspec.structs import replace

from bot.assembly import open_house
from bot.clock import SystemClock
from bot.settings import Settings


def run(settings: Settings, agency: str | None) -> None:
    """Print the newest letters, to *agency* or to everybody. A link opens its leg to anybody."""
    asyncio.run(_print(replace(settings, instance="operator"), agency))


async def _print(settings: Settings, agency: str | None) -> None:
    house = await open_house(settings, SystemClock(), {})
    try:
        for letter in await house.inbox.letters(agency):
            name = (
                letter.agency_name
                if isinstance(letter.agency_name, str)
                else letter.agency_name.id
            )
            click.echo(f"{letter.at:%Y-%m-%d %H:%M} {name}\n  {letter.subject}\n  {letter.link}")
    finally:
        await house.close()
