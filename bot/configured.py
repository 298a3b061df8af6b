"""This process's settings, as every command begins with."""

import os

import click

from bot import logs, settings
from bot.settings import Settings


def configured() -> Settings:
    """Return this process's settings, with logs set up."""
    found = settings.read(os.environ)
    logs.configure(found.log_format)
    for name in settings.strangers(os.environ):
        click.echo(f"note: {name} is not a setting of this version", err=True)
    return found
