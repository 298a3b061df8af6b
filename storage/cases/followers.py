"""Who follows a ticket: they filed the same case, and it was merged into this one."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import msgpack
from msgspec.structs import replace

from storage.cases.parties import PURPOSE
from storage.cases.tickets import Contact, StoredTicket, TicketReads, read_contact
from storage.database.instants import to_number
from storage.database.statements import Statement, constant
from storage.database.writes import Writes
from storage.tables.cases import parties

FOLLOWER = constant("'follower'")

FOLLOW = Statement(
    lambda given: given.insert(parties, role=FOLLOWER, purpose=PURPOSE).on_conflict_do_nothing(),
    parties.c.code,
    parties.c.address,
    parties.c.sealed,
    parties.c.at,
)
OF = Statement(
    lambda given: (
        sa.select(parties.c.sealed)
        .where(parties.c.code == given["code"], parties.c.role == FOLLOWER)
        .order_by(parties.c.at, parties.c.address)
    ),
    parties.c.code,
    alone=True,
)


class FollowerWrites(Writes):
    """Of a unit: somebody follows a ticket."""

    def follow(self, code: str, contact: Contact, at: datetime) -> None:
        """Have *contact* follow ticket *code*; who does already goes on."""
        sealed = self.pen.sealer.seal(msgpack.encode(contact), "contact")
        self.add(FOLLOW, (code, self.pen.address(contact.address), sealed, to_number(at)))


class FollowerReads(TicketReads):
    """Of the store: tickets, with who follows them."""

    async def ticket(self, code: str) -> StoredTicket | None:
        """Return ticket *code*, whose it is and who follows it, or None.

        This is the store's own `ticket`: the one of `TicketReads`, with its followers.
        """
        stored = await super().ticket(code)
        if stored is None or not stored.ticket.joined:
            return stored
        return replace(stored, followers=await self._followers(code))

    async def _followers(self, code: str) -> tuple[Contact, ...]:
        return tuple(
            read_contact(self._sealer.open(sealed, "contact"))
            for (sealed,) in await self._fetch(OF, code)
        )
