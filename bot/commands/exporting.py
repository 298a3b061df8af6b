"""What leaves the house as files: figures for reports, and copies for safekeeping."""

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.district.reading import load
from bot.files import FILES
from bot.keys import open_store
from bot.settings import Settings
from casework.figures.keeping import Keeping
from casework.figures.looking import Asked, Look
from casework.figures.overview import Overview, overview
from referrals.district.days import day_in
from referrals.district.directory import District
from storage.database.copying import CopyFailedError, copy_database
from web.console.figures.files import as_csv
from web.console.figures.words import FigureWords
from web.voice import load_voices


def figures(settings: Settings, folder: Path, weeks: int, language: str) -> None:
    """Write each table of the figures of the last *weeks* into *folder* as CSV.

    No group smaller than five is in them, and nothing of services that a village never hears of.
    Two of them can be subtracted, so that what was published once must be the only one.
    """
    district = load(settings.district)
    seen = asyncio.run(_seen(settings, district, weeks))
    words = FigureWords(load_voices(district.calendar.zone)[language], district)
    folder.mkdir(parents=True, exist_ok=True)
    for table in seen.tables:
        if table.lines:
            (folder / f"{table.key}.csv").write_bytes(as_csv(words.sheet(table, seen)))
            click.echo(folder / f"{table.key}.csv")
    click.echo("publish one period once: two that overlap tell of single people")


async def _seen(settings: Settings, district: District, weeks: int) -> Overview:
    today = day_in(district.calendar.zone, SystemClock().now())
    store = await open_store(settings, "operator")
    try:
        await Keeping(store, district).catch_up()
        return await overview(store, district, Asked(weeks=weeks), for_everybody(district), today)
    finally:
        await store.close()


def for_everybody(district: District) -> Look:
    """Return how far everybody may look: over the whole district, but at no tender service."""
    rows = district.services.values()
    return Look(
        hidden=tuple(sorted(row.code for row in rows if row.confidential or row.safe_path))
    )


def backup(settings: Settings, folder: Path) -> None:
    """Copy the database and the files beside it into *folder*, which must be new.

    All stays sealed: without the keys, which are not in it, nobody reads it. Files are copied
    after the database, so that none is missing that it names.
    """
    files = settings.data_dir / FILES
    if folder.resolve().is_relative_to(files.resolve()):
        raise click.ClickException(f"{folder} lies among the files that would be copied")
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise click.ClickException(f"{folder} is there already: name a new folder") from None
    try:
        click.echo(copy_database(settings.database, folder))
        if files.exists():
            click.echo(shutil.copytree(files, folder / FILES, copy_function=_copy_if_there))
    except CopyFailedError as error:
        shutil.rmtree(folder)
        raise click.ClickException(str(error)) from None
    except OSError as error:  # half a back-up would be taken for one
        shutil.rmtree(folder, ignore_errors=True)
        raise click.ClickException(f"not copied: {error.strerror or 'a file failed'}") from None
    if settings.files_url:
        click.echo("files in the bucket are not copied: keep its versions there")
    click.echo("the keys are not in it: keep them elsewhere, for without them nobody reads it")


def _copy_if_there(source: str, to: str) -> None:
    """Copy one file, unless the house just removed it: its database row goes the same way."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, to)
