"""Filling the registry: in small transactions on a connection of its own, beside the traffic."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from registry_client.answers import Edition
from registry_client.person import Person
from storage.database.link import Aside, Link, Row, write_alone
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.statements import Given, Insert, Statement
from storage.registry.editions import FINISH, begin
from storage.registry.local import LISTED, NEEDS_PERSON, NOT_MATCHED
from storage.tables.registry import people

BATCH = 500  # people in one transaction: a few milliseconds, which a turn may have to wait

Progress = Callable[[int], None]


def _upsert(given: Given) -> Insert:
    insert = given.insert(people)
    changing = {c.name: insert.excluded[c.name] for c in people.c if c.name != "nik"}
    return insert.on_conflict_do_update(index_elements=[people.c.nik], set_=changing)


KNOWN = Statement(
    lambda given: sa.select(people.c.nik, people.c.digest, people.c.edition).where(
        people.c.nik == given["nik"]
    ),
    people.c.nik,
)
STAMP = Statement(
    lambda given: (
        sa.update(people).values(edition=given["edition"]).where(people.c.nik == given["nik"])
    ),
    people.c.nik,
    people.c.edition,
)
KEEP = Statement(_upsert, *people.c)


class RegistryImport(Reads):
    """Of the store: take people over from a source."""

    async def import_people(
        self, source: Iterable[Person], edition: Edition, progress: Progress | None = None
    ) -> int:
        """Keep everybody in *source* and return how many they were; *edition* counts at the end.

        Whoever is not in *source* is not found from then on, though not removed. An import that
        breaks off leaves the edition before in force (see `look_up`); repeated, it writes nothing
        twice. A corrected file needs a version of its own, or else who is missing from it is
        still found. Of an edition older than the one in force only strangers are kept. *source*
        is read, and *progress* told how many more were kept, in another thread.
        """
        return await asyncio.to_thread(self._import, source, edition, progress or _no_matter)

    def _import(self, source: Iterable[Person], edition: Edition, progress: Progress) -> int:
        count = 0
        with self._engine.aside() as aside:
            rank, outdated = aside.run(lambda link: begin(link, edition))
            keeper = _Keeper(aside, self._sealer, rank, outdated)
            for batch in _batches(source):
                keeper.keep(batch)
                count += len(batch)
                progress(len(batch))
            aside.run(lambda link: write_alone(link, FINISH, [(edition.version,)]))
        return count


def _no_matter(_: int) -> None:
    """Tell nobody."""


def _batches(source: Iterable[Person]) -> Iterator[list[Person]]:
    rest = iter(source)
    while batch := list(islice(rest, BATCH)):
        yield batch


class _Keeper(Struct, frozen=True):
    """Writes the people of one edition."""

    aside: Aside
    sealer: Sealer
    rank: int  # of the edition
    outdated: bool  # a newer one is in force

    def keep(self, batch: list[Person]) -> None:
        """Write who is new or changed, mark the rest as seen; of a NIK's rows the last counts."""
        mac = self.sealer.mac
        read = {mac("nik", person.nik.digits): person for person in batch}
        known = self._known(read)
        if self.outdated:
            read = {nik: person for nik, person in read.items() if nik not in known}
        changed, seen = [], []
        for nik, person in read.items():
            digest = mac("person", msgspec.json.encode(person).decode())
            before, rank = known.get(nik, (b"", 0))
            if before != digest:
                changed.append(self._row(nik, digest, person))
            elif rank != self.rank:
                seen.append((nik, self.rank))
        if changed or seen:
            self.aside.run(lambda link: _write(link, changed, seen))

    def _known(self, niks: Iterable[bytes]) -> dict[bytes, tuple[bytes, int]]:
        rows = self.aside.run(lambda link: link.fetch(KNOWN, [(nik,) for nik in niks]))
        return {nik: (digest, rank) for nik, digest, rank in rows}

    def _row(self, nik: bytes, digest: bytes, person: Person) -> Row:
        mac = self.sealer.mac
        kept = {
            "nik": nik,
            "kk": mac("kk", person.kk.digits),
            "proof": mac("proof", person.nik.digits, person.kk.last_four),
            "digest": digest,
            "sealed": self.sealer.seal(msgspec.msgpack.encode(person), "registry"),
            "area": person.area,
            "desil": person.desil,
            "programmes": msgspec.json.encode(person.programmes).decode(),
            "condition": _condition(person),
            "edition": self.rank,
        }
        return tuple(kept[c.name] for c in people.c)


async def _write(link: Link, changed: Sequence[Row], seen: Sequence[Row]) -> None:
    await link.begin()
    if changed:
        await link.run(KEEP, changed)
    if seen:
        await link.run(STAMP, seen)
    await link.commit()


def _condition(person: Person) -> str:
    if person.needs_person:
        return NEEDS_PERSON
    return NOT_MATCHED if person.not_matched else LISTED
