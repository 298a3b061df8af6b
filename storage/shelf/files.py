"""Files: a row each, and the marks by which a proof of work is known again.

Their content lies sealed on the shelf (`storage.shelf.shelf`), written before the row and swept
away where no row came.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import Purpose, Sealer
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.shelf.arrivals import NAMED
from storage.tables.files import file_looks, file_marks, files


class KeptFile(Struct, frozen=True, kw_only=True):
    """A file as its row tells of it. *place* counts the files of one log entry from 1."""

    id: str
    code: str  # of the ticket
    seq: int  # of the log entry it came with
    place: int
    kind: str  # its media type
    size: int  # bytes
    digest: str  # SHA-256 of the content
    vault: bool
    at: datetime  # aware, UTC

    @property
    def purpose(self) -> Purpose:
        """What its row and content are sealed for."""
        return "vault" if self.vault else "file"

    def __repr__(self) -> str:
        return f"KeptFile({self.kind}, {self.size} bytes)"


class _About(Struct, frozen=True):
    """What stands sealed in the row."""

    place: int
    kind: str
    size: int
    digest: str


def _mark(given: Given) -> Insert:
    return given.insert(file_marks).on_conflict_do_nothing()


KEEP = Statement(lambda given: given.insert(files), *files.c)
MARK = Statement(_mark, *file_marks.c, key=file_marks.c.mark)  # a condition: never seen before
REMEMBER = Statement(_mark, *file_marks.c)  # the same for what may be seen again
LOOK = Statement(lambda given: given.insert(file_looks).on_conflict_do_nothing(), *file_looks.c)
LIKE = Statement(
    lambda given: sa.select(file_looks.c.file).where(file_looks.c.mark == given["mark"]),
    file_looks.c.mark,
)
OF = Statement(
    lambda given: (
        sa.select(*files.c).where(files.c.code == given["code"]).order_by(files.c.at, files.c.id)
    ),
    files.c.code,
    alone=True,
)
KNOWN = Statement(
    lambda given: sa.select(files.c.id).where(files.c.id == given["id"]),
    files.c.id,
)
DROP = Statement(lambda given: sa.delete(files).where(files.c.code == given["code"]), files.c.code)


class FileWrites(Writes):
    """Of a unit: a file belongs to a ticket."""

    def keep_file(self, file: KeptFile) -> None:
        """Keep the row of *file*, whose content lies on the shelf already."""
        about = _About(file.place, file.kind, file.size, file.digest)
        sealed = self.pen.sealer.seal(msgspec.msgpack.encode(about), file.purpose)
        row = (file.id, file.code, file.seq, file.purpose, sealed, to_number(file.at))
        self.add(KEEP, row)

    def prove_with(self, file: KeptFile, digests: Iterable[str]) -> None:
        """Use *file* as a proof; the unit is lost when one of its *digests* was seen before."""
        for mark in marks_of(self.pen.sealer, digests):
            self.add(MARK, (mark, file.id), mark)

    def remember(self, file: KeptFile, digests: Iterable[str]) -> None:
        """Have nobody use *file* as a proof from now on."""
        for mark in marks_of(self.pen.sealer, digests):
            self.add(REMEMBER, (mark, file.id), mark)

    def remember_look(self, file: KeptFile, look: Iterable[str]) -> None:
        """Have a photo be known that looks much like *file*, whose stripes are *look*."""
        for mark in _stripes(self.pen.sealer, look):
            self.add(LOOK, (mark, file.id))

    def drop_files(self, code: str) -> None:
        """Forget the files of ticket *code*; the shelf's sweep takes their content.

        Their marks and looks stay: they tell nothing, and a proof stays used.
        """
        self.add(DROP, (code,))


class FileReads(Reads):
    """Of the store: which files there are."""

    async def files_of(self, code: str) -> tuple[KeptFile, ...]:
        """Return the files of ticket *code*, the oldest first."""
        return tuple(self._file(row) for row in await self._fetch(OF, code))

    async def known_files(self, ids: Collection[str]) -> set[str]:
        """Return those of *ids* that have a row, of a ticket or of a file on its way."""
        asked = [(one,) for one in ids]
        filed = await self._fetch_each(KNOWN, asked)
        return {found for (found,) in (*filed, *await self._fetch_each(NAMED, asked))}

    async def most_alike(self, look: Iterable[str]) -> int:
        """Return how many stripes of *look* the photo has that shares most of them."""
        marks = [(mark,) for mark in _stripes(self._sealer, look)]
        shared = Counter(file for (file,) in await self._fetch_each(LIKE, marks))
        return max(shared.values(), default=0)

    def _file(self, row: Row) -> KeptFile:
        number, code, seq, purpose, sealed, at = row
        about = msgspec.msgpack.decode(self._sealer.open(sealed, purpose), type=_About)
        return KeptFile(
            id=number,
            code=code,
            seq=seq,
            place=about.place,
            kind=about.kind,
            size=about.size,
            digest=about.digest,
            vault=purpose == "vault",
            at=from_number(at),
        )


def marks_of(sealer: Sealer, digests: Iterable[str]) -> list[bytes]:
    """Return what *digests* are known by, each once and in an order of their own."""
    return sorted({sealer.mac("file", digest) for digest in digests})


def _stripes(sealer: Sealer, look: Iterable[str]) -> list[bytes]:
    return sorted({sealer.mac("look", stripe) for stripe in look})
