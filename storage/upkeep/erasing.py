"""Erasing what is anybody's, and leaving what is nobody's: a ticket's log goes on proving itself.

A ticket whose person is erased keeps its row and its log, which hold codes, states and digests
by salts that are gone. Contents of files are taken by the shelf's sweep.
"""

from datetime import datetime

import sqlalchemy as sa
from msgspec import msgpack

from conversations.messages import Address, Channel
from referrals.roles import Sensitivity
from referrals.ticket import Ticket
from storage.cases.tickets import Contact, TicketWrites
from storage.chats.linked import LEAVE, LinkWrites
from storage.console.case_notes import CaseNoteWrites
from storage.database.instants import to_number
from storage.database.sealing import Purpose
from storage.database.statements import Statement
from storage.replies.outbox import LATER, PARKED, drop, within
from storage.replies.sent import FORGET_ABOUT, FORGET_TO, SentWrites
from storage.shelf.arrivals import FORGET_FILED, FORGET_UNFILED, ArrivalWrites
from storage.shelf.files import FileWrites
from storage.tables.audit import audit
from storage.tables.cases import parties, tickets
from storage.tables.chats import consents, sessions
from storage.tables.registry import people
from storage.tables.replies import agency_inbox, deliveries, outbox

NOBODY = Address(Channel.SMS, "")  # whose ticket it is once its person is erased
NOWHERE = b""  # the address by which nobody finds a ticket

UNNAME = Statement(
    lambda given: (
        sa.update(tickets)
        .values(contact=given["contact"], address=given["address"], nik=sa.null())
        .where(tickets.c.code == given["code"])
    ),
    tickets.c.code,
    tickets.c.contact,
    tickets.c.address,
)
PARTIES = Statement(
    lambda given: sa.delete(parties).where(parties.c.code == given["code"]), parties.c.code
)
PARTY = Statement(
    lambda given: sa.delete(parties).where(parties.c.address == given["address"]),
    parties.c.address,
)
LETTERS = Statement(
    lambda given: sa.delete(agency_inbox).where(agency_inbox.c.code == given["code"]),
    agency_inbox.c.code,
)
REFERENCES = Statement(
    lambda given: (
        sa.update(deliveries).values(sealed=sa.null()).where(deliveries.c.code == given["code"])
    ),
    deliveries.c.code,
)
_unsent = outbox.c.state.in_([PARKED, LATER])
ABOUT = Statement(lambda given: drop(given, _unsent), outbox.c.about, sa.column("before", sa.Text))
UNSENT_TO = Statement(
    lambda given: sa.delete(outbox).where(outbox.c.address == given["address"], _unsent),
    outbox.c.address,
)
PARKED_ONE = Statement(
    lambda given: sa.delete(outbox).where(outbox.c.id == given["id"], outbox.c.state == PARKED),
    outbox.c.id,
)
SESSION = Statement(
    lambda given: sa.delete(sessions).where(sessions.c.address == given["address"]),
    sessions.c.address,
)
CONSENTS = Statement(
    lambda given: sa.delete(consents).where(consents.c.address == given["address"]),
    consents.c.address,
)
WITHDRAW = Statement(
    lambda given: (
        sa.update(consents)
        .values(withdrawn_at=given["at"])
        .where(consents.c.address == given["address"], consents.c.withdrawn_at.is_(sa.null()))
    ),
    consents.c.address,
    consents.c.at,
)
DETAILS = Statement(
    lambda given: (
        sa.update(audit)
        .values(sealed=sa.null(), subject=sa.null())
        .where(audit.c.chain == given["chain"], audit.c.seq == given["seq"])
    ),
    audit.c.chain,
    audit.c.seq,
)
PERSON = Statement(
    lambda given: sa.delete(people).where(
        people.c.nik == given["nik"], people.c.edition < given["edition"]
    ),
    people.c.nik,
    people.c.edition,
)

STATEMENTS = (
    LEAVE,
    UNNAME,
    PARTIES,
    PARTY,
    LETTERS,
    REFERENCES,
    ABOUT,
    UNSENT_TO,
    FORGET_TO,
    FORGET_ABOUT,
    PARKED_ONE,
    SESSION,
    FORGET_UNFILED,
    FORGET_FILED,
    CONSENTS,
    WITHDRAW,
    DETAILS,
    PERSON,
)
"""In the order of a commit, after everything else that a unit writes."""


class EraseWrites(TicketWrites, CaseNoteWrites, FileWrites, ArrivalWrites, SentWrites, LinkWrites):
    """Of a unit: somebody is erased. Doing it twice does nothing more."""

    def erase_ticket(self, ticket: Ticket) -> None:
        """Erase whose *ticket* is and what was said; lost when anything happened to it meanwhile.

        Its notices, letters, files and the people around it go with it.
        """
        purpose: Purpose = "vault" if ticket.sensitivity is Sensitivity.VAULT else "contact"
        nobody = self.pen.sealer.seal(msgpack.encode(Contact(NOBODY, "id")), purpose)
        self.same_ticket(ticket)
        self.erase_words(ticket.code)
        self.forget_notes(ticket.code)
        self.drop_files(ticket.code)
        self.forget_filed(ticket.code)
        self.erase_letters(ticket.code)
        self.add(UNNAME, (ticket.code, nobody, NOWHERE))
        self.add(PARTIES, (ticket.code,))
        self.add(ABOUT, within(ticket.code))
        self.erase_sent_about(ticket.code)

    def erase_letters(self, code: str) -> None:
        """Erase the letters about ticket *code*, and by which number others know it."""
        self.add(LETTERS, (code,))
        self.add(REFERENCES, (code,))

    def erase_talk(self, address: Address) -> None:
        """Erase the conversation with *address*, and replies that were not sent yet or never.

        Where else its person is reached is forgotten too.
        """
        key = self.pen.address(address)
        self.unlink(address)
        self.erase_session(address)
        self.add(UNSENT_TO, (key,), key)
        self.erase_sent_to(key)

    def erase_session(self, address: Address) -> None:
        """Erase what was said in the conversation with *address*, and nothing else."""
        key = self.pen.address(address)
        self.add(SESSION, (key,), key)
        self.forget_unfiled(address)

    def erase_parts(self, address: Address) -> None:
        """Erase *address* from tickets that others hold."""
        key = self.pen.address(address)
        self.add(PARTY, (key,), key)

    def erase_consents(self, address: Address) -> None:
        """Erase what *address* agreed to."""
        self.erase_consents_by(self.pen.address(address))

    def erase_consents_by(self, key: bytes) -> None:
        """Do as `erase_consents`, for an address that only its *key* is known of."""
        self.add(CONSENTS, (key,), key)

    def withdraw_consent(self, address: Address, at: datetime) -> None:
        """Keep that *address* no longer agrees; that it once did stays as a proof."""
        key = self.pen.address(address)
        self.add(WITHDRAW, (key, to_number(at)), key)

    def erase_details(self, chain: str, seq: int) -> None:
        """Erase what a line of the audit says of people; a line must say that they were to go."""
        self.add(DETAILS, (chain, seq))

    def erase_parked(self, item: int) -> None:
        """Erase the reply *item*, if it is still set aside."""
        self.add(PARKED_ONE, (item,))

    def erase_registered(self, nik: bytes, before: int) -> None:
        """Erase the registry's row *nik* unless an edition of rank *before* or later has it."""
        self.add(PERSON, (nik, before))
