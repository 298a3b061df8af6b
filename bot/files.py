"""Where photos and documents are kept, and the links by which they are seen."""

from collections.abc import Mapping

from msgspec import Struct

from bot.clock import Clock
from bot.settings import Settings
from casework.files.evidence import Evidence, Fetch
from casework.files.proof_links import ProofLinks
from conversations.messages import Channel
from storage.sealing import Sealer
from storage.shelf import Shelf
from storage.store import Store


class Files(Struct, frozen=True):
    """The shelf of files, and what reads and writes it."""

    shelf: Shelf
    evidence: Evidence
    proofs: ProofLinks


def shelf_of(settings: Settings, sealer: Sealer) -> Shelf:
    """Return the shelf that every process of one database shares."""
    return Shelf(settings.data_dir / "files", sealer)


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
    return Files(shelf, Evidence(store, shelf, fetchers or {}, clock.token), links)
