"""The local registry: look-ups that tell strangers nothing, imports that disturb nobody."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

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
from registry_client.nik import KkNumber, Nik
from registry_client.person import Person
from storage.database.sealing import Sealer
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import NIK, turn

EDITION = Edition("DTSEN 2026-T3", date(2026, 7, 28))
NEXT = Edition("DTSEN 2026-T4", date(2026, 10, 28))
LAST = Edition("DTSEN 2027-T1", date(2027, 1, 28))
PKH = Programme("PKH", active=True, period="2026-T3")
SITI = Person(
    nik=Nik(NIK),
    kk=KkNumber("9901010101100001"),
    name="SITI AMINAH",
    born=date(1980, 7, 1),
    area="99.01.01.2001",
    desil=2,
    programmes=(PKH,),
)


def person(number: int, kk: str = "9901010101100009") -> Person:
    """Return one of many people."""
    return Person(nik=Nik(f"99010101018{number:05}"), kk=KkNumber(kk), desil=5)


async def test_who_knows_the_proof_is_told(store: Store) -> None:
    """NIK and the end of the KK number give what the registry records, and of which edition."""
    await store.import_people([SITI], EDITION)
    assert await store.look_up(Nik(NIK), "0001") == Listed(2, (PKH,), EDITION)


async def test_strangers_learn_nothing(store: Store) -> None:
    """An unknown NIK and a wrong proof get one and the same answer."""
    await store.import_people([SITI], EDITION)
    unknown = await store.look_up(Nik("9901034506880005"), "0001")
    wrong = await store.look_up(Nik(NIK), "9999")
    assert unknown == wrong == NotFound(EDITION)


async def test_conditions_need_the_proof_too(store: Store) -> None:
    """That a record is odd is told only to who proved to belong to it."""
    odd = replace(person(1), not_matched=True)
    dead = replace(person(2), not_matched=True, needs_person=True)
    await store.import_people([odd, dead], EDITION)
    assert await store.look_up(odd.nik, "0009") == NotMatched(EDITION)
    assert await store.look_up(dead.nik, "0009") == NeedsPerson()
    assert await store.look_up(odd.nik, "0001") == NotFound(EDITION)
    assert await store.look_up(dead.nik, "0001") == NotFound(EDITION)


async def test_an_empty_registry_answers_nothing(store: Store) -> None:
    """Where nothing was loaded, nobody is told that they are not on the list."""
    assert await store.look_up(Nik(NIK), "0001") == Unavailable()


async def test_a_new_edition_counts_for_all_it_has(store: Store) -> None:
    """After a second import, changed and unchanged rows alike answer with the new date."""
    await store.import_people([SITI, person(1)], EDITION)
    assert await store.import_people([replace(SITI, desil=4), person(1)], NEXT) == 2
    assert await store.look_up(Nik(NIK), "0001") == Listed(4, (PKH,), NEXT)
    assert await store.look_up(person(1).nik, "0009") == Listed(5, (), NEXT)


async def test_who_is_dropped_is_no_longer_found(store: Store) -> None:
    """A family that the newest edition leaves out is not told what an older one said."""
    await store.import_people([SITI, person(1)], EDITION)
    await store.import_people([SITI], NEXT)
    assert await store.people_count() == 2
    assert await store.look_up(person(1).nik, "0009") == NotFound(NEXT)
    await store.import_people([SITI, person(1)], LAST)
    assert await store.look_up(person(1).nik, "0009") == Listed(5, (), LAST)


async def test_until_an_import_is_done_the_edition_before_answers(store: Store) -> None:
    """One that breaks off leaves everybody found, and dated as before; the next one ends it."""

    def broken() -> Iterator[Person]:
        yield replace(SITI, desil=4)
        yield from map(person, range(2, 600))
        raise OSError

    await store.import_people([SITI, person(1)], EDITION)
    with pytest.raises(OSError):  # noqa: PT011 - it says nothing
        await store.import_people(broken(), NEXT)
    assert await store.look_up(Nik(NIK), "0001") == Listed(4, (PKH,), EDITION)
    assert await store.look_up(person(1).nik, "0009") == Listed(5, (), EDITION)
    await store.import_people([person(1)], LAST)
    assert await store.look_up(Nik(NIK), "0001") == NotFound(LAST)
    assert await store.look_up(person(1).nik, "0009") == Listed(5, (), LAST)


async def test_a_first_import_answers_when_it_is_done(store: Store) -> None:
    """Nobody is told that they are not listed by half a file."""

    def asked() -> Iterator[Person]:
        yield from map(person, range(600))
        yield SITI

    seen: list[Answer] = []

    async def watch() -> None:
        while not seen or seen[-1] == Unavailable():
            seen.append(await store.look_up(Nik(NIK), "0001"))
            await asyncio.sleep(0)

    watching = asyncio.ensure_future(watch())
    await store.import_people(asked(), EDITION)
    await watching
    assert seen[0] == Unavailable()
    assert seen[-1] == Listed(2, (PKH,), EDITION)


async def test_an_older_edition_takes_nobody_back(store: Store) -> None:
    """Last quarter's file, imported by mistake, changes no answer."""
    await store.import_people([SITI], NEXT)
    await store.import_people([replace(SITI, desil=9), person(1)], EDITION)
    assert await store.look_up(Nik(NIK), "0001") == Listed(2, (PKH,), NEXT)
    assert await store.look_up(person(1).nik, "0009") == NotFound(NEXT)


