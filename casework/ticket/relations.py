"""What else there is of the same family, citizen or place: told to officers, decided by them.

It is a hint against giving twice and asking twice, and never a refusal.
"""

from collections.abc import Callable
from datetime import datetime

from casework.ticket.receipts import FILED
from casework.ticket.spoken import unpacked
from casework.ticket.views import Family, Help, Told, Twin
from casework.ticket.whereabouts import asks_where, likely, whereabouts
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.directory import District
from referrals.guards import is_vault
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.ticket import Actor, Ticket
from referrals.twins import DOUBLE_AID, ONE_CASE
from storage.store import Store

MOST = 10  # shown at once

Known = Callable[[Ticket], bool]  # whether who reads may learn of it


class Relations:
    """Finds them by keyed macs, and reports of a place by what was said of the place."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def family(self, ticket: Ticket, now: datetime, known: Known) -> Family:
        """Return the family's tickets about the same service in a year, and its programmes.

        Only tickets that are *known* to whoever reads.
        """
        if is_vault(ticket):
            return Family()
        found = await self._store.tickets_of_family(ticket.code, now - DOUBLE_AID)
        kin = await self._store.kin_of(ticket.code)
        same = [one for one in found if one.service == ticket.service and known(one)]
        return Family(
            tickets=tuple(self._twin(one, "family") for one in same),
            programmes=tuple(Help(p.code, p.active, p.period) for p in kin.programmes)
            if kin
            else (),
            edition=kin.edition.version if kin else "",
        )

    async def twins(self, ticket: Ticket, actor: Actor, now: datetime) -> tuple[Twin, ...]:
        """Return the open tickets that *ticket* may be a duplicate of, the likeliest first.

        Each of them could take it in now, if *actor* said so.
        """
        if is_vault(ticket) or actor.role is not Role.VERIFIER:
            return ()
        since, found = now - ONE_CASE, dict[str, Twin]()
        store = self._store
        for same, others in (
            ("family", await store.tickets_of_family(ticket.code, since)),
            ("citizen", await store.tickets_of_same_citizen(ticket.code, since)),
            ("place", await store.tickets_of_place(ticket, since)),
            ("words", await self._nearby(ticket, since)),
        ):
            for one in others:
                if self._fits(ticket, one, actor, now):
                    found.setdefault(one.code, self._twin(one, same))
        return tuple(found.values())[:MOST]

    async def _nearby(self, ticket: Ticket, since: datetime) -> tuple[Ticket, ...]:
        """Return tickets whose words or pins may mean the place of *ticket*; it names no area."""
        service, areas = self._district.services[ticket.service], self._district.areas
        if ticket.area or not asks_where(service):
            return ()
        own = (await self._store.ticket_words(ticket.code)).get(FILED)
        if own is None:
            return ()
        here = whereabouts(service, unpacked(own), areas.values())
        few = likely(here, self._district)
        others = await self._store.tickets_without_area(ticket, since)
        return tuple(
            one for one, said in others if here.meets(whereabouts(service, unpacked(said), few))
        )

    def _fits(self, ticket: Ticket, master: Ticket, actor: Actor, now: datetime) -> bool:
        """Tell whether *master* is about the same service and may take *ticket* in."""
        wish = joining(ticket)
        may = not isinstance(decide(master, wish, actor, now), Refusal)
        return may and master.service == ticket.service

    def _twin(self, ticket: Ticket, same: str) -> Twin:
        leg = ticket.open_leg or ticket.last_leg
        return Twin(
            code=ticket.code,
            service_label=self._district.services[ticket.service].label,
            state=ticket.state,
            opened_at=ticket.opened_at,
            agency_name=self._name(leg.agency if leg else self._district.desk),
            same=same,
        )

    def _name(self, code: str) -> Told:
        row = self._district.agencies.get(code)
        return row.name if row else code


def joining(ticket: Ticket) -> commands.Join:
    """Return the command by which another ticket takes *ticket* in."""
    return commands.Join(code=ticket.code, opened_at=ticket.opened_at)
