"""Print a link by which an officer of the district works on one ticket."""

import asyncio
import sys

import click
from msgspec.structs import replace

from bot.assembly import open_house
from bot.clock import SystemClock
from bot.settings import Settings
from casework.desk.officers import Desk


def run(settings: Settings, code: str, desk: str) -> None:
    """Print the link of ticket *code* for *desk*; exit with 1 where there is none."""
    link = asyncio.run(_link(replace(settings, instance="operator"), code, Desk(desk)))
    if link is None:
        sys.exit("There is no such ticket, or this desk may not open it.")
    click.echo(link)


async def _link(settings: Settings, code: str, desk: Desk) -> str | None:
    house = await open_house(settings, SystemClock(), {})
    try:
        return await house.desk.link(code, desk, house.clock.now())
    finally:
        await house.close()
