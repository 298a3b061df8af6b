"""Find tickets for the person who asks: their own, or one by code and proof."""

from collections.abc import Callable
from datetime import datetime

from casework.citizen.held import held_elsewhere
from casework.citizen.whose import Whose
from conversations.messages import Address
from conversations.records.parties import ConsentsFound, FindConsents, Relation, Waiting
from conversations.turn import FindTicket, FindTickets, TicketsFound
from referrals.district.directory import District
from referrals.events import ConsentAwaited
from referrals.guards import is_vault
from referrals.roles import Sensitivity
from referrals.ticket import Ticket, TicketState
from storage.cases.parties import REPORTER
from storage.store import Store

MOST = 10  # tickets shown to one citizen
UNCLAIMABLE = frozenset({TicketState.AWAITING_CONSENT, TicketState.VOID})


class Finding:
    """Reads tickets for citizens. A code alone shows nothing to a stranger."""

    def __init__(self, store: Store, district: District, now: Callable[[], datetime]) -> None:
        self._store = store
        self._whose = Whose(store, district)
        self._now = now

    async def all(self, citizen: Address, asked: FindTickets) -> TicketsFound:
        """Return what *citizen* has; where that is nothing, whether they filed for others."""
        found, shared = await self.of(citizen, asked.proof)
        none = not (found or shared or asked.proof)
        passed = none and await self.passed_on(citizen)
        return TicketsFound(found, self._now(), shared=shared, passed=passed)

    async def named(self, citizen: Address, asked: FindTicket) -> TicketsFound:
        """Return the ticket that *asked* names, and whether its prover may take it over."""
        find = self.filed_for if asked.claims else self.one
        found = await find(citizen, asked.code, asked.proof)
        claimable = bool(asked.proof) and any(map(is_claimable, found))
        none = not (found or asked.proof or asked.claims)
        passed = none and await self.passed_on(citizen, asked.code)
        return TicketsFound(found, self._now(), claimable, passed=passed)

    async def of(self, citizen: Address, proof: str = "") -> tuple[tuple[Ticket, ...], bool]:
        """Return *citizen*'s own tickets, the newest first, at most MOST, or that they are shared.

        Several people's tickets of one telephone are shown to none of them before *proof*, the
        end of a NIK, tells whose are meant.
        """
        own = await self._store.tickets_of(citizen, MOST)
        theirs = await self._whose.of(citizen, own, proof)
        if theirs is None or proof:
            return theirs or (), theirs is None
        return await self._with_linked(citizen, theirs), False

    async def _with_linked(self, citizen: Address, own: tuple[Ticket, ...]) -> tuple[Ticket, ...]:
        """Return *own* and the tickets of *citizen*'s other addresses that nobody shares."""
        found = list(own)
        for other, until in await self._elsewhere(citizen):
            if not await self._store.is_shared(other):
                theirs = await self._store.tickets_of(other, MOST)
                found += [one for one in theirs if one.opened_at <= until]
        found.sort(key=lambda ticket: ticket.opened_at, reverse=True)
        return tuple(found[:MOST])

    async def one(self, citizen: Address, code: str, proof: str) -> tuple[Ticket, ...]:
        """Return the ticket *code* if it is *citizen*'s own or *proof* ends its NIK, else none."""
        ticket = await self._store.bare_ticket(code)
        if ticket is None:
            return ()
        own = code in await self._store.codes_of([citizen])
        if own or await self._is_linked(citizen, ticket):
            return (ticket,)
        if ticket.sensitivity is Sensitivity.VAULT:
            return ()
        return (ticket,) if await self.proves(ticket, proof) else ()

    async def _is_linked(self, citizen: Address, ticket: Ticket) -> bool:
        """Tell whether *ticket* is of another address of *citizen*."""
        linked = await self._elsewhere(citizen)
        still = [other for other, until in linked if ticket.opened_at <= until]
        return bool(still) and ticket.code in await self._store.codes_of(still)

    async def _elsewhere(self, citizen: Address) -> list[tuple[Address, datetime]]:
        """Return *citizen*'s other addresses, each with until when what it filed is theirs.

        None where *citizen* writes from a number that may be somebody else's by now.
        """
        return await held_elsewhere(self._store, citizen, self._now())

    async def passed_on(self, citizen: Address, code: str = "") -> bool:
        """Tell whether *citizen* filed *code*, or any ticket, for who holds it now."""
        parts = await self._store.parts_of(citizen)
        return any(role == REPORTER and code in {"", held} for held, role in parts)

    async def filed_for(self, citizen: Address, code: str, proof: str) -> tuple[Ticket, ...]:
        """Return the ticket *code* if somebody filed it for whose NIK ends in *proof*, else none.

        Whether it can still be taken over is told by `is_claimable`; of their own one *citizen*
        need prove nothing, and whoever filed it proves nothing by it.
        """
        ticket = await self._store.bare_ticket(code)
        if ticket is None or is_vault(ticket) or not ticket.for_another:
            return ()
        if code in await self._store.codes_of([citizen]):
            return (ticket,) if ticket.in_own_hands else ()
        return (ticket,) if await self.proves(ticket, proof) else ()

    async def awaiting(self, citizen: Address, code: str) -> tuple[Ticket, ...]:
        """Return what others filed for *citizen* and waits for their consent: *code*, or all."""
        found = await self._store.awaiting_consent(citizen)
        return tuple(ticket for ticket in found if code in {"", ticket.code})

    async def consents(self, citizen: Address, asked: FindConsents) -> ConsentsFound:
        """Return what waits for *citizen*'s consent, and of the only one who filed it."""
        found = await self.awaiting(citizen, asked.code)
        waiting = tuple(Waiting(one, self._store.consent_number(one.code)) for one in found)
        if asked.agrees is not None or len(found) != 1:
            return ConsentsFound(waiting, asked)
        entries = await self._store.entries(found[0].code)
        filed = (one.event for one in entries if isinstance(one.event, ConsentAwaited))
        return ConsentsFound(waiting, asked, Relation(next(filed).relation))

    async def proves(self, ticket: Ticket, proof: str) -> bool:
        """Tell whether *proof* ends the NIK in *ticket*."""
        return await self._whose.proves(ticket, proof)


def is_claimable(ticket: Ticket) -> bool:
    """Tell whether whom *ticket* is for may take it over, once they proved who they are.

    What waits for a consent is answered with YA, from the telephone that was asked.
    """
    return ticket.represented and ticket.state not in UNCLAIMABLE
