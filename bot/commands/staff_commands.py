"""The command line of the console's accounts: satupintu people add, people invite."""

import click

from bot.configured import configured, established


@click.group()
def people() -> None:
    """Look after the accounts of the console."""


@people.command()
@click.argument("name")
@click.argument("role")
@click.argument("office")
@click.option("--called", required=True, help="What people call them.")
@click.option("--area", "areas", multiple=True, help="Code of an area they work in; may repeat.")
def add(name: str, role: str, office: str, *, called: str, areas: tuple[str, ...]) -> None:
    """Make an account that signs in as NAME, of ROLE, for OFFICE, and print its invitation."""
    from bot.commands import staff_accounts  # noqa: PLC0415 - other commands start without its imports
    from casework.staff.accounts import Assignment, Named  # noqa: PLC0415 - the same as above

    staff_accounts.add(configured(), Named(name, called), Assignment(role, office, areas))


@people.command()
@click.argument("name")
def invite(name: str) -> None:
    """Print a new invitation for who signs in as NAME: password and second factor start anew."""
    from bot.commands import staff_accounts  # noqa: PLC0415 - the same as in add

    staff_accounts.invite(established(), name)
