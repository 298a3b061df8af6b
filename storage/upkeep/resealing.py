"""Key rotation: what older keys sealed is sealed anew, a little at a time."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import VAULT_IDS, Purpose
from storage.database.statements import Given, Statement, constant
from storage.shelf.shelf import Shelf
from storage.tables.arrivals import arrivals
from storage.tables.audit import audit
from storage.tables.cases import parties, ticket_words, tickets
from storage.tables.chats import consents, sessions
from storage.tables.files import files
from storage.tables.linked import link_codes, linked
from storage.tables.registry import people
from storage.tables.replies import agency_inbox, deliveries, outbox
from storage.tables.sent import sent_messages
from storage.tables.staff import staff, staff_sessions
from storage.tables.staff_chats import staff_chats
from storage.tables.upkeep import timers
from storage.tables.village import village_meetings
from storage.tables.worklist import case_notes

VAULT = constant("'vault'")
ABOVE_ALL = b"\xff\xff"  # of no value's first byte


class Sealed(Struct, frozen=True):
    """A sealed column; *purpose* is None where the row's own column says it."""

    column: sa.Column[bytes]
    purpose: Purpose | None

    @property
    def keys(self) -> Sequence[sa.Column[Any]]:
        """The columns that name a row."""
        return tuple(self.column.table.primary_key.columns)


SEALED = (
    Sealed(sessions.c.sealed, "session"),
    Sealed(outbox.c.sealed, "outbox"),
    Sealed(sent_messages.c.sealed, "outbox"),
    Sealed(timers.c.sealed, "timer"),
    Sealed(tickets.c.contact, None),
    Sealed(ticket_words.c.sealed, None),
    Sealed(agency_inbox.c.sealed, "letter"),
    Sealed(consents.c.sealed, "contact"),
    Sealed(people.c.sealed, "registry"),
    Sealed(parties.c.sealed, None),
    Sealed(files.c.sealed, None),
    Sealed(arrivals.c.sealed, "file"),
    Sealed(deliveries.c.sealed, "letter"),
    Sealed(audit.c.sealed, "audit"),
    Sealed(linked.c.sealed, "contact"),
    Sealed(link_codes.c.sealed, "contact"),
    Sealed(case_notes.c.sealed, None),
    Sealed(staff_chats.c.sealed, "contact"),
    Sealed(village_meetings.c.sealed, "letter"),
    Sealed(staff.c.sealed, "staff"),
    Sealed(staff_sessions.c.sealed, "staff"),
)


def _of_older_keys(sealed: Sealed) -> Statement:
    """Return what finds values that the key of their purpose today did not seal.

    What begins with *top* or above is the vault's, under keys that this process does not have.
    """
    column = sealed.column
    first = sa.func.substr(column, constant("1"), constant("1"), type_=sa.LargeBinary)

    def build(given: Given) -> "sa.Select[tuple[object, ...]]":
        if sealed.purpose:
            found = sa.select(column, constant("''"), *sealed.keys).where(first != given["mark"])
            return found.limit(given["most"])
        own = column.table.c.purpose
        wanted = sa.case((own == VAULT, given["vault"]), else_=given["mark"])
        found = sa.select(column, own, *sealed.keys).where(first != wanted, first < given["top"])
        return found.limit(given["most"])

    marks = ("mark",) if sealed.purpose else ("mark", "vault", "top")
    given = [sa.column(name, sa.LargeBinary) for name in marks]
    return Statement(build, *given, sa.column("most", sa.Integer), alone=True)


def _renewal(sealed: Sealed) -> Statement:
    """Return what replaces a value, unless it was replaced meanwhile."""

    def build(given: Given) -> sa.Update:
        same = [key == given[key.name] for key in sealed.keys]
        return (
            sa.update(sealed.column.table)
            .values({sealed.column.name: given["new"]})
            .where(*same, sealed.column == given["old"])
        )

    new, old = sa.column("new", sa.LargeBinary), sa.column("old", sa.LargeBinary)
    return Statement(build, new, old, *sealed.keys)


ROUNDS = tuple((sealed, _of_older_keys(sealed), _renewal(sealed)) for sealed in SEALED)


def _files(given: Given) -> "sa.Select[tuple[str, str]]":
    """Return what finds the next contents, of tickets and of files on their way."""
    filed = sa.select(files.c.id, files.c.purpose)
    coming = sa.select(arrivals.c.file, constant("'file'")).where(
        arrivals.c.file != constant("''")
    )
    every = sa.union(filed, coming).subquery()
    found = sa.select(every.c.id, every.c.purpose).where(every.c.id > given["id"])
    return found.order_by(every.c.id).limit(constant("500"))


FILES = Statement(_files, files.c.id, alone=True)


class Resealing(Reads):
    """Of the store: let go of older keys."""

    async def reseal_files(self, shelf: Shelf) -> int:
        """Seal every content on *shelf* anew that an older key sealed; return how many."""
        count, last = 0, ""
        while rows := await self._fetch(FILES, last):
            for last, purpose in rows:
                count += await shelf.renew(last, purpose)
        return count

    async def reseal(self, limit: int) -> int:
        """Seal at most *limit* values anew with the newest key; 0 says that none is left.

        Stop and go on whenever you like. The first key stays needed: look-ups go by it.
        """
        for sealed, find, renew in ROUNDS:
            if rows := await self._fetch(find, *self._marks(sealed, limit)):
                await self._write(renew, [self._renewed(sealed, row) for row in rows])
                return len(rows)
        return 0

    def _marks(self, sealed: Sealed, limit: int) -> Row:
        """Return what tells values of today's keys from others."""
        mark = self._sealer.mark("session")
        if sealed.purpose:
            return mark, limit
        top = ABOVE_ALL if self._sealer.own_vault else bytes((VAULT_IDS.start,))
        return mark, self._sealer.mark("vault"), top, limit

    def _renewed(self, sealed: Sealed, row: Row) -> Row:
        old, own, *keys = row
        purpose: Purpose = sealed.purpose or own
        plain = self._sealer.open(old, purpose)
        return self._sealer.seal(plain, purpose), old, *keys
