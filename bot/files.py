"""Where photos and documents are kept, and the links by which they are seen."""

from collections.abc import Mapping
from functools import partial

from msgspec import Struct

from bot.clock import Clock
from bot.running.timers import Work
from bot.sending.illustrated import Illustrated
from bot.sending.outbox import Sender
from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from casework.files.arriving import FETCH, FILE_TIMER, Arriving
from casework.files.cleaning import SUFFIX
from casework.files.evidence import Evidence, Fetch
from casework.files.giving import Giving, Telling
from casework.files.proof_links import ProofLinks
from casework.trail.actions import PROGRAM, Action
from conversations.messages import Channel, Pictures
from handlers.pictures import Picture, Show
from storage.database.sealing import Sealer
from storage.shelf.folder import Folder
from storage.shelf.shelf import Shelf, ShelfPlace
from storage.store import Store

AT_ONCE = 4
FILES = "files"  # the folder of photos and documents in DATA_DIR


class Media(Struct, frozen=True):
    """Where citizens' files are fetched from, and ours are shown, by channel."""

    fetchers: Mapping[Channel, Fetch] = {}
    shows: Mapping[Channel, Show] = {}


class Files(Struct, frozen=True):
    """The shelf of files, and what reads and writes it."""

    shelf: Shelf
    evidence: Evidence
    proofs: ProofLinks
    arriving: Arriving
    giving: Giving

    @property
    def work(self) -> dict[str, Work]:
        """What is done when timers of files fall due; a few at once, for photos take room."""
        return {
            FETCH: Work(self.arriving.fetch, AT_ONCE),
            FILE_TIMER: Work(self.giving.give, AT_ONCE),
        }


def shelf_of(settings: Settings, sealer: Sealer) -> Shelf:
    """Return the shelf that every process of one database shares. Raises SettingsError."""
    return Shelf(place_of(settings), sealer)


def place_of(settings: Settings) -> ShelfPlace:
    """Return where sealed files lie: a bucket where one is set. Raises SettingsError."""
    return bucket_of(settings) if settings.files_url else folder_of(settings)


def folder_of(settings: Settings) -> Folder:
    """Return the place of files beside the database."""
    return Folder(settings.data_dir / FILES)


def bucket_of(settings: Settings) -> ShelfPlace:
    """Return the bucket that the settings name. Raises SettingsError."""
    from storage.shelf.bucket import (  # noqa: PLC0415 - a large library, and folders do without
        Bucket,
        BucketUnreadableError,
        Lock,
    )

    if bool(settings.files_access_key) != bool(settings.files_secret_key):
        raise SettingsError(
            f"{SETTINGS_PREFIX}FILES_ACCESS_KEY and {SETTINGS_PREFIX}FILES_SECRET_KEY go together"
        )
    lock = Lock(
        endpoint=settings.files_endpoint,
        region=settings.files_region,
        access_key=settings.files_access_key,
        secret_key=settings.files_secret_key,
    )
    try:
        return Bucket(settings.files_url, lock)
    except BucketUnreadableError as error:
        raise SettingsError(f"{SETTINGS_PREFIX}FILES_URL {error}") from None


def illustrated(
    senders: Mapping[Channel, Sender], media: Media, store: Store, shelf: Shelf, clock: Clock
) -> dict[Channel, Sender]:
    """Return *senders*, of which those that can also show the pictures of a reply."""
    look = partial(look_at, store, shelf, clock)
    return {
        channel: Illustrated(sender, media.shows[channel], look)
        if channel in media.shows
        else sender
        for channel, sender in senders.items()
    }


async def look_at(
    store: Store, shelf: Shelf, clock: Clock, named: Pictures, *, again: bool
) -> list[Picture]:
    """Return the files that a reply names, in their order; a vault's are shown in no chat.

    The audit keeps that they were opened, but not each try to send them: *again* is one.
    Raises StoreUnavailable.
    """
    files = [file for file in await store.files_of(named.code) if file.seq == named.seq]
    shown = []
    for file in sorted(files, key=lambda file: file.place):
        content = None if file.vault else await shelf.get(file)
        if content is not None:
            name = f"{file.seq}-{file.place}.{SUFFIX[file.kind]}"
            shown.append(Picture(file.kind, content, name))
    if shown and not again:
        unit = store.unit()
        unit.note(PROGRAM, Action.FILE, clock.now(), code=named.code)
        await store.commit(unit)
    return shown


def open_files(
    settings: Settings,
    clock: Clock,
    store: Store,
    fetchers: Mapping[Channel, Fetch],
    telling: Telling,
) -> Files:
    """Return the files of the house; *fetchers* say where citizens' files lie until then."""
    shelf = shelf_of(settings, store.sealer)
    links = ProofLinks(store.sealer.mac("links", "proof"), settings.address)
    evidence = Evidence(store, shelf, fetchers, clock.token)
    arriving = Arriving(store, evidence, fetchers, clock.now, clock.token)
    giving = Giving(store, shelf, clock.now, clock.token, telling)
    return Files(shelf, evidence, links, arriving, giving)
