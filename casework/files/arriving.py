"""Files that citizens send, fetched as they arrive: a channel forgets them after some days.

The turn that keeps a file in mind commits a row and a timer, and waits for nothing. The timer's
work fetches it, has it cleaned, and shelves it sealed. When a ticket has it, another timer makes
it the ticket's (`casework.files.giving`); what the conversation let go of goes within a day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from casework.files.cleaning import Clean, Unfit
from casework.files.evidence import Evidence, Fetch, found_in
from conversations.messages import LARGEST_FILE, Attachment, Channel, Inbound
from conversations.records.deeds import Explained
from conversations.turn import OpenTicket, Record
from handlers.delivery import DeliveryError, TryLater
from storage.database.errors import FilesUnavailable
from storage.shelf.arrivals import Arrival, Found
from storage.shelf.files import KeptFile
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Outcome, Unit

FETCH, FILE_TIMER = "photo", "photos"  # kinds of timers: of a file, and of a ticket that has some
SECOND = timedelta(seconds=1)
PAUSES = tuple(n * SECOND for n in (5, 30, 120, 600, 3600, 3 * 3600, 6 * 3600))  # the last repeats
HOPELESS = timedelta(days=6)  # after which Meta has forgotten it too
UNFILED = timedelta(days=1)  # between looks whether a conversation still has it in mind
UNREACHED, REFUSED = "unreached", "refused"  # why a file is lost, besides what makes it unfit

log = structlog.get_logger()


def keep_in_mind(
    unit: Unit, said: Inbound, body: bytes, records: Iterable[Record], now: datetime
) -> None:
    """Have the files of *said* fetched that the conversation keeps, in its *body* or *records*."""
    held = body + b"".join(sent.ref.encode() for _, sent in _filed(records))
    for sent in said.attachments:
        if sent.ref.encode() in held:
            name = unit.arrive(said.sender, sent, now)
            unit.set_timer(f"{FETCH}:{name}", FETCH, now, name.encode())


def file_with(unit: Unit, records: Iterable[Record], now: datetime) -> None:
    """Have what came with *records* made their tickets' own."""
    codes = set()
    for code, sent in _filed(records):
        unit.file_arrival(sent.ref, code)
        codes.add(code)
    for code in sorted(codes):
        unit.set_timer(f"{FILE_TIMER}:{code}", FILE_TIMER, now, code.encode())


def _filed(records: Iterable[Record]) -> Sequence[tuple[str, Attachment]]:
    """Return what was filed with *records*, each file with its ticket's code."""
    found: list[tuple[str, Attachment]] = []
    for record in records:
        match record:
            case OpenTicket(code=code, draft=draft, another=another):
                found += [(code, sent) for a in draft.answers for sent in a.attachments]
                found += [(code, sent) for sent in (another.attachments if another else ())]
            case Explained(code=code, attachments=attachments):
                found += [(code, sent) for sent in attachments]
            case _:
                pass
    return found


class Arriving:
    """Fetches files, which *evidence* cleans and shelves. *token* gives 32 digits nobody guesses.

    Every method may raise StoreUnavailable.
    """

    def __init__(
        self,
        store: Store,
        evidence: Evidence,
        fetchers: Mapping[Channel, Fetch],
        now: Callable[[], datetime],
        token: Callable[[], str],
    ) -> None:
        self._store = store
        self._shelf = evidence.shelf
        self._evidence = evidence
        self._fetchers = fetchers
        self._now = now
        self._token = token

    async def fetch(self, due: DueTimer) -> None:
        """Fetch the file of timer *due*; of one that is here, see whether anybody wants it."""
        arrival = await self._store.arrival(due.body.decode())
        if arrival is None:
            await self._store.drop_timer(due)
        elif arrival.found is not None:
            await self._review(due, arrival)
        else:
            await self._fetch(due, arrival)

    async def _fetch(self, due: DueTimer, arrival: Arrival) -> None:
        """Fetch *arrival*, or put it off while its channel, or our own shelf, is away."""
        try:
            await self._settle(due, arrival, await self._fetched(arrival))
        except DeliveryError as error:
            await self._failed(due, arrival, error)
        except FilesUnavailable as error:
            log.warning("a citizen's file cannot be shelved yet", why=str(error))
            await self._store.postpone_timer(due, self._now() + pause_after(due.attempts))

    async def _failed(self, due: DueTimer, arrival: Arrival, error: DeliveryError) -> None:
        now = self._now()
        log.warning("a citizen's file cannot be fetched", why=type(error).__name__)
        if error.retry and now - arrival.at < HOPELESS:
            asked = timedelta(seconds=error.after or 0)
            await self._store.postpone_timer(due, now + max(asked, pause_after(due.attempts)))
        else:
            await self._settle(due, arrival, UNREACHED if error.retry else REFUSED)

    async def _fetched(self, arrival: Arrival) -> Clean | str:
        """Return the file, cleaned, or why it is lost. Raises DeliveryError."""
        fetch = self._fetchers.get(arrival.channel)
        if fetch is None:
            raise TryLater  # the channel is off for now
        content = await fetch(arrival.ref, LARGEST_FILE)
        if content is None:
            return Unfit.TOO_LARGE
        clean = await self._evidence.clean((content,))
        return clean if isinstance(clean, Unfit) else clean[0]

    async def _settle(self, due: DueTimer, arrival: Arrival, what: Clean | str) -> None:
        """Keep what became of *arrival*; its content is on the shelf before its row says so."""
        file = ""
        if isinstance(what, Clean):
            file, found = self._token(), found_in(what)
            await self._shelf.put(loose(file, found, arrival.at), what.content)
        else:
            found = Found(lost=what)
        unit = self._store.unit()
        unit.finish_timer(due)
        unit.settle_arrival(arrival, found, file)
        unit.set_timer(due.key, FETCH, self._now() + UNFILED, due.body)
        if await self._store.commit(unit) is not Outcome.KEPT and file:
            await self._shelf.remove(file)

    async def _review(self, due: DueTimer, arrival: Arrival) -> None:
        """Let go of *arrival* where no ticket has it, and its conversation no longer does."""
        if arrival.code:
            await self._store.drop_timer(due)  # its ticket's timer does the rest
        elif await self._store.is_held(arrival):
            await self._store.postpone_timer(due, self._now() + UNFILED)
        else:
            unit = self._store.unit()
            unit.finish_timer(due)
            unit.forget_unwanted(arrival)
            if await self._store.commit(unit) is Outcome.KEPT and arrival.file:
                await self._unshelve(arrival)

    async def _unshelve(self, arrival: Arrival) -> None:
        """Remove the content of *arrival*, unless a ticket took it while its row was to go."""
        if not await self._store.known_files([arrival.file]):
            await self._shelf.remove(arrival.file)


def loose(number: str, found: Found, at: datetime) -> KeptFile:
    """Return the row by which the shelf keeps a file that no ticket has yet."""
    return KeptFile(
        id=number,
        code="",
        seq=0,
        place=0,
        kind=found.kind,
        size=found.size,
        digest=found.digests[-1],
        vault=False,
        at=at,
    )


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after try *attempts*, counted from 1."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]
