"""Invented families for the demo and the benchmarks, the same at each run.

Every number has a region that no real NIK has (99, or whatever the areas say); every name is a
chance meeting of common given names.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from bot.demo.chance import Chance
from registry_client.answers import Programme
from registry_client.nik import WOMEN, KkNumber, Nik
from registry_client.person import Person

FAMILIES = 6000
SEED = 9901
TODAY = 2026  # the year in which the invented people have their ages
FIRST_NIK = 11  # the serials before it belong to the people who never change
FIRST_KK = 5001  # far from the NIKs: no child's NIK is its family's KK number
VILLAGE = 13  # characters of a village's code, 99.01.01.2001
PERIOD = "2026 tahap 4"

PKH = Programme("PKH", active=True, period=PERIOD)
SEMBAKO = Programme("SEMBAKO", active=True, period=PERIOD)
PBI = Programme("PBI-JK", active=True, period="2026")
PBI_OFF = Programme("PBI-JK", active=False, period="2025")
INSURED: tuple[tuple[Programme, ...], ...] = ((PBI,), (PBI,), (PBI,), (PBI_OFF,), ())
REACHED = 5  # the highest desil of any programme here
OLD = 60  # the age of a lansia

WOMEN_NAMES = (
    "SITI", "SRI", "DEWI", "RATNA", "NUR", "INDAH", "YULI", "ENDANG", "WAHYU", "LESTARI",
    "MARYATI", "SUMARNI", "ROHANI", "KARTINI", "FITRI", "RINA", "WATI", "AYU", "PUTRI", "TINI",
    "MURNI", "ASIH", "JUMINAH", "ROSITA", "HALIMAH", "ZAHRA", "LAILA", "SALMA", "NENGAH",
    "KOMANG",
)  # fmt: skip
MEN_NAMES = (
    "AGUS", "JOKO", "EKO", "DWI", "TRI", "SLAMET", "SUPARDI", "HADI", "RUDI", "ANDI",
    "BAMBANG", "WAHYUDI", "SUTRISNO", "YUSUF", "IBRAHIM", "HASAN", "UMAR", "RIZKI", "DEDI",
    "ASEP", "UJANG", "MADE", "KETUT", "NYOMAN", "TATANG", "DARMA", "SURYA", "ARIF", "IRFAN",
    "TAUFIK",
)  # fmt: skip
LAST_NAMES = (
    "WIDODO", "SAPUTRA", "LESTARI", "HIDAYAT", "RAHAYU", "PRATAMA", "KURNIAWAN", "SANTOSA",
    "MULYANI", "PERMANA", "UTAMI", "NUGROHO", "SUSANTI", "GUNAWAN", "ANGGRAINI", "SETIAWAN",
    "WULANDARI", "PURNOMO", "HANDAYANI", "MAULANA", "SAFITRI", "RAMADHAN", "PUSPITA",
    "HARTONO", "MARLINA", "SUBEKTI", "AGUSTINA", "WIBOWO", "NOVITA", "FIRMANSYAH",
)  # fmt: skip

FIXED = (
    Person(
        nik=Nik("9901014107800001"),
        kk=KkNumber("9901010101100001"),
        name="SITI AMINAH",
        born=date(1980, 7, 1),
        area="99.01.01.2001",
        desil=2,
        programmes=(PKH, SEMBAKO),
    ),
    Person(
        nik=Nik("9901011708750002"),
        kk=KkNumber("9901010101100002"),
        name="BUDI SANTOSO",
        born=date(1975, 8, 17),
        area="99.01.01.2001",
        desil=4,
    ),
    Person(
        nik=Nik("9901025503550003"),
        kk=KkNumber("9901020101100003"),
        name="WAYAN SARI",
        born=date(1955, 3, 15),
        area="99.01.02.2001",
        desil=1,
        programmes=(PBI_OFF,),
    ),
    Person(
        nik=Nik("9901021212900004"),
        kk=KkNumber("9901020101100004"),
        name="AHMAD FAUZI",
        born=date(1990, 12, 12),
        area="99.01.02.2001",
        desil=7,
    ),
)
"""The people whom the demo, its guide and other people's scripts rely on."""


class _Home(Struct, frozen=True):
    """What the members of one family share."""

    kk: KkNumber
    area: str
    desil: int | None
    programmes: tuple[Programme, ...]
    not_matched: bool


class _Numbers:
    """Gives every person and every family a number of its own."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._serials: dict[str, int] = {}

    def next(self, area: str, day: int, month: int, year: int) -> str:
        """Return region, DDMMYY and the next free serial: a NIK, or a KK number."""
        front = f"{area[:8].replace('.', '')}{day:02}{month:02}{year % 100:02}"
        serial = self._serials.get(front, self._first)
        self._serials[front] = serial + 1
        return f"{front}{serial:04}"


def people(areas: Iterable[str], families: int = FAMILIES, seed: int = SEED) -> Iterator[Person]:
    """Yield the people of contracts.md, then those of *families* invented families.

    *areas* are area codes, of which the villages are lived in; 6,000 families are about 20,000
    people. The same arguments always give the same people.
    """
    yield from FIXED
    villages = [code for code in areas if len(code) == VILLAGE]
    chance, niks, kks = Chance(seed), _Numbers(FIRST_NIK), _Numbers(FIRST_KK)
    for _ in range(families):
        home = _home(chance, villages, kks)
        for age in _ages(chance):
            yield _person(chance, home, age, niks)


def _home(chance: Chance, villages: list[str], kks: _Numbers) -> _Home:
    area = villages[chance.below(len(villages))]
    issued = (1 + chance.below(28), 1 + chance.below(12), 2005 + chance.below(21))
    desil = None if chance.below(33) == 0 else 1 + chance.below(10)
    return _Home(
        kk=KkNumber(kks.next(area, *issued)),
        area=area,
        desil=desil,
        programmes=_programmes(chance, desil) if desil else (),
        not_matched=chance.below(100) == 0,
    )


def _programmes(chance: Chance, desil: int) -> tuple[Programme, ...]:
    """Return what a family of this desil has: the poorer the more often, never surely."""
    luck = chance.below(10)
    if desil > REACHED:
        return ()
    aid = (
        *((PKH,) if luck < REACHED - desil else ()),
        *((SEMBAKO,) if luck < 9 - 2 * desil else ()),
    )
    return aid + INSURED[chance.below(len(INSURED))]


def _ages(chance: Chance) -> Iterator[int]:
    """Yield the ages of one family: its head, mostly a spouse, children, sometimes an elder."""
    head = 22 + chance.below(50)
    yield head
    if chance.below(4):
        yield max(20, head - 4 + chance.below(8))
    for _ in range(chance.below(5 if head < OLD else 2)):
        yield chance.below(min(head - 19, 25))
    if head < OLD and chance.below(8) == 0:
        yield head + 20 + chance.below(15)


def _person(chance: Chance, home: _Home, age: int, niks: _Numbers) -> Person:
    woman = chance.below(2) == 1
    born = date(TODAY - 1 - age, 1 + chance.below(12), 1 + chance.below(28))
    day = born.day + WOMEN if woman else born.day
    first = WOMEN_NAMES if woman else MEN_NAMES
    return Person(
        nik=Nik(niks.next(home.area, day, born.month, born.year)),
        kk=home.kk,
        name=f"{first[chance.below(len(first))]} {LAST_NAMES[chance.below(len(LAST_NAMES))]}",
        born=born,
        area=home.area,
        desil=home.desil,
        programmes=home.programmes,
        not_matched=home.not_matched,
        needs_person=chance.below(200) == 0,
    )
