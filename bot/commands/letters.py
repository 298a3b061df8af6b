"""Print agencies' letters, for an operator who passes them on by hand."""

import asyncio
from collections.abc import Sequence

import click
from msgspec.structs import replace

from bot.assembly import House, open_house
from bot.clock import SystemClock
from bot.settings import Settings
from casework.ticket.views import Letter
from casework.trail.actions import OPERATOR, Action


def run(settings: Settings, agency: str | None, *, vault: bool) -> None:
    """Print the newest letters, to *agency* or to everybody. A link opens its leg to anybody.

    Links to violence tickets stand there only with *vault*. Every link that is printed is in the
    audit; a letter without one names a service and a village, and nobody.
    """
    asyncio.run(_print(replace(settings, instance="operator"), agency, vault=vault))


async def _print(settings: Settings, agency: str | None, *, vault: bool) -> None:
    house = await open_house(settings, SystemClock(), {})
    try:
        if agency is not None and agency not in house.district.agencies:
            raise click.ClickException(
                f"no agency {agency} in the district: see its agencies.yaml"
            )
        letters = await house.inbox.letters(agency, vault=vault)
        await _note(house, letters)
        for letter in letters:
            click.echo(line(letter))
    finally:
        await house.close()


async def _note(house: House, letters: Sequence[Letter]) -> None:
    """Keep which tickets' links are printed before any of them is."""
    unit, now = house.store.unit(), house.clock.now()
    for code in sorted({letter.code for letter in letters if letter.link}):
        unit.note(OPERATOR, Action.LINK, now, code=code)
    await house.store.commit(unit)


def line(letter: Letter) -> str:
    """Return *letter* as it is printed: when, to whom, what became of it, and its page."""
    name = letter.agency_name if isinstance(letter.agency_name, str) else letter.agency_name.id
    tried = ", ".join(f"{one.way} {one.state}" for one in letter.tried) or "new"
    rest = letter.link or letter.text
    return f"{letter.at:%Y-%m-%d %H:%M} {name} [{tried}]\n  {letter.subject}\n  {rest}"
