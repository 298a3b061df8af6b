"""Ring who is on call when lives are at stake, at once and again until somebody accepts.

A roster that six rounds did not move needs somebody who can move it: from then on the heads are
rung as well, each hour, and after a day of that once a day.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from casework.telling.letters import RING, Letters
from casework.ticket.appointments import ring_again, rung, unaccepted
from referrals.district.days import A_DAY
from referrals.district.directory import Priority
from referrals.entries import WAITING
from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.cases.tickets import StoredTicket
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Unit

ROUNDS = 6  # at the district's own pace: an hour at ten minutes, half of what C2 gives a P1
HOURLY = ROUNDS + 24  # rounds after which it is a day old, and others were told by the clocks
LATEST = 50  # tickets of one sender that are looked at
AN_HOUR = timedelta(hours=1)


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
            silent = await self._rides_along(stored, now)
            if not silent:
                self._call(unit, stored.ticket, times, now)
            ring_again(unit, code, times + (not silent), now + self._pause(times))
        await self._store.commit(unit)

    async def _rides_along(self, stored: StoredTicket, now: datetime) -> bool:
        """Tell whether the same offices are rung for the same thing there by its sender anyway.

        Only within AN_HOUR of the earlier ticket, and only until somebody accepts it. A round
        in which nobody was rung does not count: the first one to be heard is the first.
        """
        ticket = stored.ticket
        if is_vault(ticket):
            return False
        others = await self._store.tickets_of(stored.contact.address, LATEST)
        return any(_rung_with(ticket, one, now) for one in others)

    def _pause(self, times: int) -> timedelta:
        """Return after how long the next round follows the *times*-th."""
        if times < ROUNDS:
            return timedelta(minutes=self._letters.district.ring_every)
        return AN_HOUR if times < HOURLY else A_DAY

    def _call(self, unit: Unit, ticket: Ticket, times: int, now: datetime) -> None:
        """Ring the rosters of all who may accept, an office without one, and soon the desk."""
        waiting = [leg.number for leg in ticket.legs if leg.state in WAITING]
        for leg in waiting:
            if not self._letters.ring(unit, ticket, now, leg):
                self._letters.tell_agency(unit, ticket, RING, now, leg)
            if times > ROUNDS:
                self._letters.tell_head(unit, ticket, "ring_head", now, leg)
        if not is_vault(ticket) and (times > 1 or not waiting):
            self._letters.tell_desk(unit, ticket, "ring_desk", now)
        if not is_vault(ticket) and times > ROUNDS:
            self._letters.tell_supervisor(unit, ticket, "ring_desk", now)


def _rung_with(ticket: Ticket, other: Ticket, now: datetime) -> bool:
    """Tell whether ringing for *other*, which came before, reaches whom *ticket* waits for.

    Somewhere else, or about something else, are other people in danger.
    """
    same = (other.service, other.area) == (ticket.service, ticket.area)
    before = (other.opened_at, other.code) < (ticket.opened_at, ticket.code)
    lately = now - other.opened_at < AN_HOUR
    rings = other.priority is Priority.P1 and unaccepted(other) and not is_vault(other)
    return same and before and lately and rings and _waited_for(ticket) <= _waited_for(other)


def _waited_for(ticket: Ticket) -> set[str]:
    return {leg.agency for leg in ticket.legs if leg.state in WAITING}
