"""The local copy of the social registry: found by macs, and told only to who has the proof."""

import hmac

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
from storage.editions import NEWEST, RANK, read_edition
from storage.link import Link, Row
from storage.reads import Reads
from storage.sealing import MAC
from storage.statements import Statement
from storage.tables import people

LISTED, NOT_MATCHED, NEEDS_PERSON = "listed", "not_matched", "needs_person"
NOBODY: Row = (bytes(MAC), None, "[]", LISTED, 0)  # compared with where there is nobody

_read_programmes = msgspec.json.Decoder(tuple[Programme, ...]).decode

FIND = Statement(
    lambda given: sa.select(
        people.c.proof,
        people.c.desil,
        people.c.programmes,
        people.c.condition,
        people.c.edition,
    ).where(people.c.nik == given["nik"]),
    people.c.nik,
    alone=True,
)
COUNT = Statement(lambda _: sa.select(sa.func.count()).select_from(people), alone=True)


class RegistryReads(Reads):
    """Of the store: look families up."""

    async def look_up(self, nik: Nik, proof: str) -> Answer:
        """Return what the registry says of *nik* to who knows *proof*.

        An unknown NIK, a wrong proof, and a row that the newest edition no longer has do the same
        work and get the same answer. While an edition is being imported the one before answers:
        of rows that were already renewed with their new content, under its own date.
        """
        key = self._sealer.mac("nik", nik.digits)
        given = self._sealer.mac("proof", nik.digits, proof)

        async def job(link: Link) -> tuple[list[Row], list[Row]]:
            return await link.fetch(FIND, [(key,)]), await link.fetch(NEWEST, [()])

        found, newest = await self._engine.read(job)
        if not newest:
            return Unavailable()
        edition = read_edition(newest[0])
        kept, desil, programmes, condition, rank = found[0] if found else NOBODY
        answer = _answer(desil, programmes, condition, edition)
        proven = hmac.compare_digest(kept, given)
        return answer if proven and rank >= newest[0][RANK] else NotFound(edition)

    async def people_count(self) -> int:
        """Return how many people the registry holds, those of past editions among them."""
        ((count,),) = await self._fetch(COUNT)
        return int(count)


def _answer(desil: int | None, programmes: str, condition: str, edition: Edition) -> Answer:
    listed = Listed(desil, _read_programmes(programmes), edition)
    match condition:
        case "needs_person":
            return NeedsPerson()
        case "not_matched":
            return NotMatched(edition)
        case _:
            return listed