async def test_a_correction_of_the_same_day_counts(store: Store) -> None:
    """Of two editions with one date, the one imported first for the first time is the older."""
    corrected = Edition("DTSEN 2026-T3 A", EDITION.as_of)
    await store.import_people([SITI, person(1)], EDITION)
    await store.import_people([SITI], corrected)
    await store.import_people([person(1)], EDITION)
    assert await store.look_up(Nik(NIK), "0001") == Listed(2, (PKH,), corrected)
    assert await store.look_up(person(1).nik, "0009") == NotFound(corrected)


async def test_a_wrong_date_can_be_put_right(store: Store) -> None:
    """An edition imported again with another date has that one."""
    await store.import_people([SITI], Edition(EDITION.version, date(2062, 7, 28)))
    await store.import_people([SITI], EDITION)
    assert await store.look_up(Nik(NIK), "0001") == Listed(2, (PKH,), EDITION)
    await store.import_people([], NEXT)
    assert await store.look_up(Nik(NIK), "0001") == NotFound(NEXT)


async def test_importing_twice_changes_nothing(
    sqlite_url: str, sealer: Sealer, tmp_path: Path
) -> None:
    """Rows that did not change stay as they lie on the disk, to the byte."""
    people = [person(n) for n in range(1200)]
    seen = []
    for _ in range(2):
        store = await Store.open(sqlite_url, sealer, "one")
        assert await store.import_people(iter(people), EDITION) == 1200
        assert await store.people_count() == 1200
        await store.close()
        with closing(sqlite3.connect(tmp_path / "satupintu.db")) as file:
            seen.append(file.execute("SELECT * FROM people ORDER BY nik").fetchall())
    assert seen[0] == seen[1]


async def test_the_last_of_two_rows_counts(store: Store) -> None:
    """A file that holds a NIK twice is no error."""
    await store.import_people([SITI, replace(SITI, desil=9)], EDITION)
    assert await store.look_up(Nik(NIK), "0001") == Listed(9, (PKH,), EDITION)


async def test_progress_is_told(store: Store) -> None:
    """Whoever waits sees how many more were kept."""
    steps: list[int] = []
    people: Iterator[Person] = (person(n) for n in range(1100))
    assert await store.import_people(people, EDITION, steps.append) == 1100
    assert sum(steps) == 1100
    assert len(steps) > 1


async def test_turns_go_on_while_people_are_imported(store: Store) -> None:
    """An import in the same process leaves room for turns."""
    work = asyncio.ensure_future(store.import_people((person(n) for n in range(6000)), EDITION))
    turns = 0
    while not work.done():
        assert await store.commit(turn(store, version=turns)) is Outcome.KEPT
        turns += 1
    assert await work == 6000
    assert turns > 5
