"""The command line: satupintu serve, demo, chat, check, registry import, migrate, doctor."""

import errno
import os
import sys
from datetime import datetime
from pathlib import Path

import click

from bot.commands.privacy_commands import COMMANDS
from bot.commands.staff_commands import people
from bot.configured import configured, established
from bot.district.reading import DistrictError
from bot.logs import lines as logs
from bot.settings import SettingsError
from storage.database.errors import StoreUnavailable


class Sentences(click.Group):
    """Tells what an operator can mend in one sentence; bugs keep their traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (SettingsError, DistrictError, StoreUnavailable) as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise click.ClickException(
                "the port is taken: set SATUPINTU_PORT to a free one"
            ) from None


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="satupintu")
def main() -> None:
    """Satu Pintu: one door to the social services of a kabupaten."""


for one in COMMANDS:
    main.add_command(one)
main.add_command(people)


@main.command()
@click.option("--workers", default=1, show_default=True, help="Processes on one port.")
def serve(workers: int) -> None:
    """Run the server: web, webhooks, outbox, timers."""
    from bot import serving  # noqa: PLC0415 - other commands start without the server's imports

    found = configured()
    serving.serve(found, workers)


@main.command()
def demo() -> None:
    """Run everything on an invented kabupaten, with telephones in the browser."""
    from bot.commands import demo as stage  # noqa: PLC0415 - see serve

    logs.configure("console")
    stage.run(os.environ)


@main.command()
@click.option("--channel", type=click.Choice(["telegram", "whatsapp", "sms"]), default="telegram")
def chat(channel: str) -> None:
    """Talk to the bot in this terminal, rendered as a channel would."""
    from bot.commands import terminal  # noqa: PLC0415 - see serve

    logs.configure("console")
    terminal.run(os.environ, channel)


@main.command()
@click.argument("district", type=click.Path(path_type=Path), required=False)
def check(district: Path | None) -> None:
    """Find every mistake in a district's folder, with file and line."""
    from bot.clock import SystemClock  # noqa: PLC0415 - see serve
    from bot.district import reading as rows  # noqa: PLC0415 - see serve

    folder = district or configured().district
    found = rows.report(folder, SystemClock().now().date())
    for line in found:
        click.echo(line)
    if found:
        click.echo(f"{len(found)} to mend in {folder}", err=True)
        sys.exit(1)
    click.echo(f"{folder}: nothing to mend")


@main.group()
def registry() -> None:
    """Look after the local copy of the social registry."""


@registry.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, help='The data\'s version, as "DTSEN 2026-T4".')
@click.option("--as-of", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Its date.")
def import_file(file: Path, edition: str, as_of: datetime) -> None:
    """Read FILE (CSV or XLSX) into the local registry and report the rows that were refused."""
    from bot.commands import importing  # noqa: PLC0415 - see serve

    importing.run(configured(), file, edition, as_of)


@main.group()
def keys() -> None:
    """Look after the sealing keys."""


@keys.command()
def reseal() -> None:
    """Seal again, with the newest key, whatever an older key sealed."""
    from bot.commands import upkeep  # noqa: PLC0415 - see serve

    upkeep.reseal(established())


@main.group()
def files() -> None:
    """Look after photos and documents."""


@files.command(name="to-bucket")
def to_bucket() -> None:
    """Copy them from DATA_DIR to the bucket that FILES_URL names."""
    from bot.commands import moving_files  # noqa: PLC0415 - see serve

    moving_files.to_bucket(configured())


@main.group()
def outbox() -> None:
    """Look after replies that could not be sent."""


@outbox.command()
def retry() -> None:
    """Try again what was set aside as hopeless."""
    from bot.commands import upkeep  # noqa: PLC0415 - see serve

    upkeep.retry(established())


@main.command()
@click.option("--month", type=click.DateTime(["%Y-%m"]), help="Such as 2026-11; else this one.")
def tolls(month: datetime | None) -> None:
    """Print what sending cost in a month: units by channel and tariff."""
    from bot.commands import tolls as costs  # noqa: PLC0415 - see serve

    costs.run(established(), month.date() if month else None)


@main.group()
def figures() -> None:
    """Look after what supervisors see counted."""


@figures.command("rebuild")
def rebuild_figures() -> None:
    """Count all tickets anew from their logs, as after a restored backup."""
    from bot.commands import figures as counts  # noqa: PLC0415 - see serve

    counts.rebuild(established())


@main.group()
def export() -> None:
    """Write files that leave the house."""


@export.command("figures")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--weeks", default="52", type=click.Choice(["4", "12", "26", "52"]), help="Until now."
)
@click.option("--language", default="id", type=click.Choice(["id", "en"]), help="Of the words.")
def export_figures(folder: Path, weeks: str, language: str) -> None:
    """Write the figures into FOLDER as CSV, for reports: no group in it is smaller than five."""
    from bot.commands import exporting  # noqa: PLC0415 - see serve

    exporting.figures(established(), folder, int(weeks), language)


@export.command("backup")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_backup(folder: Path) -> None:
    """Copy database and files, sealed as they are, into the new FOLDER; the server may go on."""
    from bot.commands import exporting  # noqa: PLC0415 - see serve

    exporting.backup(established(), folder)


@main.command()
def migrate() -> None:
    """Bring the database's schema up to date."""
    from storage.database.migrate import migrate as bring_up  # noqa: PLC0415 - see serve

    bring_up(configured().database)
    click.echo("schema is up to date")


@main.command()
@click.argument("agency", required=False)
@click.option("--vault", is_flag=True, help="With the links of violence tickets' letters.")
def inbox(agency: str | None, *, vault: bool) -> None:
    """Print the newest letters (to AGENCY) with their links, to be passed on by hand."""
    from bot.commands import letters  # noqa: PLC0415 - see serve

    letters.run(established(), agency, vault=vault)


@main.command()
@click.argument("code")
@click.argument("desk", type=click.Choice(["verifier", "head", "appeal", "protection"]))
def link(code: str, desk: str) -> None:
    """Print the link by which an officer of DESK works on ticket CODE."""
    from bot.commands import officers  # noqa: PLC0415 - see serve

    officers.run(established(), code.replace(" ", ""), desk)


@main.group()
def ways() -> None:
    """Look after the ways to agencies."""


@ways.command()
@click.argument("agency")
def reopen(agency: str) -> None:
    """Try the ways again that AGENCY's own program had closed for good (HTTP 410)."""
    from bot.commands import upkeep  # noqa: PLC0415 - see serve

    upkeep.reopen(configured(), agency)


@main.group()
def mail() -> None:
    """Look after letters that go by mail."""


@mail.command()
def bounced() -> None:
    """Take in a mail that came back, from standard input: a mail server's pipe calls this."""
    from bot.clock import SystemClock  # noqa: PLC0415 - see serve
    from bot.commands import bounced as returned  # noqa: PLC0415 - see serve

    came_back = sys.stdin.buffer.read(returned.LARGEST)
    sys.exit(returned.run(configured(), came_back, SystemClock()))


@main.command()
def doctor() -> None:
    """Look at settings, database, district and channels, and say what is wrong."""
    from bot.clock import SystemClock  # noqa: PLC0415 - see serve
    from bot.commands import doctor as surgery  # noqa: PLC0415 - see serve

    sys.exit(surgery.run(configured(), SystemClock()))
