"""The local copy of the social registry: found by macs, and told only to who has the proof."""

import hmac
from datetime import date

import msgspec
import sqlalchemy as sa

from registry_client.answers import (
    Answer,
    Edition,
    Listed,
    NeedsPerson,
    NotFound,
    NotMatched,
    Programme,
    Unavailable,
)
from registry_client.nik import Nik
from storage.link import Link, Row
from storage.reads import Reads
from storage.sealing import MAC
from storage.statements import Statement, constant
from storage.tables import editions, people

LISTED, NOT_MATCHED, NEEDS_PERSON = "listed", "not_matched", "needs_person"
NOBODY: Row = (bytes(MAC), None, "[]", LISTED)  # compared with where there is nobody

_read_programmes = msgspec.json.Decoder(tuple[Programme, ...]).decode

FIND = Statement(
    lambda given: sa.select(
        people.c.proof, people.c.desil, people.c.programmes, people.c.condition
    ).where(people.c.nik == given["nik"]),
    people.c.nik,
    alone=True,
)
NEWEST = Statement(
    lambda _: (
        sa.select(editions.c.version, editions.c.as_of)
        .order_by(editions.c.as_of.desc(), editions.c.version.desc())
        .limit(constant("1"))
    ),
    alone=True,
)
COUNT = Statement(lambda _: sa.select(sa.func.count()).select_from(people), alone=True)


class RegistryReads(Reads):
    """Of the store: look families up."""

    async def look_up(self, nik: Nik, proof: str) -> Answer:
        """Return what the registry says of *nik* to who knows *proof*.

        An unknown NIK and a wrong proof do the same work and get the same answer.
        """
        key = self._sealer.mac("nik", nik.digits)
        given = self._sealer.mac("proof", nik.digits, proof)

        async def job(link: Link) -> tuple[list[Row], list[Row]]:
            return await link.fetch(FIND, [(key,)]), await link.fetch(NEWEST, [()])

        found, newest = await self._engine.read(job)
        if not newest:
            return Unavailable()
        edition = Edition(newest[0][0], date.fromisoformat(newest[0][1]))
        kept, desil, programmes, condition = found[0] if found else NOBODY
        answer = _answer(desil, programmes, condition, edition)
        return answer if hmac.compare_digest(kept, given) else NotFound(edition)

    async def people_count(self) -> int:
        """Return how many people the registry holds."""
        ((count,),) = await self._fetch(COUNT)
        return int(count)

    async def edition(self) -> Edition | None:
        """Return the newest edition that was loaded completely, or None."""
        rows = await self._fetch(NEWEST)
        return Edition(rows[0][0], date.fromisoformat(rows[0][1])) if rows else None


def _answer(desil: int | None, programmes: str, condition: str, edition: Edition) -> Answer:
    listed = Listed(desil, _read_programmes(programmes), edition)
    match condition:
        case "needs_person":
            return NeedsPerson()
        case "not_matched":
            return NotMatched(edition)
        case _:
            return listed
