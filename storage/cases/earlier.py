"""What a family, or a place, had filed before somebody files for them again: found by macs."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from referrals.ticket import Ticket
from storage.cases.tickets import OVER, tickets_in
from storage.database.instants import to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.statements import Given, Statement, constant
from storage.tables.cases import tickets
from storage.tables.registry import people

MOST = 10  # tickets shown to whoever files
VAULT = constant("'vault'")


def _since(given: Given) -> "sa.Select[tuple[str]]":
    """Return the tickets since *since*, the newest first; never a vault's."""
    return (
        sa.select(tickets.c.body)
        .where(tickets.c.opened_at >= given["since"], tickets.c.sensitivity != VAULT)
        .order_by(tickets.c.opened_at.desc(), tickets.c.code)
        .limit(constant(str(MOST)))
    )


def _family(given: Given) -> "sa.CompoundSelect[tuple[bytes]]":
    """Return *nik* and the others on its family card, where the registry knows it.

    They are one list, whose few tickets an index finds: PostgreSQL reads all for an "or".
    """
    me, kin = people.alias("me"), people.alias("kin")
    known = sa.select(kin.c.nik).join(me, me.c.kk == kin.c.kk).where(me.c.nik == given["nik"])
    return sa.union(sa.select(given["nik"]), known)


SINCE = sa.column("since", sa.BigInteger)
OF_FAMILY = Statement(
    lambda given: _since(given).where(tickets.c.nik.in_(_family(given))),
    tickets.c.nik,
    SINCE,
    alone=True,
)
OF_PLACE = Statement(
    lambda given: _since(given).where(
        tickets.c.service == given["service"],
        tickets.c.area == given["area"],
        tickets.c.state.not_in(OVER),
    ),
    tickets.c.service,
    tickets.c.area,
    SINCE,
    alone=True,
)


class EarlierReads(Reads):
    """Of the store: what was filed before for the same family, or about the same place."""

    async def filed_for_family(self, nik: str, since: datetime) -> tuple[Ticket, ...]:
        """Return the tickets since *since* that name *nik*, or another NIK of its family card."""
        row = (self._sealer.mac("nik", nik), to_number(since))
        return _tickets(await self._fetch(OF_FAMILY, *row))

    async def open_at_place(self, service: str, area: str, since: datetime) -> tuple[Ticket, ...]:
        """Return the open tickets since *since* about *service* from *area*, if one is named."""
        if not area:
            return ()
        return _tickets(await self._fetch(OF_PLACE, service, area, to_number(since)))


def _tickets(rows: Sequence[Row]) -> tuple[Ticket, ...]:
    return tickets_in(rows)
