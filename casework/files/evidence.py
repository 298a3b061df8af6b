"""Photos and documents of a ticket: proofs that agencies bring, and what the citizen sent.

An agency's proof is cleaned, sealed and shelved before the commit that counts it. What a citizen
sent is fetched as it arrives (`casework.files.arriving`); what could not be had then is tried once
more when somebody opens it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import structlog
from msgspec import Struct

from casework.files.cleaning import SUFFIX, Clean, Unfit
from casework.files.cleanroom import clean_apart
from casework.files.likeness import alike_from
from casework.ticket.history import Reader
from casework.ticket.spoken import Spoken
from casework.ticket.views import LOST, FileShown, Opened
from conversations.messages import LARGEST_FILE, Attachment, Channel
from handlers.delivery import DeliveryError
from referrals.choosing import Refusal
from referrals.district.directory import Service
from referrals.guards import is_vault
from referrals.leg_events import LegDone, Resolved
from referrals.log import Entry
from referrals.ticket import Ticket
from storage.cases.tickets import StoredTicket
from storage.shelf.arrivals import Found
from storage.shelf.files import KeptFile
from storage.shelf.shelf import Shelf
from storage.store import Store
from storage.unit import Outcome, Unit

MOST_FILES = 5  # files of one answer
PROVEN = (Resolved, LegDone)  # the events that a proof comes with

Fetch = Callable[[str, int], Awaitable[bytes | None]]  # a channel's file id, the most bytes

log = structlog.get_logger()


class Wanted(Struct, frozen=True):
    """A file somebody may look at: how a page shows it, and where it is."""

    shown: FileShown
    kept: KeptFile | None = None
    sent: Attachment | None = None


class Evidence:
    """Takes files in, and gives them out again. Cleans one at a time: a photo takes much room."""

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        fetchers: Mapping[Channel, Fetch],
        token: Callable[[], str],
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._fetchers = fetchers
        self._token = token
        self._turn = asyncio.Semaphore(1)

    @property
    def shelf(self) -> Shelf:
        """Where the contents of files lie."""
        return self._shelf

    async def clean(self, sent: Sequence[bytes]) -> tuple[Clean, ...] | Unfit:
        """Return the files in *sent* fit to be kept, each once, or why one of them is not."""
        found: dict[str, Clean] = {}
        for one in sent:
            async with self._turn:
                clean = await clean_apart(one)
            if isinstance(clean, Unfit):
                return clean
            found[clean.digests[0]] = clean
        return tuple(found.values())

    async def resembles(self, cleans: Iterable[Clean]) -> bool:
        """Tell whether one of *cleans* is a photo used or sent before, barely changed."""
        for look in (clean.look for clean in cleans if clean.look):
            if await self._store.most_alike(look) >= alike_from(len(look)):
                return True
        return False

    async def prove(
        self, unit: Unit, ticket: Ticket, cleans: Iterable[Clean], now: datetime
    ) -> tuple[KeptFile, ...]:
        """Shelve *cleans* as proofs that come with the newest entry of *ticket*, and count them.

        The unit is lost when one of them was used or sent before.
        """
        kept = []
        for place, clean in enumerate(cleans, start=1):
            file = self._row(ticket, FileShown(ticket.events, place, now, proof=True), clean)
            await self._shelf.put(file, clean.content)
            unit.keep_file(file)
            unit.prove_with(file, clean.digests)
            unit.remember_look(file, clean.look)
            kept.append(file)
        return tuple(kept)

    async def discard(self, files: Iterable[KeptFile]) -> None:
        """Let go of what was shelved for a commit that was lost."""
        await self._shelf.remove(*(file.id for file in files))

    async def opened(self, stored: StoredTicket, wanted: Wanted) -> Opened | Refusal:
        """Return *wanted* as it may be looked at; a Refusal where it is not to be had now."""
        if wanted.kept is not None and not wanted.shown.lost:
            content = await self._shelf.get(wanted.kept)
            return _named(wanted, content) if content is not None else Refusal("file_gone")
        fetched = await self._fetched(stored, wanted.sent)
        if isinstance(fetched, Refusal):
            return fetched
        clean = await self.clean((fetched,))
        if isinstance(clean, Unfit):
            return Refusal(f"file_{clean}")
        await self._keep(stored.ticket, wanted.shown, clean[0])
        return _named(wanted, clean[0].content, clean[0].kind)

    async def _fetched(self, stored: StoredTicket, sent: Attachment | None) -> bytes | Refusal:
        fetch = self._fetchers.get(stored.contact.address.channel)
        if fetch is None or sent is None:
            return Refusal("file_gone")
        try:
            content = await fetch(sent.ref, LARGEST_FILE)
        except DeliveryError as error:
            log.warning("a citizen's file cannot be fetched", why=type(error).__name__)
            return Refusal("file_later" if error.retry else "file_gone")
        return Refusal(f"file_{Unfit.TOO_LARGE}") if content is None else content

    async def _keep(self, ticket: Ticket, shown: FileShown, clean: Clean) -> None:
        """Keep what was fetched; it is no proof of anybody's work from now on."""
        file = self._row(ticket, shown, clean)
        await self._shelf.put(file, clean.content)
        unit = self._store.unit()
        unit.keep_file(file)
        unit.remember(file, clean.digests)
        unit.remember_look(file, clean.look)
        if await self._store.commit(unit) is not Outcome.KEPT:
            await self.discard((file,))

    def _row(self, ticket: Ticket, shown: FileShown, clean: Clean) -> KeptFile:
        return row_of(ticket, shown, found_in(clean), self._token())


