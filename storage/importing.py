"""Filling the registry: in small transactions on a connection of its own, beside the traffic."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import msgspec
import sqlalchemy as sa

from registry_client.answers import Edition
from registry_client.person import Person
from storage.link import Aside, Row, write_alone
from storage.reads import Reads
from storage.registry import LISTED, NEEDS_PERSON, NOT_MATCHED
from storage.sealing import Sealer
from storage.statements import Given, Insert, Statement
from storage.tables import editions, people

BATCH = 500  # people in one transaction: a few milliseconds, which a turn may have to wait

Progress = Callable[[int], None]


def _upsert(given: Given) -> Insert:
    insert = given.insert(people)
    changing = {c.name: insert.excluded[c.name] for c in people.c if c.name != "nik"}
    return insert.on_conflict_do_update(index_elements=[people.c.nik], set_=changing)


KNOWN = Statement(
    lambda given: sa.select(people.c.nik, people.c.digest).where(people.c.nik == given["nik"]),
    people.c.nik,
)
KEEP = Statement(_upsert, *people.c)
LOADED = Statement(
    lambda given: (insert := given.insert(editions)).on_conflict_do_update(
        index_elements=[editions.c.version], set_={"as_of": insert.excluded.as_of}
    ),
    *editions.c,
)


class RegistryImport(Reads):
    """Of the store: take people over from a source."""

    async def import_people(
        self, source: Iterable[Person], edition: Edition, progress: Progress | None = None
    ) -> int:
        """Keep everybody in *source* and return how many they were; *edition* counts at the end.

        Rows that did not change stay as they are; nobody is removed. *source* is read, and
        *progress* told how many more were kept, in another thread.
        """
        return await asyncio.to_thread(self._import, source, edition, progress or _no_matter)

    def _import(self, source: Iterable[Person], edition: Edition, progress: Progress) -> int:
        count = 0
        with self._engine.aside() as aside:
            for batch in _batches(source):
                _keep(aside, self._sealer, batch)
                count += len(batch)
                progress(len(batch))
            loaded = (edition.version, edition.as_of.isoformat())
            aside.run(lambda link: write_alone(link, LOADED, [loaded]))
        return count


def _no_matter(_: int) -> None:
    """Tell nobody."""


def _batches(source: Iterable[Person]) -> Iterator[list[Person]]:
    rest = iter(source)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _keep(aside: Aside, sealer: Sealer, batch: list[Person]) -> None:
    """Write those of *batch* that are new or changed; of two with one NIK the last counts."""
    read = {sealer.mac("nik", person.nik.digits): person for person in batch}
    digests = {nik: _digest(sealer, person) for nik, person in read.items()}

    known: dict[bytes, bytes] = dict(
        aside.run(lambda link: link.fetch(KNOWN, [(nik,) for nik in read]))
    )
    changed = [nik for nik, digest in digests.items() if known.get(nik) != digest]
    if changed:
        rows = [_row(sealer, nik, digests[nik], read[nik]) for nik in changed]
        aside.run(lambda link: write_alone(link, KEEP, rows))


def _digest(sealer: Sealer, person: Person) -> bytes:
    return sealer.mac("person", msgspec.json.encode(person).decode())


def _row(sealer: Sealer, nik: bytes, digest: bytes, person: Person) -> Row:
    kept = {
        "nik": nik,
        "kk": sealer.mac("kk", person.kk.digits),
        "proof": sealer.mac("proof", person.nik.digits, person.kk.last_four),
        "digest": digest,
        "sealed": sealer.seal(msgspec.msgpack.encode(person), "registry"),
        "area": person.area,
        "desil": person.desil,
        "programmes": msgspec.json.encode(person.programmes).decode(),
        "condition": _condition(person),
    }
    return tuple(kept[c.name] for c in people.c)


def _condition(person: Person) -> str:
    if person.needs_person:
        return NEEDS_PERSON
    return NOT_MATCHED if person.not_matched else LISTED
