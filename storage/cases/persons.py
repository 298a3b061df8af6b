"""What is kept about one person, wherever it stands: found by address and by NIK."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from conversations.messages import Address
from registry_client.nik import Nik
from registry_client.person import Person
from storage.database.instants import from_number
from storage.database.reads import Reads
from storage.database.statements import Statement, constant
from storage.tables.cases import parties, tickets
from storage.tables.chats import consents
from storage.tables.registry import people

OF_ADDRESS = Statement(
    lambda given: sa.select(tickets.c.code).where(tickets.c.address == given["address"]),
    tickets.c.address,
)
SUBJECTS = Statement(
    lambda given: (
        sa.select(tickets.c.nik)
        .where(tickets.c.address == given["address"], tickets.c.nik.is_not(None))
        .distinct()
    ),
    tickets.c.address,
)
_theirs = tickets.alias("theirs")
OF_SEVERAL = (
    sa.select(sa.func.count(_theirs.c.nik.distinct()) > constant("1"))
    .where(_theirs.c.address == tickets.c.address)
    .scalar_subquery()
)
"""Of a row of tickets: whether those of its address are about more than one person's NIK."""
OF_NIK = Statement(
    lambda given: sa.select(tickets.c.code, tickets.c.sensitivity).where(
        tickets.c.nik == given["nik"]
    ),
    tickets.c.nik,
)
PARTIES = Statement(
    lambda given: sa.select(parties.c.code, parties.c.role).where(
        parties.c.address == given["address"]
    ),
    parties.c.address,
)
CONSENTS = Statement(
    lambda given: sa.select(*consents.c).where(consents.c.address == given["address"]),
    consents.c.address,
)
REGISTERED = Statement(
    lambda given: sa.select(people.c.sealed).where(people.c.nik == given["nik"]), people.c.nik
)

_read_person = msgspec.msgpack.Decoder(Person).decode


class Consented(Struct, frozen=True, kw_only=True):
    """That somebody agreed to a privacy notice."""

    version: str
    language: str
    message: str  # the channel's id of the message in which they did
    at: datetime
    withdrawn_at: datetime | None

    def __repr__(self) -> str:
        return f"Consented({self.version}, {self.at})"


class PersonReads(Reads):
    """Of the store: one person."""

    async def codes_of(self, addresses: Iterable[Address]) -> set[str]:
        """Return the codes of all tickets whose notices go to *addresses*."""
        rows = [(self._address(address),) for address in addresses]
        return {code for (code,) in await self._fetch_each(OF_ADDRESS, rows)}

    async def is_shared(self, address: Address) -> bool:
        """Tell whether the tickets of *address* are about more than one person's NIK."""
        return len(await self._fetch_each(SUBJECTS, [(self._address(address),)])) > 1

    async def codes_about(self, nik: str) -> dict[str, bool]:
        """Return the codes of all tickets that name *nik*, and whether each is the vault's."""
        rows = await self._fetch_each(OF_NIK, [(self._sealer.mac("nik", nik),)])
        return {code: sensitivity == "vault" for code, sensitivity in rows}

    async def parts_of(self, address: Address) -> list[tuple[str, str]]:
        """Return code and role of every ticket that *address* has another part in."""
        rows = await self._fetch_each(PARTIES, [(self._address(address),)])
        return sorted((code, role) for code, role in rows)

    async def consents_of(self, address: Address) -> tuple[Consented, ...]:
        """Return what *address* agreed to, the oldest first."""
        rows = await self._fetch_each(CONSENTS, [(self._address(address),)])
        given = (
            Consented(
                version=version,
                language=language,
                message=self._sealer.open(sealed, "contact").decode(),
                at=from_number(at),
                withdrawn_at=None if withdrawn_at is None else from_number(withdrawn_at),
            )
            for _, version, language, sealed, at, withdrawn_at in rows
        )
        return tuple(sorted(given, key=lambda one: one.at))

    async def is_registered(self, nik: str) -> bool:
        """Tell whether our copy of the registry has *nik*. The caller has the proof."""
        return bool(await self._fetch_each(REGISTERED, [(self._sealer.mac("nik", nik),)]))

    async def registered(self, nik: Nik) -> Person | None:
        """Return what our copy of the registry says of *nik*. The caller has the proof."""
        rows = await self._fetch_each(REGISTERED, [(self._sealer.mac("nik", nik.digits),)])
        return _read_person(self._sealer.open(rows[0][0], "registry")) if rows else None
