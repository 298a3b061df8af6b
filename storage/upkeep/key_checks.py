"""Whether the keys of this process are those that the database was sealed with.

A note per key holds a hash that only this key makes, and one more that of the first key, by which
rows are found. Where one of ours has none yet, all is looked through: what is sealed must open.
"""

from collections.abc import Mapping, Sequence
from enum import Enum

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from storage.audit.notes import Sealed as Covered
from storage.audit.notes import digest_of
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import HOUSE_IDS, VAULT_IDS, SealBroken, Sealer
from storage.database.statements import Statement, constant
from storage.tables.audit import audit
from storage.tables.upkeep import notes
from storage.upkeep.resealing import SEALED, Sealed

NOTE = "sealing key "  # what the key of each note begins with; then an id, or FIRST
FIRST = f"{NOTE}first"


class Misfit(Enum):
    """How a key can be the wrong one."""

    OTHER = "another"  # of its id than the one that sealed
    NOT_FIRST = "not first"  # rows are found by the database's first key alone
    MISSING = "missing"  # what it sealed is still there


class KeyFault(Struct, frozen=True):
    """A key that does not fit the database; *key_id* tells whether it is the vault's."""

    misfit: Misfit
    key_id: int


NOTED = Statement(
    lambda _: sa.select(notes.c.key, notes.c.value).where(
        notes.c.key.like(constant(f"'{NOTE}%'"))
    ),
    alone=True,
)
NOTE_ONCE = Statement(
    lambda given: given.insert(notes).on_conflict_do_nothing(index_elements=[notes.c.key]),
    *notes.c,
)
DROP = Statement(lambda given: sa.delete(notes).where(notes.c.key == given["key"]), notes.c.key)
LINE = Statement(
    lambda _: (
        sa.select(audit.c.sealed, audit.c.subject, audit.c.digest)
        .where(audit.c.sealed.is_not(None))
        .limit(constant("1"))
    ),
    alone=True,
)


def _first_byte(column: "sa.Column[bytes]") -> "sa.Function[bytes]":
    return sa.func.substr(column, constant("1"), constant("1"), type_=sa.LargeBinary)


def _marks(sealed: Sealed) -> Statement:
    """Return what finds the ids of all keys that sealed a value of this column."""
    first = _first_byte(sealed.column)
    found = sa.select(first).where(sealed.column.is_not(None)).distinct()
    return Statement(lambda _: found, alone=True)


def _example(sealed: Sealed) -> Statement:
    """Return what finds one value of this column that a given key sealed, and its purpose."""
    own = sealed.column.table.c.purpose if sealed.purpose is None else constant("''")
    return Statement(
        lambda given: (
            sa.select(sealed.column, own)
            .where(_first_byte(sealed.column) == given["mark"])
            .limit(constant("1"))
        ),
        sa.column("mark", sa.LargeBinary),
        alone=True,
    )


LOOKS = tuple((sealed, _marks(sealed), _example(sealed)) for sealed in SEALED)


class KeyChecks(Reads):
    """Of the store: tell whether our keys are its own."""

    async def hold_to_keys(self) -> KeyFault | None:
        """Return what is wrong with our keys; else note them, for every start to come.

        Of several that start at once on an empty database one notes first, and all are held to it.
        """
        if fault := await self.key_fault():
            return fault
        kept, own = await self._noted(), checks_of(self._sealer)
        if gone := [key for key in retired(kept, own) if _id(key) < self._newest]:
            await self._write(DROP, [(key,) for key in gone])
        if absent := [(key, value) for key, value in own.items() if key not in kept]:
            await self._write(NOTE_ONCE, absent)
            kept = await self._noted()
        return unequal(kept, own)

    async def key_fault(self) -> KeyFault | None:
        """Return what is wrong with our keys, or None; nothing is written."""
        kept, own = await self._noted(), checks_of(self._sealer)
        if fault := unequal(kept, own):
            return fault
        if own.keys() <= kept.keys() and not retired(kept, own):
            return None
        return await self._looked_through() or await self._first_of_old(kept)

    @property
    def _newest(self) -> int:
        """The id of the house's newest key here: a process that starts later may have a newer."""
        return max(key_id for key_id in self._sealer.ids if key_id in HOUSE_IDS)

    async def _noted(self) -> dict[str, str]:
        return dict(await self._fetch(NOTED))

    async def _looked_through(self) -> KeyFault | None:
        """Return the first key of which a sealed value tells that it is missing, or another."""
        for sealed, marks, example in LOOKS:
            for (mark,) in await self._fetch(marks):
                if fault := self._fault_of(sealed, mark[0], await self._fetch(example, mark)):
                    return fault
        return None

    def _fault_of(self, sealed: Sealed, key_id: int, found: Sequence[Row]) -> KeyFault | None:
        """Return why none of *found*, which *key_id* sealed, opens; the vault may stay closed."""
        if key_id not in self._sealer.ids:
            missing = key_id in HOUSE_IDS
            return KeyFault(Misfit.MISSING, key_id) if missing else None
        try:
            for value, own in found:
                self._sealer.open(value, sealed.purpose or own)
        except SealBroken:
            return KeyFault(Misfit.OTHER, key_id)
        return None

    async def _first_of_old(self, kept: Mapping[str, str]) -> KeyFault | None:
        """Return what a line of the audit tells of the first key where no note does."""
        if FIRST in kept:
            return None
        for sealed, subject, digest in await self._fetch(LINE):
            opened = msgspec.msgpack.decode(self._sealer.open(sealed, "audit"), type=Covered)
            if digest_of(self._sealer, opened.salt, subject, opened.detail) != digest:
                return KeyFault(Misfit.NOT_FIRST, HOUSE_IDS.start)
        return None


def checks_of(sealer: Sealer) -> dict[str, str]:
    """Return the notes that the keys of *sealer* make."""
    first = sealer.ids[0]
    each = {f"{NOTE}{key_id}": sealer.check(key_id) for key_id in sealer.ids}
    return {FIRST: sealer.check(first), **each}


def unequal(kept: Mapping[str, str], own: Mapping[str, str]) -> KeyFault | None:
    """Return the first of our *own* keys that *kept* notes say is another."""
    for key, value in own.items():
        if kept.get(key, value) != value and key != FIRST:
            return KeyFault(Misfit.OTHER, _id(key))
    if kept.get(FIRST, own[FIRST]) != own[FIRST]:
        return KeyFault(Misfit.NOT_FIRST, HOUSE_IDS.start)
    return None


def retired(kept: Mapping[str, str], own: Mapping[str, str]) -> list[str]:
    """Return which of the house's keys that were noted are not ours."""
    vault = {f"{NOTE}{key_id}" for key_id in VAULT_IDS}
    return [key for key in kept if key not in own and key not in vault]


def _id(key: str) -> int:
    return int(key.removeprefix(NOTE))