def found_in(clean: Clean) -> Found:
    """Return what *clean* is, without its content."""
    return Found(clean.kind, len(clean.content), clean.digests, clean.look)


def row_of(ticket: Ticket, shown: FileShown, found: Found, number: str) -> KeptFile:
    """Return the row of file *number* of *ticket*, which is *found*, or lost."""
    return KeptFile(
        id=number,
        code=ticket.code,
        seq=shown.seq,
        place=shown.place,
        kind=LOST if found.lost else found.kind,
        size=found.size,
        digest=found.digests[-1] if found.digests else "",  # of the content as it is kept
        vault=is_vault(ticket),
        at=shown.at,
    )


def wanted_by(
    reader: Reader,
    service: Service,
    entries: Sequence[Entry],
    heard: Mapping[int, Spoken],
    kept: Iterable[KeptFile],
) -> Iterator[Wanted]:
    """Yield the files that *reader* may open, the oldest first; *heard* are the words they read.

    Of a form that is what the fields show that its agency needs; of proofs, those of the reader's
    own leg, or all for who looks at the ticket as a whole.
    """
    here_last = sorted(kept, key=lambda file: file.kind != LOST)  # one that came after all counts
    rows = {(file.seq, file.place): file for file in here_last}
    shared = {field.key for field in service.fields if field.shared}
    for entry in reader.until_its_end(entries):
        if isinstance(entry.event, PROVEN) and reader.may_hear(entry):
            yield from _proofs(entry, rows)
        said = heard.get(entry.seq)
        things = _things(said, service)
        for place, sent in sent_with(said, None if reader.desk else shared):
            row = rows.get((entry.seq, place))
            kind, paper = row.kind if row else "", place not in things
            shown = FileShown(entry.seq, place, entry.at, proof=False, kind=kind, paper=paper)
            yield Wanted(shown, row, sent)


def _proofs(entry: Entry, rows: Mapping[tuple[int, int], KeptFile]) -> Iterator[Wanted]:
    for (seq, place), row in sorted(rows.items(), key=lambda pair: pair[0]):
        if seq == entry.seq:
            yield Wanted(FileShown(seq, place, entry.at, proof=True, kind=row.kind), row)


def sent_with(
    said: Spoken | None, shared: set[str] | None = None
) -> Iterator[tuple[int, Attachment]]:
    """Yield place and attachment of what came with an entry, of its answers the *shared* ones."""
    if said is None:
        return
    all_of_them = [
        (attachment, shared is None or answer.key in shared)
        for answer in said.answers
        for attachment in answer.attachments
    ] + [(attachment, True) for attachment in said.attachments]
    for place, (attachment, may) in enumerate(all_of_them, start=1):
        if may:
            yield place, attachment


def _things(said: Spoken | None, service: Service) -> set[int]:
    """Return the places of files in *said* that the form asked for as photos of things."""
    asked = {field.key for field in service.fields if field.thing}
    answers = said.answers if said else ()
    keys = [answer.key for answer in answers for _ in answer.attachments]
    return {place for place, key in enumerate(keys, start=1) if key in asked}


def _named(wanted: Wanted, content: bytes, kind: str = "") -> Opened:
    shown, row = wanted.shown, wanted.kept
    kind = kind or (row.kind if row else "")
    return Opened(kind, content, f"{shown.seq}-{shown.place}.{SUFFIX[kind]}")
