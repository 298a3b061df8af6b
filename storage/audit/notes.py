"""The audit: who looked at whose data, in hash chains that show what was changed or is missing.

Each writer has chains of its own, so that none waits for another: a worker's name, and its name
with `+1`, `+2` … for transactions that it writes side by side. A line gets its number and its
hash inside the commit, under the lock of its chain's head. Lines say in plain text when, which
office, what for and which ticket; everything personal is sealed beside them, covered by a salted
digest, so that it can be erased and the chain still be proven.
"""

import os
from collections.abc import Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from storage.database.instants import to_number
from storage.database.link import Link, Row
from storage.database.sealing import Sealer
from storage.database.statements import Statement
from storage.database.writes import Writes
from storage.tables.audit import audit, audit_heads

SALT = 16  # bytes
BEFORE_FIRST = ""  # the hash before the first line

NOTE = Statement(lambda given: given.insert(audit), *audit.c)
HEAD = Statement(
    lambda given: (
        sa.select(audit_heads.c.seq, audit_heads.c.hash)
        .where(audit_heads.c.chain == given["chain"])
        .with_for_update()
    ),
    audit_heads.c.chain,
    alone=True,
)
BEGIN = Statement(lambda given: given.insert(audit_heads).on_conflict_do_nothing(), *audit_heads.c)
MOVE = Statement(
    lambda given: (
        sa.update(audit_heads)
        .values(seq=given["seq"], hash=given["hash"])
        .where(audit_heads.c.chain == given["chain"])
    ),
    *audit_heads.c,
)


class Sealed(Struct, frozen=True):
    """What is sealed of a line: the salt of its digest, and whatever else must be known."""

    salt: bytes
    detail: bytes


class Line(Struct, frozen=True, kw_only=True):
    """What the hash of a line covers besides the hash before; its JSON is the canonical form."""

    chain: str
    seq: int  # 1, 2, …
    at: int  # microseconds since 1970
    actor: str
    action: str
    code: str
    digest: str


_pack = msgspec.msgpack.Encoder().encode
_text = msgspec.json.Encoder().encode


class AuditWrites(Writes):
    """Of a unit: somebody looked at somebody's data."""

    def note(  # noqa: PLR0913 - who, what, when, and about whom
        self,
        actor: str,
        action: str,
        at: datetime,
        *,
        code: str = "",
        subject: str | None = None,
        detail: bytes = b"",
    ) -> None:
        """Keep that *actor* did *action* with ticket *code* or with the data of *subject*, a NIK.

        *actor* is a role or an office ("citizen", "agency:dinsos"), and *action* one word of
        `casework.trail.actions`: unsealed, for neither is personal. *detail* is sealed.
        """
        key = self.pen.sealer.mac("subject", subject) if subject else None
        salt = os.urandom(SALT)
        sealed = self.pen.sealer.seal(_pack(Sealed(salt, detail)), "audit")
        digest = digest_of(self.pen.sealer, salt, key, detail)
        self.add(NOTE, (to_number(at), actor, action, code, key, sealed, digest))


def digest_of(sealer: Sealer, salt: bytes, subject: bytes | None, detail: bytes) -> str:
    """Return what a line's hash covers of its *subject* and *detail*; it tells neither."""
    return sealer.prove("audit detail", salt, subject or b"", detail)


def hash_of(sealer: Sealer, before: str, line: Line) -> str:
    """Return the hash of *line*, which covers the hash *before*.

    It is keyed: who has the database but no key can neither change a line nor append one.
    """
    return sealer.prove("audit line", before.encode(), _text(line))


async def write_notes(link: Link, sealer: Sealer, chain: str, rows: Iterable[Row]) -> None:
    """Add *rows* of `note` to *chain*, whose head stays locked until the transaction ends."""
    seq, last = await _head(link, chain)
    lines: list[Row] = []
    for at, actor, action, code, subject, sealed, digest in rows:
        seq += 1
        line = Line(
            chain=chain, seq=seq, at=at, actor=actor, action=action, code=code, digest=digest
        )
        last = hash_of(sealer, last, line)
        lines.append((chain, seq, at, actor, action, code, subject, sealed, digest, last))
    await link.run(NOTE, lines)
    await link.run(MOVE, [(chain, seq, last)])


async def _head(link: Link, chain: str) -> tuple[int, str]:
    """Return number and hash of the last line of *chain*, and hold it."""
    if not (found := await link.fetch(HEAD, [(chain,)])):
        await link.run(BEGIN, [(chain, 0, BEFORE_FIRST)])
        found = await link.fetch(HEAD, [(chain,)])
    seq, last = found[0]
    return int(seq), str(last)
