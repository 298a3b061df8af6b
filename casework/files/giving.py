"""Files that came before their ticket was filed are made the ticket's own."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from casework.files.evidence import row_of, sent_with
from casework.ticket.spoken import unpacked
from casework.ticket.views import LOST, FileShown
from storage.cases.tickets import StoredTicket
from storage.replies.outbox import OutboxItem
from storage.shelf.arrivals import Arrival, Found
from storage.shelf.files import KeptFile
from storage.shelf.shelf import Shelf
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Outcome, Unit

LostFile = Callable[[Unit, StoredTicket, datetime], None]
SOON = timedelta(seconds=10)  # between looks whether a ticket's files were fetched


class Telling(Struct, frozen=True):
    """How a citizen hears that a file never came, and what then sends it."""

    lost: LostFile
    hand_over: Callable[[Iterable[OutboxItem]], None]


class Giving:
    """Gives files to their tickets. May raise StoreUnavailable, VaultClosed."""

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        now: Callable[[], datetime],
        token: Callable[[], str],
        telling: Telling,
    ) -> None:
        self._store = store
        self._telling = telling
        self._shelf = shelf
        self._now = now
        self._token = token

    async def give(self, due: DueTimer) -> None:
        """Make its own what the ticket of timer *due* was filed with, once it is all here."""
        code = due.body.decode()
        stored = await self._store.ticket(code)
        waits = stored is not None and await self._give_all(stored)
        if waits:
            await self._store.postpone_timer(due, self._now() + SOON)
        else:
            await self._store.drop_timer(due)

    async def _give_all(self, stored: StoredTicket) -> bool:
        """Give *stored* what came for it; say whether something is still on its way."""
        ticket = stored.ticket
        kept = {(file.seq, file.place) for file in await self._store.files_of(ticket.code)}
        times = {entry.seq: entry.at for entry in await self._store.entries(ticket.code)}
        waits = False
        for seq, body in (await self._store.ticket_words(ticket.code)).items():
            for place, sent in sent_with(unpacked(body)):
                if (seq, place) not in kept:
                    shown = FileShown(seq, place, times[seq], proof=False)
                    waits |= await self._give(stored, shown, sent.ref)
        return waits

    async def _give(self, stored: StoredTicket, shown: FileShown, ref: str) -> bool:
        """Give *stored* the one file that its channel calls *ref*; say whether it is not here."""
        arrival = await self._store.arrival_of(ref)
        if arrival is None or arrival.code != stored.ticket.code:
            return False  # from before files were fetched: it is fetched when it is opened
        if arrival.found is None:
            return True
        await self._hand(stored, shown, arrival, arrival.found)
        return False

    async def _hand(
        self, stored: StoredTicket, shown: FileShown, arrival: Arrival, found: Found
    ) -> None:
        """Write the row of *found*; a vault's content is sealed anew, for its officers alone.

        The first that is lost of those sent with one message is told to whose ticket it is.
        """
        row = row_of(stored.ticket, shown, found, arrival.file or self._token())
        moved = row.vault and bool(arrival.file)
        if moved:
            row = await self._moved(row)
        unit = self._store.unit()
        unit.keep_file(row)
        unit.remember(row, found.digests)
        unit.remember_look(row, found.look)
        unit.forget_arrival(arrival)
        if found.lost and not await self._told_of(row):
            self._telling.lost(unit, stored, self._now())
        if await self._store.commit(unit) is not Outcome.KEPT:
            await self._shelf.remove(*((row.id,) if moved else ()))
            return
        self._telling.hand_over(unit.items)
        if moved:
            await self._shelf.remove(arrival.file)

    async def _told_of(self, row: KeptFile) -> bool:
        """Say whether a file of the same message as *row* was lost before."""
        files = await self._store.files_of(row.code)
        return any(file.kind == LOST and file.seq == row.seq for file in files)

    async def _moved(self, row: KeptFile) -> KeptFile:
        """Return *row* with its content sealed for the vault, under an id of its own."""
        content = await self._shelf.get(replace(row, vault=False))
        ours = replace(row, id=self._token())
        if content is not None:
            await self._shelf.put(ours, content)
        return ours
