"""Fill the local registry from a file that the Dinas lawfully holds."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from bot.commands.spreadsheet import UnreadableError, is_workbook, lines_of
from bot.keys import open_store
from bot.settings import Settings
from registry_client.answers import Edition
from registry_client.csv_rows import RefusedRow, read_rows
from registry_client.person import Person
from storage.database.migrate import migrate

SHOWN = 20  # refused rows told one by one; the rest is counted


class Refusals:
    """Rows that could not be taken, with their line numbers; never with what they hold."""

    def __init__(self) -> None:
        self.rows: list[RefusedRow] = []

    def taken(self, rows: Iterator[Person | RefusedRow]) -> Iterator[Person]:
        """Yield the people in *rows* and keep the others."""
        for row in rows:
            if isinstance(row, RefusedRow):
                self.rows.append(row)
            else:
                yield row


def run(settings: Settings, path: Path, edition: str, as_of: datetime) -> None:
    """Import *path* and print what became of its rows."""
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    migrate(settings.database)
    refusals = Refusals()
    try:
        kept = asyncio.run(_import(settings, path, Edition(edition, as_of.date()), refusals))
    except UnreadableError:
        raise click.ClickException(f"{path.name} is no workbook that can be opened") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"{path.name} is no text in UTF-8: export it as CSV") from None
    click.echo(f"{kept} people in the registry, {len(refusals.rows)} rows refused")
    for row in refusals.rows[:SHOWN]:
        click.echo(f"  {path.name}:{row.line}: {row.reason}")
    if len(refusals.rows) > SHOWN:
        click.echo(f"  and {len(refusals.rows) - SHOWN} more")


async def _import(settings: Settings, path: Path, edition: Edition, refusals: Refusals) -> int:
    store = await open_store(settings, "registry import")
    try:
        length = sum(1 for _ in _lines(path))
        with click.progressbar(length=length, label="Importing") as bar:
            people = refusals.taken(read_rows(_lines(path)))
            return await store.import_people(people, edition, bar.update)
    finally:
        await store.close()


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of *path*, or the rows of its first sheet as such."""
    if is_workbook(path):
        yield from lines_of(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from file
