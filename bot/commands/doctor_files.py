"""What the doctor finds about photos and documents: whether they can be kept, read and let go."""

from collections.abc import AsyncIterator
from secrets import token_bytes, token_hex

from bot.commands.diagnosis import Finding, broken, fine
from bot.files import place_of
from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from storage.database.errors import FilesUnavailable
from storage.shelf.shelf import ShelfPlace

PROBE = 64 * 1024  # bytes, more than fit into one packet


async def files_findings(settings: Settings) -> AsyncIterator[Finding]:
    """Yield how the place of files stands, where there is one: a probe goes there and back."""
    if settings.files_url or (settings.data_dir / "files").exists():
        yield await _probed(settings)


async def _probed(settings: Settings) -> Finding:
    where = settings.files_url or str(settings.data_dir / "files")
    try:
        wrong = await _fault(place_of(settings))
    except SettingsError as error:
        return broken(f"files: {error}")
    except FilesUnavailable as error:
        hint = f"are {SETTINGS_PREFIX}FILES_… right, and may the key write, read, list and delete?"
        return broken(f"files: {error}; {hint}" if settings.files_url else f"files: {error}")
    if wrong:
        return broken(f"files: {where} {wrong}")
    return fine(f"files: a probe was kept in {where}, read and deleted")


async def _fault(place: ShelfPlace) -> str:
    """Return what is wrong with *place*, "" where nothing is."""
    number, probe = token_hex(16), token_bytes(PROBE)
    await place.write(number, probe)
    try:
        if await place.read(number) != probe:
            return "gave back other than what was put there"
    finally:
        await place.remove(number)
    return "" if await place.read(number) is None else "still gives out what was deleted"
