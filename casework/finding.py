"""Find tickets for the person who asks: their own, or one by code and proof."""

import hmac

from casework.filing import nik_of
from casework.spoken import unpacked
from conversations.messages import Address
from conversations.turn import Draft
from referrals.directory import District, Sensitivity
from referrals.ticket import Ticket
from storage.store import Store

MOST = 10  # tickets shown to one citizen
PROOF_DIGITS = 4  # of the NIK's end


class Finding:
    """Reads tickets for citizens. A code alone shows nothing to a stranger."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def of(self, citizen: Address) -> tuple[Ticket, ...]:
        """Return *citizen*'s own tickets, the newest first, at most MOST."""
        return await self._store.tickets_of(citizen, MOST)

    async def one(self, citizen: Address, code: str, proof: str) -> tuple[Ticket, ...]:
        """Return the ticket *code* if it is *citizen*'s own or *proof* ends its NIK, else none."""
        found = await self._store.bare_tickets([code])
        if not found or code in await self._store.codes_of([citizen]):
            return tuple(found)
        ticket = found[0]
        if ticket.sensitivity is Sensitivity.VAULT:
            return ()
        return (ticket,) if await self._proven(ticket, proof) else ()

    async def awaiting(self, citizen: Address, code: str) -> tuple[Ticket, ...]:
        """Return what others filed for *citizen* and waits for their consent: *code*, or all."""
        found = await self._store.awaiting_consent(citizen)
        return tuple(ticket for ticket in found if code in {"", ticket.code})

    async def _proven(self, ticket: Ticket, proof: str) -> bool:
        words = await self._store.ticket_words(ticket.code)
        if len(proof) != PROOF_DIGITS or 1 not in words:
            return False
        draft = Draft(ticket.service, unpacked(words[1]).answers)
        nik = nik_of(draft, self._district.services[ticket.service]) or ""
        return hmac.compare_digest(nik[-PROOF_DIGITS:].encode(), proof.encode())
