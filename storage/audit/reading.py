"""Reading the audit: its lines in order, where its chains end, and who looked at whose data."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Self

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from storage.audit.notes import Line, Sealed
from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.statements import Statement, constant
from storage.tables.audit import audit, audit_heads

HEADS = "heads"  # the action of a line that tells where the other chains ended
PAGE = 1000  # lines read at a time

PLACE = sa.tuple_(audit.c.at, audit.c.chain, audit.c.seq)

_unpack = msgspec.msgpack.Decoder(Sealed).decode

ENDS = Statement(lambda _: sa.select(*audit_heads.c).order_by(audit_heads.c.chain), alone=True)
CHAINS = Statement(
    lambda _: sa.select(audit.c.chain).group_by(audit.c.chain).order_by(audit.c.chain), alone=True
)
LINES = Statement(
    lambda given: (
        sa.select(*audit.c)
        .where(audit.c.chain == given["chain"], audit.c.seq > given["seq"])
        .order_by(audit.c.seq)
        .limit(constant(str(PAGE)))
    ),
    audit.c.chain,
    audit.c.seq,
    alone=True,
)
HASHES = Statement(
    lambda given: sa.select(audit.c.chain, audit.c.seq, audit.c.hash).where(
        audit.c.chain == given["chain"], audit.c.seq == given["seq"]
    ),
    audit.c.chain,
    audit.c.seq,
)
OF_TICKET = Statement(
    lambda given: sa.select(*audit.c).where(audit.c.code == given["code"]), audit.c.code
)
OF_SUBJECT = Statement(
    lambda given: sa.select(*audit.c).where(audit.c.subject == given["subject"]), audit.c.subject
)
BETWEEN = Statement(
    lambda given: (
        sa.select(*audit.c)
        .where(audit.c.at >= given["since"], audit.c.at < given["until"])
        .where(sa.tuple_(given["at"], given["chain"], given["seq"]) < PLACE)
        .order_by(audit.c.at, audit.c.chain, audit.c.seq)
        .limit(constant(str(PAGE)))
    ),
    sa.column("since", sa.BigInteger),
    sa.column("until", sa.BigInteger),
    audit.c.at,
    audit.c.chain,
    audit.c.seq,
    alone=True,
)


class End(Struct, frozen=True):
    """Where a chain ends: the number and the hash of its last line."""

    seq: int
    hash: str


class AuditLine(Struct, frozen=True, kw_only=True):
    """A line as it is kept."""

    chain: str
    seq: int
    at: int  # microseconds since 1970
    actor: str
    action: str
    code: str
    subject: bytes | None
    sealed: bytes | None
    digest: str
    hash: str

    @classmethod
    def from_row(cls, row: Sequence[Any]) -> Self:
        """Return the line in *row*, which has the columns of its table."""
        return cls(**dict(zip(cls.__struct_fields__, row, strict=True)))

    @property
    def when(self) -> datetime:
        """When it was written, aware, UTC."""
        return from_number(self.at)

    @property
    def covered(self) -> Line:
        """What its hash covers."""
        return Line(
            chain=self.chain,
            seq=self.seq,
            at=self.at,
            actor=self.actor,
            action=self.action,
            code=self.code,
            digest=self.digest,
        )

    def opened(self, sealer: Sealer) -> Sealed | None:
        """Return its salt and detail, None where they were erased. Raises SealBroken."""
        return _unpack(sealer.open(self.sealed, "audit")) if self.sealed is not None else None


class AuditReads(Reads):
    """Of the store: the audit."""

    async def audit_ends(self) -> dict[str, End]:
        """Return where each chain ends, by its name."""
        return {chain: End(seq, last) for chain, seq, last in await self._fetch(ENDS)}

    async def audit_chains(self) -> list[str]:
        """Return the names of the chains that have lines."""
        return [chain for (chain,) in await self._fetch(CHAINS)]

    async def audit_lines(self, chain: str, after: int) -> list[AuditLine]:
        """Return the next PAGE lines of *chain* after number *after*."""
        return [AuditLine.from_row(row) for row in await self._fetch(LINES, chain, after)]

    async def audit_hashes(self, places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
        """Return the hashes of the lines at *places*, chain and number, where there are lines."""
        rows = await self._fetch_each(HASHES, sorted(set(places)))
        return {(chain, seq): found for chain, seq, found in rows}

    async def looks_at(self, codes: Iterable[str], niks: Iterable[str]) -> list[AuditLine]:
        """Return every line about tickets *codes* and about the people *niks*, oldest first."""
        subjects = [(self._sealer.mac("subject", nik),) for nik in set(niks)]
        rows = await self._fetch_each(OF_TICKET, [(code,) for code in set(codes)])
        rows += await self._fetch_each(OF_SUBJECT, subjects)
        lines = {(line.chain, line.seq): line for line in map(AuditLine.from_row, rows)}
        return sorted(lines.values(), key=lambda line: (line.at, line.chain, line.seq))

    async def audit_between(
        self, since: datetime, until: datetime, last: AuditLine | None = None
    ) -> list[AuditLine]:
        """Return the next PAGE lines written from *since* to before *until*, after line *last*."""
        place = (last.at, last.chain, last.seq) if last else (0, "", 0)
        row = (to_number(since), to_number(until), *place)
        return [AuditLine.from_row(found) for found in await self._fetch(BETWEEN, *row)]

    def audit_detail(self, line: AuditLine) -> bytes | None:
        """Return what *line* says besides, None where it was erased. Raises SealBroken."""
        opened = line.opened(self._sealer)
        return opened.detail if opened else None


def ends_told(ends: Mapping[str, End]) -> bytes:
    """Return *ends* as a line of the audit tells them."""
    return msgspec.json.encode({chain: (end.seq, end.hash) for chain, end in ends.items()})


def ends_read(told: bytes) -> dict[str, End]:
    """Return the ends that *told* tells of. Raises msgspec.DecodeError."""
    found = msgspec.json.decode(told, type=dict[str, tuple[int, str]])
    return {chain: End(*end) for chain, end in found.items()}


def missing(ends: Mapping[str, End], hashes: Mapping[tuple[str, int], str]) -> Sequence[str]:
    """Return the chains of *ends* that do not have their hash at that place, sorted."""
    return sorted(c for c, end in ends.items() if hashes.get((c, end.seq)) != end.hash)
