"""The local copy of the social registry: found by macs, and told only to who has the proof."""

import hmac
from typing import Any

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
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import MAC
from storage.database.statements import Given, Statement
from storage.registry.editions import Ranked, newest
from storage.tables.registry import people

LISTED, NOT_MATCHED, NEEDS_PERSON = "listed", "not_matched", "needs_person"
NOBODY: Row = (bytes(MAC), None, "[]", LISTED, 0)  # compared with where there is nobody

read_programmes = msgspec.json.Decoder(tuple[Programme, ...]).decode


def _newest_and_person(given: Given) -> "sa.Select[Any]":
    """Return the edition that counts, and beside it the person, where there is one."""
    edition = newest().subquery()
    row = (people.c.proof, people.c.desil, people.c.programmes, people.c.condition)
    return sa.select(edition, *row, people.c.edition).select_from(
        edition.outerjoin(people, people.c.nik == given["nik"])
    )


FIND = Statement(_newest_and_person, people.c.nik, alone=True)
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

        found = await self._find(FIND, (key,))
        if not found:
            return Unavailable()
        version, as_of, counting, *person = found[0]
        edition = Ranked(version, as_of, counting).edition
        kept, desil, programmes, condition, rank = NOBODY if person[0] is None else person
        answer = _answer(desil, programmes, condition, edition)
        proven = hmac.compare_digest(kept, given)
        return answer if proven and rank >= counting else NotFound(edition)

    async def people_count(self) -> int:
        """Return how many people the registry holds, those of past editions among them."""
        ((count,),) = await self._fetch(COUNT)
        return int(count)


def _answer(desil: int | None, programmes: str, condition: str, edition: Edition) -> Answer:
    listed = Listed(desil, read_programmes(programmes), edition)
    match condition:
        case "needs_person":
            return NeedsPerson()
        case "not_matched":
            return NotMatched(edition)
        case _:
            return listed
