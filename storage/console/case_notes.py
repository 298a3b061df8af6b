"""What officers write for each other about a case: sealed, and gone with the citizen's words."""

from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.sealing import Purpose
from storage.database.statements import Statement
from storage.database.writes import Writes
from storage.tables.worklist import case_notes


class CaseNote(Struct, frozen=True):
    """A note: who wrote it, for which office, and what. Prints without its words."""

    staff: str  # id of an account
    office: str  # code of an agency
    text: str
    at: datetime

    def __repr__(self) -> str:
        return f"CaseNote({len(self.text)} letters)"


class _Sealed(Struct, frozen=True):
    staff: str
    office: str
    text: str


_open = msgspec.msgpack.Decoder(_Sealed).decode

WRITE = Statement(lambda given: given.insert(case_notes), *case_notes.c)
OF = Statement(
    lambda given: (
        sa.select(case_notes.c.purpose, case_notes.c.sealed, case_notes.c.at)
        .where(case_notes.c.code == given["code"])
        .order_by(case_notes.c.id)
    ),
    case_notes.c.code,
    alone=True,
)
FORGET = Statement(
    lambda given: sa.delete(case_notes).where(case_notes.c.code == given["code"]),
    case_notes.c.code,
)


class CaseNoteWrites(Writes):
    """Of a unit: officers note something, or what they noted goes."""

    def write_note(self, ticket: Ticket, note: CaseNote) -> None:
        """Keep *note* about *ticket*."""
        purpose: Purpose = "vault" if is_vault(ticket) else "ticket"
        body = msgspec.msgpack.encode(_Sealed(note.staff, note.office, note.text))
        at = to_number(note.at)
        sealed = self.pen.sealer.seal(body, purpose)
        self.add(WRITE, (self.pen.ids.next(at), ticket.code, purpose, sealed, at))

    def forget_notes(self, code: str) -> None:
        """Erase what was noted about ticket *code*."""
        self.add(FORGET, (code,))


class CaseNoteReads(Reads):
    """Of the store: what officers noted."""

    async def notes_of(self, code: str) -> tuple[CaseNote, ...]:
        """Return what was noted about ticket *code*, the oldest first."""
        return tuple(
            _note(self._sealer.open(sealed, purpose), from_number(at))
            for purpose, sealed, at in await self._fetch(OF, code)
        )


def _note(body: bytes, at: datetime) -> CaseNote:
    kept = _open(body)
    return CaseNote(kept.staff, kept.office, kept.text, at)
