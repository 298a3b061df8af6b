"""Whom a ticket is for and who filed it, where these are two people.

Notices go to the ticket's contact. That is the reporter until the subject agreed by their own
telephone; from then on it is the subject, and the reporter is a party.
"""

from datetime import datetime

import sqlalchemy as sa
from msgspec import msgpack

from conversations.messages import Address
from referrals.ticket import Ticket, TicketState
from storage.cases.tickets import Contact, tickets_in
from storage.database.instants import to_number
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.statements import Statement, constant
from storage.database.writes import Writes
from storage.tables.cases import parties, tickets

SUBJECT, REPORTER = "subject", "reporter"
PURPOSE = constant("'contact'")  # nothing of a vault's is filed for another, or merged
MOST = 5  # tickets that wait for one person's consent
NUMBER = 10**4  # numbers, of which one in our text proves who answers it


JOIN = Statement(
    lambda given: given.insert(parties, purpose=PURPOSE).on_conflict_do_nothing(),
    parties.c.code,
    parties.c.role,
    parties.c.address,
    parties.c.sealed,
    parties.c.at,
)
LEAVE = Statement(
    lambda given: sa.delete(parties).where(
        parties.c.code == given["code"], parties.c.role == given["role"]
    ),
    parties.c.code,
    parties.c.role,
)
MOVE = Statement(
    lambda given: (
        sa.update(tickets)
        .values(contact=given["contact"], address=given["address"])
        .where(tickets.c.code == given["code"])
    ),
    tickets.c.code,
    tickets.c.contact,
    tickets.c.address,
)
AWAITING = Statement(
    lambda given: (
        sa.select(tickets.c.body)
        .join(parties, parties.c.code == tickets.c.code)
        .where(
            parties.c.address == given["address"],
            parties.c.role == constant(f"'{SUBJECT}'"),
            tickets.c.state == constant(f"'{TicketState.AWAITING_CONSENT.value}'"),
        )
        .order_by(tickets.c.opened_at, tickets.c.code)
        .limit(MOST)
    ),
    parties.c.address,
    alone=True,
)


class PartyWrites(Writes):
    """Of a unit: who has to do with a ticket."""

    def join_party(self, code: str, role: str, contact: Contact, at: datetime) -> None:
        """Keep *contact* as *role* of ticket *code*."""
        sealed = self.pen.sealer.seal(msgpack.encode(contact), "contact")
        key = self.pen.address(contact.address)
        self.add(JOIN, (code, role, key, sealed, to_number(at)))

    def leave_party(self, code: str, role: str) -> None:
        """Forget who is *role* of ticket *code*."""
        self.add(LEAVE, (code, role))

    def move_contact(self, code: str, contact: Contact) -> None:
        """Have the notices of ticket *code*, which is no vault's, go to *contact*."""
        sealed = self.pen.sealer.seal(msgpack.encode(contact), "contact")
        self.add(MOVE, (code, sealed, self.pen.address(contact.address)))

    def consent_number(self, code: str) -> str:
        """Return what must stand in the answer of who is asked about ticket *code*."""
        return _number(self.pen.sealer, code)


class PartyReads(Reads):
    """Of the store: what waits for whom."""

    async def awaiting_consent(self, subject: Address) -> tuple[Ticket, ...]:
        """Return what others filed for *subject* and waits for their consent, the oldest first."""
        found = await self._fetch(AWAITING, self._address(subject))
        return tickets_in(found)

    def consent_number(self, code: str) -> str:
        """Return what must stand in the answer of who is asked about ticket *code*."""
        return _number(self._sealer, code)


def _number(sealer: Sealer, code: str) -> str:
    """Return four digits that only our key makes of *code*: there is nothing to keep or forget.

    They are of no use before the ticket waits nor after it, as a code is used once.
    """
    return f"{int.from_bytes(sealer.mac('consent', code)) % NUMBER:04}"
