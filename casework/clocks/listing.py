"""Put every ticket on the work list that a version without one left behind, a page at a time.

It goes on where it stopped: each page and the place where the next one begins are one commit.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from casework.ticket.again import again
from referrals.district.directory import District
from referrals.due.listing import shares
from storage.cases.tickets import StoredTicket
from storage.database.sealing import VaultClosed
from storage.database.writes import Loss
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Outcome, Unit

LISTING_TIMER = "listing"  # of the timer, and the key of the note that says that all were listed
LISTS_VERSION = "3"  # of what the lists know; another one has all tickets listed anew
TICKETS_A_PAGE = 200  # tickets in one commit

log = structlog.get_logger()


class Listing:
    """Does it beside everything else. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District, now: Callable[[], datetime]) -> None:
        self._store = store
        self._district = district
        self._now = now

    async def start(self) -> None:
        """Have all tickets listed soon, if they were not by this version."""
        if await self._store.kept_note(LISTING_TIMER) != LISTS_VERSION:
            unit = self._store.unit()
            unit.set_timer(LISTING_TIMER, LISTING_TIMER, self._now(), b"")
            await self._store.commit(unit)

    async def go_on(self, due: DueTimer) -> None:
        """List the page that follows the code in *due*, and have the next one follow at once.

        A page whose tickets others keep changing comes again when the timer's lease is over.
        """
        codes = await self._store.codes_after(due.body.decode(), TICKETS_A_PAGE)
        if not await again(lambda: self._try(due, codes)):
            log.warning("a page of the work list keeps changing, and comes again")

    async def _try(self, due: DueTimer, codes: Sequence[str]) -> bool | None:
        """Return True once *codes* are listed, here or elsewhere; None where one changed."""
        unit = self._store.unit()
        unit.finish_timer(due)
        await self._list(unit, codes)
        if codes:
            unit.set_timer(LISTING_TIMER, LISTING_TIMER, self._now(), codes[-1].encode())
        else:
            unit.keep_note(LISTING_TIMER, LISTS_VERSION)
            log.info("every ticket stands on the work list")
        kept = await self._store.commit(unit) is Outcome.KEPT
        return True if kept or unit.lost is Loss.TIMER else None

    async def _list(self, unit: Unit, codes: Sequence[str]) -> None:
        for ticket in await self._store.bare_tickets(codes):
            stored = await self._opened(ticket.code)
            channel = stored.contact.address.channel if stored else ""
            unit.same_ticket(ticket)
            unit.list_case(ticket, shares(ticket, self._district), channel)

    async def _opened(self, code: str) -> StoredTicket | None:
        """Return ticket *code*; None where the vault's key, which opens it, is elsewhere."""
        try:
            return await self._store.ticket(code)
        except VaultClosed:
            return None
