"""This process's settings, as every command begins with."""

import os

import click

from bot import settings
from bot.logs import lines as logs
from bot.settings import DEMO, Settings


def configured() -> Settings:
    """Return this process's settings, with logs set up."""
    found = settings.read(os.environ)
    logs.configure(found.log_format)
    for name in settings.strangers(os.environ):
        click.echo(f"note: {name} is not a setting of this version", err=True)
    return found


def established() -> Settings:
    """Return the settings of a process that looks at a database, which must be there already.

    Raises click.ClickException where there is none, or one of another version: looking makes none.
    """
    from storage.database.migrate import is_current  # noqa: PLC0415 - other commands start without it

    found = configured()
    if not is_current(found.database):
        where = f"{settings.SETTINGS_PREFIX}DATA_DIR or {settings.SETTINGS_PREFIX}DATABASE_URL"
        told = f"no database of this version there: is {where} right? Else run satupintu migrate"
        demo = (
            f"; the demo's is {settings.SETTINGS_PREFIX}DATA_DIR={DEMO}" if DEMO.exists() else ""
        )
        raise click.ClickException(told + demo)
    return found
