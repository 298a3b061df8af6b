"""Ask a vault's officer to make contact when that is safe: what waited for the hour is written."""

from collections.abc import Callable
from datetime import datetime

from casework.telling.clock_letters import UNREACHED, Call, ask_to_call
from casework.telling.letters import Letters
from casework.telling.safely import safe_at
from casework.ticket.appointments import CALL_FIRST, call_later, called
from referrals.states import OPEN, WAITING_FOR_CITIZEN
from referrals.ticket import Ticket
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Unit


class Calling:
    """Writes such letters. Raises StoreUnavailable."""

    def __init__(self, store: Store, letters: Letters, now: Callable[[], datetime]) -> None:
        self._store = store
        self._letters = letters
        self._now = now

    async def call(self, due: DueTimer) -> None:
        """Ask for the contact of *due*, unless it was made, or nothing is to be told any more.

        What its citizen asked for at any hour waits here until contact is safe.
        """
        code, occasion, leg = called(due.body)
        stored = await self._store.ticket(code)
        unit = self._store.unit()
        unit.finish_timer(due)
        if stored and _wanted(stored.ticket, occasion):
            await self._ask(unit, stored.ticket, Call(occasion, leg))
        await self._store.commit(unit)

    async def _ask(self, unit: Unit, ticket: Ticket, call: Call) -> None:
        now = self._now()
        safe = await safe_at(self._store, self._letters.district, ticket, now)
        if safe > now:
            call_later(unit, ticket.code, call.occasion, call.leg, safe)
        else:
            ask_to_call(self._letters, unit, ticket, call, now)


def _wanted(ticket: Ticket, occasion: str) -> bool:
    """Tell whether there still is something to tell its citizen, or to ask them."""
    if occasion == UNREACHED:
        return ticket.awaited is not None and not ticket.awaited.reached
    if occasion == CALL_FIRST:
        return ticket.state in OPEN
    return ticket.state in WAITING_FOR_CITIZEN
