"""Ring who is on call when lives are at stake, at once and again until somebody accepts."""

from collections.abc import Callable
from datetime import datetime, timedelta

from casework.appointments import ring_again, rung
from casework.letters import RING, Letters
from referrals.entries import AT_WORK, WAITING
from referrals.guards import is_vault
from referrals.ticket import Ticket, TicketState
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Unit

NOBODYS = frozenset({TicketState.SUBMITTED, TicketState.TRIAGE, TicketState.REFERRED})


class Ringing:
    """Calls out the rosters. Raises StoreUnavailable."""

    def __init__(self, store: Store, letters: Letters, now: Callable[[], datetime]) -> None:
        self._store = store
        self._letters = letters
        self._now = now

    async def ring(self, due: DueTimer) -> None:
        """Ring everybody who could take the ticket of *due*, and set the next round."""
        code, times = rung(due.body)
        stored = await self._store.ticket(code)
        unit, now = self._store.unit(), self._now()
        unit.finish_timer(due)
        if stored and unaccepted(stored.ticket):
            self._call(unit, stored.ticket, times, now)
            pause = timedelta(minutes=self._letters.district.ring_every)
            ring_again(unit, code, times + 1, now + pause)
        await self._store.commit(unit)

    def _call(self, unit: Unit, ticket: Ticket, times: int, now: datetime) -> None:
        """Ring the rosters of all who may accept, an office without one, and soon the desk."""
        waiting = [leg.number for leg in ticket.legs if leg.state in WAITING]
        for leg in waiting:
            if not self._letters.ring(unit, ticket, now, leg):
                self._letters.tell_agency(unit, ticket, RING, now, leg)
        if not is_vault(ticket) and (times > 1 or not waiting):
            self._letters.tell_desk(unit, ticket, "ring_desk", now)


def unaccepted(ticket: Ticket) -> bool:
    """Tell whether nobody has taken *ticket* on so far."""
    return ticket.state in NOBODYS and not any(leg.state in AT_WORK for leg in ticket.legs)
