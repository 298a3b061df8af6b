"""The command line of the data-protection officer: audit, retention, person, incident."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from bot.configured import established

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
A_FOLDER = click.Path(file_okay=False, path_type=Path)
MOMENTS = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M"])

Command = Callable[..., Any]


@click.group()
def audit() -> None:
    """Prove that nobody changed what is written about who looked at whose data."""


@audit.command()
@click.option(
    "--heads", "kept", type=A_FILE, help="What audit heads printed: must still be there."
)
def verify(kept: Path | None) -> None:
    """Prove every chain of the audit and every ticket's log; exit status 1 if one is broken."""
    from bot.commands import audit as proofs  # noqa: PLC0415 - other commands start without its imports

    sys.exit(proofs.verify(established(), kept))


@audit.command()
def heads() -> None:
    """Print where each chain ends, to be kept outside the house."""
    from bot.commands import audit as proofs  # noqa: PLC0415 - see verify

    proofs.heads(established())


@click.command()
@click.option("--dry-run", "dry", is_flag=True, help="Count what would go, and erase nothing.")
def retention(*, dry: bool) -> None:
    """Erase what was kept long enough, kind by kind; the server does it daily."""
    from bot.commands import retention as keeping  # noqa: PLC0415 - see verify

    keeping.run(established(), dry=dry)


@click.group()
def person() -> None:
    """Do what somebody may ask about their own data, once they proved who they are."""


def about_somebody(command: Command) -> Command:
    """Give *command* the options that say whom it is about, and why."""
    for option in (
        click.option("--reason", required=True, help="Kept in the audit."),
        click.option("--nik", default="", help="Only when they proved it."),
        click.option("--address", required=True, help='As "sms:0812…" or "telegram:700…".'),
    ):
        command = option(command)
    return command


@person.command()
@about_somebody
@click.option("--into", type=A_FOLDER, default=Path(), help="Folder for the copy.")
@click.option("--open", "opened", is_flag=True, help="As JSON and a page, not sealed.")
def copy(address: str, nik: str, reason: str, into: Path, *, opened: bool) -> None:
    """Write a copy of everything about somebody, sealed unless it is to be handed over."""
    from bot.commands import people  # noqa: PLC0415 - see verify

    people.copy(established(), people.asked(address, nik, reason), into, opened=opened)


@person.command()
@click.argument("file", type=A_FILE)
@click.option("--into", type=A_FOLDER, default=Path(), help="Folder for what it holds.")
def read(file: Path, into: Path) -> None:
    """Open a sealed copy."""
    from bot.commands import people  # noqa: PLC0415 - see verify

    people.read(established(), file, into)


@person.command()
@about_somebody
def erase(address: str, nik: str, reason: str) -> None:
    """Erase somebody: closed tickets at once, open ones once they are closed."""
    from bot.commands import people  # noqa: PLC0415 - see verify

    people.erase(established(), people.asked(address, nik, reason))


@person.command()
@about_somebody
def withdraw(address: str, nik: str, reason: str) -> None:
    """Take somebody's consent back: open tickets end, and nothing unasked is sent."""
    from bot.commands import people  # noqa: PLC0415 - see verify

    people.withdraw(established(), people.asked(address, nik, reason))


@person.command()
@about_somebody
@click.argument("text")
def correct(address: str, nik: str, reason: str, text: str) -> None:
    """File that somebody wants data about them corrected, told in TEXT."""
    from bot.commands import people  # noqa: PLC0415 - see verify

    people.correct(established(), people.asked(address, nik, reason), text)


@click.group()
def incident() -> None:
    """Find out whose data an incident touched."""


@incident.command()
@click.option("--from", "since", required=True, type=MOMENTS, help="In UTC.")
@click.option("--to", "until", required=True, type=MOMENTS, help="In UTC, not included.")
@click.option(
    "--actor", default="", help='As the audit has it: "citizen", "agency:…", "operator".'
)
@click.option("--code", default="", help="Of one ticket.")
@click.option("--open", "opened", is_flag=True, help="With whole numbers, for the notices.")
@click.option("--reason", default="", help="Needed with --open; kept in the audit.")
def export(  # noqa: PLR0913 - one for each option
    since: datetime, until: datetime, actor: str, code: str, reason: str, *, opened: bool
) -> None:
    """Print a table (CSV) of whose data was looked at, when, and by whom; masked unless --open."""
    from bot.commands import incidents  # noqa: PLC0415 - see verify
    from casework.privacy.incident import Window  # noqa: PLC0415 - see verify

    if opened and not reason.strip():
        raise click.UsageError("--open needs a --reason: it is kept in the audit")
    begin, end = since.replace(tzinfo=UTC), until.replace(tzinfo=UTC)
    window = Window(since=begin, until=end, actor=actor, code=code)
    incidents.export(established(), window, reason if opened else "")


COMMANDS: tuple[click.Command, ...] = (audit, retention, person, incident)
