"""What a family had or asked for already, found by macs: nobody's name or number is opened.

But for reports whose place was only told in words: those words are opened to compare them.
"""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from referrals.ticket import Ticket
from registry_client.answers import Edition, Programme
from storage.cases.tickets import read_ticket, tickets_in
from storage.database.instants import to_number
from storage.database.link import Link, Row
from storage.database.reads import Reads
from storage.database.statements import Given, Statement, constant
from storage.registry.editions import NEWEST, Ranked
from storage.registry.local import read_programmes
from storage.tables.cases import ticket_words, tickets
from storage.tables.registry import people

MOST = 10  # tickets shown to one officer
MOST_UNPLACED = 60  # tickets without an area whose first words are looked into
VAULT, NOWHERE = constant("'vault'"), constant("''")
FIRST = constant("1")  # the log's entry that holds what was filed


class Kin(Struct, frozen=True):
    """What the registry records for a family, and since when it says so."""

    programmes: tuple[Programme, ...]
    edition: Edition


def _own_nik(given: Given) -> "sa.ScalarSelect[bytes]":
    own = tickets.alias("own")
    return sa.select(own.c.nik).where(own.c.code == given["code"]).scalar_subquery()


def _own_address(given: Given) -> "sa.ScalarSelect[bytes]":
    own = tickets.alias("own")
    return sa.select(own.c.address).where(own.c.code == given["code"]).scalar_subquery()


def _kin(given: Given) -> "sa.Select[tuple[bytes]]":
    """Return the NIKs of the family that ticket *code* names, its own among them."""
    me, kin = people.alias("me"), people.alias("kin")
    return sa.select(kin.c.nik).join(me, me.c.kk == kin.c.kk).where(me.c.nik == _own_nik(given))


def _family(given: Given) -> "sa.CompoundSelect[tuple[bytes]]":
    """Return the same, and the NIK that ticket *code* names where the registry does not know it.

    They are one list, whose few tickets an index finds: PostgreSQL reads all for an "or".
    """
    return sa.union(sa.select(_own_nik(given)), _kin(given))


def _others(given: Given) -> "sa.Select[tuple[str]]":
    """Return tickets other than *code* since *since*, the newest first."""
    return (
        sa.select(tickets.c.body)
        .where(
            tickets.c.code != given["code"],
            tickets.c.opened_at >= given["since"],
            tickets.c.sensitivity != VAULT,
        )
        .order_by(tickets.c.opened_at.desc(), tickets.c.code)
        .limit(constant(str(MOST)))
    )


GIVEN = (tickets.c.code, sa.column("since", sa.BigInteger))
OF_FAMILY = Statement(
    lambda given: _others(given).where(tickets.c.nik.in_(_family(given))),
    *GIVEN,
    alone=True,
)
OF_CITIZEN = Statement(
    lambda given: _others(given).where(tickets.c.address == _own_address(given)),
    *GIVEN,
    alone=True,
)
OF_PLACE = Statement(
    lambda given: _others(given).where(
        tickets.c.service == given["service"],
        tickets.c.area == given["area"],
        tickets.c.area != NOWHERE,
    ),
    *GIVEN,
    tickets.c.service,
    tickets.c.area,
    alone=True,
)
UNPLACED = Statement(
    lambda given: (
        sa.select(tickets.c.body, ticket_words.c.sealed, ticket_words.c.purpose)
        .join(ticket_words, ticket_words.c.code == tickets.c.code)
        .where(
            tickets.c.code != given["code"],
            tickets.c.opened_at >= given["since"],
            tickets.c.sensitivity != VAULT,
            tickets.c.service == given["service"],
            tickets.c.area == NOWHERE,
            ticket_words.c.seq == FIRST,
        )
        .order_by(tickets.c.opened_at.desc(), tickets.c.code)
        .limit(constant(str(MOST_UNPLACED)))
    ),
    *GIVEN,
    tickets.c.service,
    alone=True,
)
PROGRAMMES = Statement(
    lambda given: sa.select(people.c.programmes, people.c.edition).where(
        people.c.nik.in_(_kin(given))
    ),
    tickets.c.code,
    alone=True,
)


class FamilyReads(Reads):
    """Of the store: what else there is of the same family, citizen or place."""

    async def tickets_of_family(self, code: str, since: datetime) -> tuple[Ticket, ...]:
        """Return the other tickets that name a NIK of the family (one KK) of ticket *code*."""
        return tickets_in(await self._fetch(OF_FAMILY, code, to_number(since)))

    async def tickets_of_same_citizen(self, code: str, since: datetime) -> tuple[Ticket, ...]:
        """Return the other tickets from the address that ticket *code* came from."""
        return tickets_in(await self._fetch(OF_CITIZEN, code, to_number(since)))

    async def tickets_of_place(self, ticket: Ticket, since: datetime) -> tuple[Ticket, ...]:
        """Return the other tickets about the service of *ticket* from its area, if it has one."""
        row = (ticket.code, to_number(since), ticket.service, ticket.area)
        return tickets_in(await self._fetch(OF_PLACE, *row))

    async def tickets_without_area(
        self, ticket: Ticket, since: datetime
    ) -> tuple[tuple[Ticket, bytes], ...]:
        """Return other tickets about the service of *ticket* whose form asked for no area.

        The newest come first, each with the words it was filed with; never a vault's.
        """
        found = await self._fetch(UNPLACED, ticket.code, to_number(since), ticket.service)
        return tuple(
            (read_ticket(body), self._sealer.open(sealed, purpose))
            for body, sealed, purpose in found
        )

    async def kin_of(self, code: str) -> Kin | None:
        """Return what the registry's newest edition says of the family that ticket *code* names.

        None where the ticket names no NIK, or the registry does not know it.
        """

        async def job(link: Link) -> tuple[list[Row], list[Row]]:
            return await link.fetch(PROGRAMMES, [(code,)]), await link.fetch(NEWEST, [()])

        found, newest = await self._engine.read(job)
        if not newest:
            return None
        counting = Ranked._make(newest[0])
        known = [programmes for programmes, rank in found if rank >= counting.rank]
        if not known:
            return None
        every = (one for programmes in known for one in read_programmes(programmes))
        return Kin(tuple(dict.fromkeys(every)), counting.edition)
