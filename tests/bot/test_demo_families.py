"""The demo's invented families: always the same, and never a real person's number."""

import time
from collections import Counter
from datetime import date

import pytest

from bot.demo.chance import Chance
from bot.demo.families import FIXED, people
from registry_client.answers import Programme
from registry_client.nik import Nik
from registry_client.person import Person

VILLAGES = tuple(f"99.01.0{k}.200{n}" for k in range(1, 5) for n in range(1, 6))
TODAY = date(2027, 1, 1)


@pytest.fixture(scope="module")
def everybody() -> list[Person]:
    """Return everybody in the demo's registry."""
    return list(people(VILLAGES))


GUIDE = """
9901014107800001 9901010101100001 SITI AMINAH  1980-07-01 2 PKH+ SEMBAKO+
9901011708750002 9901010101100002 BUDI SANTOSO 1975-08-17 4
9901025503550003 9901020101100003 WAYAN SARI   1955-03-15 1 PBI-JK-
9901021212900004 9901020101100004 AHMAD FAUZI  1990-12-12 7
"""


@pytest.mark.parametrize("row", GUIDE.strip().splitlines())
def test_the_people_of_the_guide_never_change(everybody: list[Person], row: str) -> None:
    """The four families that scripts and guides rely on are there, exactly so."""
    nik, kk, first, last, born, desil, *programmes = row.split()
    (person,) = (one for one in everybody if one.nik.digits == nik)
    assert (person.kk.digits, person.name) == (kk, f"{first} {last}")
    assert (person.born, person.desil) == (date.fromisoformat(born), int(desil))
    held = [f"{one.code}{'+' if one.active else '-'}" for one in person.programmes]
    assert held == programmes
    assert not person.not_matched
    assert not person.needs_person


def test_the_fifth_is_not_in_the_registry(everybody: list[Person]) -> None:
    """The NIK that is promised to be unknown is nobody's, at any size."""
    assert "9901034506880005" not in {one.nik.digits for one in everybody}


def test_everybody_has_a_number_of_their_own(everybody: list[Person]) -> None:
    """No NIK stands twice, none is a KK number, and all begin with the region of the area."""
    niks = {one.nik.digits for one in everybody}
    assert len(niks) == len(everybody)
    assert not niks & {one.kk.digits for one in everybody}
    assert all(one.nik.digits[:6] == one.area[:8].replace(".", "") for one in everybody)
    assert all(len(digits) == 16 for digits in niks)


def test_a_kabupaten_is_filled(everybody: list[Person]) -> None:
    """About 20,000 people live in 6,000 families, in every village and every desil."""
    assert 18_000 < len(everybody) < 23_000
    assert len({one.kk.digits for one in everybody}) == 6000 + len(FIXED)
    assert {one.area for one in everybody} == set(VILLAGES)
    assert {one.desil for one in everybody} == {None, *range(1, 11)}


def test_every_answer_has_somebody(everybody: list[Person]) -> None:
    """There are people with each programme, active or not, unmatched ones, and anomalies."""
    held = Counter((one.code, one.active) for person in everybody for one in person.programmes)
    assert set(held) == {("PKH", True), ("SEMBAKO", True), ("PBI-JK", True), ("PBI-JK", False)}
    assert sum(one.not_matched for one in everybody) > 50
    assert sum(one.needs_person for one in everybody) > 50


def test_a_familys_members_share_what_is_the_familys(everybody: list[Person]) -> None:
    """Desil, programmes and village belong to the KK."""
    shared: dict[str, tuple[object, ...]] = {}
    for one in everybody:
        mine = (one.area, one.desil, one.programmes, one.not_matched)
        assert shared.setdefault(one.kk.digits, mine) == mine


def test_the_nik_tells_the_date_of_birth(everybody: list[Person]) -> None:
    """What the NIK says and what the registry says agree, but for the century of the old."""
    for one in everybody[:2000]:
        born = Nik(one.nik.digits).born(TODAY)
        assert born is not None
        assert one.born is not None
        assert (born.day, born.month, born.year % 100) == (
            one.born.day, one.born.month, one.born.year % 100,
        )  # fmt: skip


def test_the_same_people_come_each_time() -> None:
    """Nothing but the arguments decides who is invented."""
    assert list(people(VILLAGES, 50)) == list(people(iter(VILLAGES), 50))
    assert list(people(VILLAGES, 50, seed=1)) != list(people(VILLAGES, 50))


def test_only_villages_are_lived_in() -> None:
    """A district's areas may be given as they are: kecamatan among them house nobody."""
    areas = ("99.01.01", *VILLAGES)
    assert list(people(areas, 50)) == list(people(VILLAGES, 50))


def test_inventing_everybody_is_quick() -> None:
    """20,000 people take well under half a second of this process's own time."""
    before = time.process_time()
    assert sum(1 for _ in people(VILLAGES)) > 18_000
    assert time.process_time() - before < 1.5  # three times the aim: this machine is shared


def test_chance_is_that_of_the_paper() -> None:
    """SplitMix64 from seed 1234567 gives the numbers that its reference gives."""
    chance = Chance(1234567)
    assert [chance.next() for _ in range(3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_small_numbers_come_alike_often() -> None:
    """Of ten faces each falls about as often."""
    chance = Chance(1)
    fallen = Counter(chance.below(10) for _ in range(20_000))
    assert set(fallen) == set(range(10))
    assert max(fallen.values()) - min(fallen.values()) < 300


def test_a_person_prints_masked() -> None:
    """Neither name nor number of anybody reaches a log by being printed."""
    person = FIXED[0]
    for shown in (repr(person), str(person), f"{[person]}"):
        assert "SITI" not in shown
        assert "99010141" not in shown
    assert Programme("PKH", active=True) != person
