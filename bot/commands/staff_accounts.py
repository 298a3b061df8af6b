"""Accounts of the console, made at the command line: the first of all, and the vault's."""

import asyncio

import click
from msgspec.structs import replace

from bot.assembly import House, open_house
from bot.clock import SystemClock
from bot.settings import Settings
from casework.staff.accounts import Accounts, Assignment, Invited, Named, NotDone
from casework.trail.actions import OPERATOR

WHY = {
    "name": "a sign-in name has letters, digits, dots and underscores",
    "name_taken": "this sign-in name is taken; for a new link: satupintu people invite",
    "called": "say what people call them",
    "role": "no such role in roles.yaml",
    "office": "no such agency",
    "areas": "no such area",
    "no_area": "this role works in an area: say --area, or an office of a village or sub-district",
    "vault": "a vault office is for vault roles only, and they for it",
    "suspended": "this account is suspended",
    "gone": "nobody signs in by this name",
}


def add(settings: Settings, named: Named, place: Assignment) -> None:
    """Make an account, and print the link by which its owner sets a password."""
    asyncio.run(_with_house(settings, named, place))


def invite(settings: Settings, name: str) -> None:
    """Print a new link for who signs in as *name*."""
    asyncio.run(_with_house(settings, Named(name, ""), None))


async def _with_house(settings: Settings, named: Named, place: Assignment | None) -> None:
    house = await open_house(replace(settings, instance=OPERATOR), SystemClock(), {})
    try:
        tell(settings, await _invited(house, named, place))
    finally:
        await house.close()


async def _invited(house: House, named: Named, place: Assignment | None) -> Invited | NotDone:
    accounts = Accounts(house.store, house.district, house.clock.token)
    now = house.clock.now()
    if place is not None:
        return await accounts.add(None, named, place, now)
    found = await house.store.account_named(named.name)
    return await accounts.invite(None, found.id, now) if found else NotDone("gone")


def tell(settings: Settings, done: Invited | NotDone) -> None:
    """Print the link, or raise ClickException with what is wrong."""
    if isinstance(done, NotDone):
        raise click.ClickException(WHY.get(done.key, done.key))
    click.echo(f"{settings.address}/console/invited/{done.token}")
    click.echo(f"for {done.account.called} alone, once, until {done.until:%Y-%m-%d %H:%M} UTC")
