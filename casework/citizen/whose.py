"""Whose tickets of one address are whose: a family's telephone has those of several people.

What one of them may find, see or end there is what they proved by the end of the NIK in it. The
same for tickets that are told, for copies, for erasures and for consent that is taken back.
"""

import hmac
from collections.abc import Iterable

from msgspec import Struct

from casework.citizen.filing import nik_of
from casework.ticket.spoken import unpacked
from conversations.messages import Address
from conversations.turn import Draft
from referrals.district.directory import District
from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.store import Store

PROOF_DIGITS = 4  # of the NIK's end


class Person(Struct, frozen=True):
    """Somebody who asks: where they write from, and what they proved.

    That is *nik* to the registry, and *proof*, the end of the NIK in their tickets, where several
    people have some of the same address.
    """

    address: Address
    nik: str = ""
    proof: str = ""

    def __repr__(self) -> str:
        return f"Person({self.address!r})"


class Theirs(Struct, frozen=True):
    """What is whose asks of an address; *alone*: nobody has anything else there."""

    tickets: tuple[Ticket, ...]
    alone: bool


class Whose:
    """Tells which tickets are whose. A proof is compared here and nowhere else."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def of(
        self, address: Address, found: Iterable[Ticket], proof: str = ""
    ) -> tuple[Ticket, ...] | None:
        """Return those of *found*, all of *address*, that are whose who asks.

        None where several people have some and nothing was proven; a vault's are nobody's then.
        """
        found = tuple(found)
        if proof:
            return await self._theirs(found, proof)
        shared = len(found) > 1 and await self._store.is_shared(address)
        return None if shared else found

    async def all_of(self, person: Person) -> Theirs | None:
        """Return all tickets of *person*'s address that are theirs; None before a right proof.

        Whoever proved a NIK to the registry typed its end, too: it opens what is theirs, if any.
        """
        codes = await self._store.codes_of([person.address])
        found = await self._store.bare_tickets(sorted(codes))
        theirs = await self.of(person.address, found, person.proof)
        if theirs is None and person.nik:
            theirs = await self._theirs(found, person.nik[-PROOF_DIGITS:])
        if theirs is None or (person.proof and not theirs):
            return None
        return Theirs(theirs, alone=len(theirs) == len(found))

    async def proves(self, ticket: Ticket, proof: str) -> bool:
        """Tell whether *proof* ends the NIK in *ticket*."""
        words = await self._store.ticket_words(ticket.code)
        if 1 not in words:
            return False
        return self.ends(Draft(ticket.service, unpacked(words[1]).answers), proof)

    def ends(self, draft: Draft, proof: str) -> bool:
        """Tell whether *proof* ends the NIK in *draft*."""
        service = self._district.services.get(draft.service)
        nik = (nik_of(draft, service) if service else "") or ""
        same = hmac.compare_digest(nik[-PROOF_DIGITS:].encode(), proof.encode())
        return same and len(proof) == PROOF_DIGITS

    async def _theirs(self, found: Iterable[Ticket], proof: str) -> tuple[Ticket, ...]:
        """Return those of *found* that are about whose NIK ends in *proof*; no vault's."""
        open_ones = [one for one in found if not is_vault(one)]
        return tuple([one for one in open_ones if await self.proves(one, proof)])
