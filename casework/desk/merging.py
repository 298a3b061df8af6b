"""Merging duplicates: a person chooses the ticket that goes on, and whoever filed follows it."""

from casework.access.powers import acting
from casework.desk.deeds import Doing
from casework.desk.doing import REPEATED, Doer, Office
from casework.desk.reading import Reading
from casework.ticket.relations import joining
from casework.ticket.views import Done
from referrals import commands
from referrals.choosing import Refusal
from storage.cases.tickets import StoredTicket
from storage.unit import Outcome, Unit

NO_TWIN = Refusal("no_twin", 10)


class Merging:
    """Closes one ticket into another, both in one unit; the older clock counts."""

    def __init__(self, office: Office, doer: Doer, reading: Reading) -> None:
        self._store = office.store
        self._doer = doer
        self._reading = reading

    async def attempt(
        self, stored: StoredTicket, into: str, doing: Doing
    ) -> Done | Refusal | None:
        """Have ticket *into* take *stored* in; None when one of them was changed meanwhile."""
        master = await self._master(stored, into, doing)
        if master is None:
            return NO_TWIN
        unit = self._doer.unit(doing)
        taken = self._doer.change(unit, stored, commands.MarkDuplicate(of=into), doing)
        if isinstance(taken, Refusal):
            return taken
        joined = self._doer.change(unit, master, joining(stored.ticket), doing)
        if isinstance(joined, Refusal):
            return joined
        _follow(unit, stored, master, doing)
        items = self._doer.tell(unit, stored, taken, doing)
        outcome = await self._store.commit(unit)
        if outcome is Outcome.KEPT:
            self._doer.hand_over(items)
            return Done(code=into, state=joined.ticket.state)
        return REPEATED if outcome is Outcome.DUPLICATE else None

    async def _master(self, stored: StoredTicket, into: str, doing: Doing) -> StoredTicket | None:
        """Return ticket *into* if it is among those that the page shows to choose from."""
        actor = acting(doing.claim, stored.ticket)
        twins = await self._reading.relations.twins(stored.ticket, actor, doing.now)
        return await self._store.ticket(into) if into in {t.code for t in twins} else None


def _follow(unit: Unit, stored: StoredTicket, master: StoredTicket, doing: Doing) -> None:
    """Have who filed *stored*, and who followed it, follow *master* if it is not their own."""
    for contact in (stored.contact, *stored.followers):
        if contact.address != master.contact.address:
            unit.follow(master.ticket.code, contact, doing.now)
