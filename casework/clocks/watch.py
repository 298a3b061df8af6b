"""Carry out what the clocks of a ticket want done: once, by whoever comes to it first."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog

from casework.access.powers import addressed
from casework.citizen.consents import forgotten, not_asked
from casework.telling.clock_letters import Desk, tell_of_clocks
from casework.telling.letters import Letters
from casework.telling.notices import Beside
from casework.telling.safely import safe_at
from casework.ticket.again import again
from casework.ticket.appointments import appoint, wake
from casework.ticket.changing import Changed, Deed, change
from casework.ticket.receipts import UNREACHED, noted
from referrals import commands, events
from referrals.choosing import Refusal
from referrals.clock_guards import REMINDERS
from referrals.district.days import A_DAY
from referrals.due.dues import dues
from referrals.due.watching import plan
from referrals.roles import Role
from referrals.ticket import Actor, Ticket, TicketState
from storage.cases.tickets import StoredTicket
from storage.database.writes import Loss
from storage.replies.outbox import OutboxItem
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Outcome, Unit

SYSTEM = Actor(Role.SYSTEM)
AWAITING = TicketState.AWAITING_CONSENT
AN_HOUR = timedelta(hours=1)

log = structlog.get_logger()

HandOver = Callable[[Iterable[OutboxItem]], None]


class Watch:
    """Wakes tickets when something is due. Every method may raise StoreUnavailable."""

    def __init__(
        self, store: Store, letters: Letters, now: Callable[[], datetime], hand_over: HandOver
    ) -> None:
        self._store = store
        self._letters = letters
        self._district = letters.district
        self._now = now
        self._hand_over = hand_over

    async def wake(self, due: DueTimer) -> None:
        """Do what is due for the ticket of *due*, and have it looked at again in time.

        Where somebody else changed the ticket meanwhile, they have set its next look too.
        """
        stored = await self._store.ticket(due.body.decode())
        if stored is None:
            await self._store.drop_timer(due)
            return
        unit, now = self._store.unit(), self._now()
        unit.finish_timer(due)
        changed = self._done(unit, stored, now)
        if changed is None:
            unit.same_ticket(stored.ticket)
            self._look_again(unit, stored.ticket, now)
        items = await self._told(unit, stored, changed, now) if changed else []
        if await self._store.commit(unit) is Outcome.KEPT:
            self._hand_over(items)

    async def note(self, due: DueTimer) -> None:
        """Note on its ticket that a notice arrived or never will (`casework.ticket.receipts`).

        What others keep from being noted comes again when the timer's lease is over.
        """
        if not await again(lambda: self._note(due)):
            log.warning("a ticket keeps changing, and its receipt comes again", kind=due.kind)

    async def _note(self, due: DueTimer) -> bool | None:
        """Return True once it is noted, here or elsewhere; None where the ticket changed."""
        code, command = noted(due)
        stored = await self._store.ticket(code)
        unit, now = self._store.unit(), self._now()
        unit.finish_timer(due)
        changed = self._change(unit, stored, command, now) if stored else None
        items = await self._told(unit, stored, changed, now) if stored and changed else []
        if stored and due.kind == UNREACHED and stored.ticket.state is AWAITING:
            items = not_asked(self._letters, unit, stored, now)
        if await self._store.commit(unit) is Outcome.KEPT:
            self._hand_over(items)
        return None if unit.lost is Loss.TICKET else True

    async def seek_office(self, due: DueTimer) -> None:
        """Tell the desk of a ticket that no rule forwards, once nobody can take it back unseen."""
        stored = await self._store.ticket(due.body.decode())
        unit = self._store.unit()
        unit.finish_timer(due)
        if stored and stored.ticket.state is TicketState.SUBMITTED:
            self._letters.tell_desk(unit, stored.ticket, "unrouted", self._now())
        await self._store.commit(unit)

    def _done(self, unit: Unit, stored: StoredTicket, now: datetime) -> Changed | None:
        """Do the first thing that is due and granted; None where nothing is."""
        for step in plan(stored.ticket, self._district):
            if step.at > now:
                return None
            if changed := self._change(unit, stored, step.command, now):
                return changed
            log.error(
                "planned, and refused", code=stored.ticket.code, what=type(step.command).__name__
            )
        return None

    def _change(
        self, unit: Unit, stored: StoredTicket, command: commands.Command, now: datetime
    ) -> Changed | None:
        to = addressed(self._district, stored.ticket, command)
        if isinstance(to, Refusal):
            return None
        changed = change(unit, stored, to, Deed(SYSTEM, now), self._district)
        return None if isinstance(changed, Refusal) else changed

    def _look_again(self, unit: Unit, ticket: Ticket, now: datetime) -> None:
        """Plan *ticket* anew; daily while no calendar knows a year that its clocks reach."""
        steps = [step.at for step in plan(ticket, self._district)]
        if any(at <= now for at in steps):  # refused above: a bug, not to be tried all day
            unit.wind(wake(ticket.code, now + AN_HOUR))
        elif any(due.at is None for due in dues(ticket, self._district)):
            log.warning("the calendar lacks a year that a ticket reaches", code=ticket.code)
            unit.wind(wake(ticket.code, min([now + A_DAY, *steps])))
        else:
            appoint(unit, ticket, self._district, now)

    async def _told(
        self, unit: Unit, stored: StoredTicket, changed: Changed, now: datetime
    ) -> list[OutboxItem]:
        """Write to all whom *changed* concerns, and return what is ours to send."""
        safe = await safe_at(self._store, self._district, changed.ticket, now)
        desk = Desk(self._letters, unit, changed.ticket, now, safe)
        for event in changed.events:
            tell_of_clocks(desk, event)
            if isinstance(event, events.ConsentRefused):
                return forgotten(self._letters, unit, changed.ticket, stored.contact, now)
        if await self._unwanted(stored, changed):
            return []
        return self._letters.notices.tell(unit, stored, changed, Beside(), now)

    async def _unwanted(self, stored: StoredTicket, changed: Changed) -> bool:
        """Tell whether the citizen, who asked for silence, gets no such notice (decision 6)."""
        if not any(_is_question(event) for event in changed.events):
            return False
        return await self._store.has_stopped(stored.contact.address)


def _is_question(event: events.Event) -> bool:
    """Tell whether *event* asks its citizen for something, and tells no news (decision 6).

    The last reminder does: it says that the ticket will be closed.
    """
    reminder = isinstance(event, events.Reminded) and event.number < REMINDERS
    return reminder or isinstance(event, events.OutcomeAsked)
