"""Letters to agencies, sealed: they carry links that open a ticket's leg."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.statements import Given, Statement
from storage.database.writes import Writes
from storage.tables.replies import agency_inbox


class KeptLetter(Struct, frozen=True, kw_only=True):
    """A letter as it was written."""

    id: int
    agency: str
    code: str  # of the ticket
    leg: int
    body: bytes
    at: datetime  # aware, UTC

    def __repr__(self) -> str:
        return f"KeptLetter({self.id}, {self.agency})"


WRITE = Statement(lambda given: given.insert(agency_inbox), *agency_inbox.c)


def _newest(given: Given) -> "sa.Select[tuple[object, ...]]":
    letters = sa.select(*agency_inbox.c)
    return letters.order_by(agency_inbox.c.id.desc()).limit(given["most"])


NEWEST = Statement(_newest, sa.column("most", sa.Integer), alone=True)
NEWEST_OF = Statement(
    lambda given: _newest(given).where(agency_inbox.c.agency == given["agency"]),
    agency_inbox.c.agency,
    sa.column("most", sa.Integer),
    alone=True,
)
ONE = Statement(
    lambda given: sa.select(*agency_inbox.c).where(agency_inbox.c.id == given["id"]),
    agency_inbox.c.id,
    alone=True,
)


class LetterWrites(Writes):
    """Of a unit: an agency is told."""

    def tell_agency(self, agency: str, code: str, leg: int, body: bytes, at: datetime) -> int:
        """Write the letter *body* to *agency* about *leg* of ticket *code*; return its id."""
        now = to_number(at)
        sealed = self.pen.sealer.seal(body, "letter")
        letter = self.pen.ids.next(now)
        self.add(WRITE, (letter, agency, code, leg, sealed, now))
        return letter


class LetterReads(Reads):
    """Of the store: what agencies were told."""

    async def letters(self, agency: str | None, limit: int) -> tuple[KeptLetter, ...]:
        """Return the letters to *agency*, or to all, the newest first, at most *limit*."""
        if agency is None:
            rows = await self._fetch(NEWEST, limit)
        else:
            rows = await self._fetch(NEWEST_OF, agency, limit)
        return tuple(self._letter(row) for row in rows)

    async def letter(self, number: int) -> KeptLetter | None:
        """Return letter *number*, or None."""
        rows = await self._fetch(ONE, number)
        return self._letter(rows[0]) if rows else None

    def _letter(self, row: Row) -> KeptLetter:
        number, agency, code, leg, sealed, at = row
        return KeptLetter(
            id=number,
            agency=agency,
            code=code,
            leg=leg,
            body=self._sealer.open(sealed, "letter"),
            at=from_number(at),
        )
