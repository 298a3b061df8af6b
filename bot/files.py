"""Where photos and documents are kept, and the links by which they are seen."""

from collections.abc import Mapping

from msgspec import Struct

from bot.clock import Clock
from bot.settings import PREFIX, Settings, SettingsError
from bot.timers import Work
from casework.files.arriving import FETCH, FILE, Arriving
from casework.files.evidence import Evidence, Fetch
from casework.files.giving import Giving
from casework.files.proof_links import ProofLinks
from conversations.messages import Channel
from storage.sealing import Sealer
from storage.shelf import Place, Shelf
from storage.shelf_folder import Folder
from storage.store import Store

AT_ONCE = 4


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
        return {FETCH: Work(self.arriving.fetch, AT_ONCE), FILE: Work(self.giving.give, AT_ONCE)}


def shelf_of(settings: Settings, sealer: Sealer) -> Shelf:
    """Return the shelf that every process of one database shares. Raises SettingsError."""
    return Shelf(place_of(settings), sealer)


def place_of(settings: Settings) -> Place:
    """Return where sealed files lie: a bucket where one is set. Raises SettingsError."""
    return bucket_of(settings) if settings.files_url else folder_of(settings)


def folder_of(settings: Settings) -> Folder:
    """Return the place of files beside the database."""
    return Folder(settings.data_dir / "files")


def bucket_of(settings: Settings) -> Place:
    """Return the bucket that the settings name. Raises SettingsError."""
    from storage.shelf_bucket import (  # noqa: PLC0415 - a large library, and folders do without
        Bucket,
        BucketUnreadableError,
        Lock,
    )

    if bool(settings.files_access_key) != bool(settings.files_secret_key):
        raise SettingsError(f"{PREFIX}FILES_ACCESS_KEY and {PREFIX}FILES_SECRET_KEY go together")
    lock = Lock(
        endpoint=settings.files_endpoint,
        region=settings.files_region,
        access_key=settings.files_access_key,
        secret_key=settings.files_secret_key,
    )
    try:
        return Bucket(settings.files_url, lock)
    except BucketUnreadableError as error:
        raise SettingsError(f"{PREFIX}FILES_URL {error}") from None


def open_files(
    settings: Settings,
    clock: Clock,
    store: Store,
    sealer: Sealer,
    fetchers: Mapping[Channel, Fetch] | None,
) -> Files:
    """Return the files of the house; *fetchers* say where citizens' files lie until then."""
    shelf = shelf_of(settings, sealer)
    links = ProofLinks(sealer.mac("links", "proof"), settings.address)
    evidence = Evidence(store, shelf, fetchers or {}, clock.token)
    arriving = Arriving(store, shelf, evidence, fetchers or {}, clock)
    return Files(shelf, evidence, links, arriving, Giving(store, shelf, clock.now, clock.token))
