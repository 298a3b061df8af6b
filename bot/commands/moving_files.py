"""Copy sealed photos and documents from the folder beside the database to the bucket."""

import asyncio
from datetime import UTC, datetime

import click

from bot.files import bucket_of, folder_of
from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from storage.database.errors import FilesUnavailable
from storage.shelf.shelf import ShelfPlace

EVER = datetime.max.replace(tzinfo=UTC)
TOLD_EVERY = 100  # files


def to_bucket(settings: Settings) -> None:
    """Copy what the bucket lacks, reading each back; the folder stays as it is.

    It may be broken off and started again. Raises SettingsError, FilesUnavailable.
    """
    if not settings.files_url:
        raise SettingsError(f"{SETTINGS_PREFIX}FILES_URL says which bucket: it is not set")
    copied = asyncio.run(_copied(folder_of(settings), bucket_of(settings)))
    click.echo(f"{copied} files copied; the bucket now holds all of {settings.data_dir / 'files'}")


async def _copied(folder: ShelfPlace, bucket: ShelfPlace) -> int:
    copied = 0
    async for number in folder.older_than(EVER):
        copied += await _copy(number, folder, bucket)
        if copied and copied % TOLD_EVERY == 0:
            click.echo(f"{copied} files copied")
    return copied


async def _copy(number: str, folder: ShelfPlace, bucket: ShelfPlace) -> bool:
    """Copy *number* where the bucket does not hold the same; say whether that was so."""
    sealed = await folder.read(number)
    if sealed is None or await bucket.read(number) == sealed:  # swept meanwhile, or copied before
        return False
    await bucket.write(number, sealed)
    if await bucket.read(number) != sealed:
        raise FilesUnavailable("the bucket of files gives back other than what was put there")
    return True
