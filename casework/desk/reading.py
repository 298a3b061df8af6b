"""Everything that is read about a ticket before somebody's page of it is made."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import acting, hears_of
from casework.citizen.filing import nik_of
from casework.desk.folder import Folder
from casework.desk.striking import proposal_of
from casework.ticket.relations import Relations
from casework.ticket.spoken import unpacked
from casework.ticket.views import Family
from casework.trail.looking import proved_before
from conversations.turn import Draft
from referrals.district.directory import District
from referrals.roles import Role
from storage.cases.tickets import StoredTicket
from storage.store import Store

JUDGES = frozenset({Role.VERIFIER, Role.SUPERVISOR, Role.DATA_PROTECTION})  # of proposals
CALLERS = frozenset(
    {Role.VERIFIER, Role.SUPERVISOR, Role.FACILITATOR}
)  # who may have to telephone


class Reading:
    """Reads it; what the reader does not get to see is left out later, by `Seeing`."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district
        self.relations = Relations(store, district)

    async def folder(self, claim: Claim, stored: StoredTicket, now: datetime) -> Folder:
        """Return what lies on the desk of *claim*'s holder."""
        ticket, code = stored.ticket, claim.code
        words = await self._store.ticket_words(code)
        curious = claim.role is not Role.DATA_PROTECTION
        return Folder(
            words=words,
            entries=await self._store.entries(code),
            files=await self._store.files_of(code),
            twins=await self.relations.twins(ticket, acting(claim, ticket), now),
            family=await self._family(claim, stored, words, now) if curious else Family(),
            proposal=await proposal_of(self._store, code) if claim.role in JUDGES else None,
            telephone=_telephone(claim, stored),
        )

    def subject(self, stored: StoredTicket, folder: Folder) -> str | None:
        """Return the NIK that the ticket names, by which its person finds who looked at it."""
        return self._named(stored, folder.words)

    async def _family(
        self, claim: Claim, stored: StoredTicket, words: Mapping[int, bytes], now: datetime
    ) -> Family:
        """Return what is known of the family, and whether who filed ever proved to be of it."""
        ticket = stored.ticket
        known = partial(hears_of, claim, ticket, district=self._district)
        family = await self.relations.family(ticket, now, known)
        nik = self._named(stored, words)
        if nik is None or await proved_before(self._store, stored.contact.address, nik):
            return family
        return replace(family, unproven=True)

    def _named(self, stored: StoredTicket, words: Mapping[int, bytes]) -> str | None:
        first = words.get(1)
        if first is None:
            return None
        draft = Draft(stored.ticket.service, unpacked(first).answers)
        return nik_of(draft, self._district.services[draft.service])


def _telephone(claim: Claim, stored: StoredTicket) -> str:
    """Return the number that texts go to, for an officer who has to call it."""
    contact = stored.contact.address
    return contact.id if claim.role in CALLERS and contact.channel.traits.is_line else ""
