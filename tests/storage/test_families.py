"""What one family had or asked for already."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from conversations.messages import Address
from referrals.roles import Sensitivity
from registry_client.answers import Edition, Programme
from registry_client.nik import KkNumber, Nik
from registry_client.person import Person
from storage.cases.tickets import Contact
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import BUDI, NOW, SITI, opened

SITI_NIK, CHILD_NIK, STRANGER_NIK = "9901014107800001", "9901015201100012", "9901011708750002"
KK, OTHER_KK = KkNumber("9901010101100001"), KkNumber("9901010101100002")
PKH = Programme("PKH", active=True, period="2026 tahap 4")
PBI = Programme("PBI-JK", active=False, period="2025")
LAST, THIS = Edition("2026-T3", date(2026, 7, 28)), Edition("2026-T4", date(2026, 10, 28))
YEAR = timedelta(days=365)
MONTHS = (0, 1, 14)  # how long ago a ticket was filed


def person(nik: str, kk: KkNumber, *programmes: Programme) -> Person:
    """Return somebody of the registry."""
    return Person(nik=Nik(nik), kk=kk, programmes=programmes)


@pytest.fixture
async def town(store: Store) -> Store:
    """Give a store with two families."""
    families = (
        person(SITI_NIK, KK, PKH),
        person(CHILD_NIK, KK, PKH, PBI),
        person(STRANGER_NIK, OTHER_KK),
    )
    await store.import_people(families, THIS)
    return store


async def filed(  # noqa: PLR0913 - whose, when, about whom
    store: Store,
    code: str,
    nik: str | None,
    *,
    citizen: Address = SITI,
    months: int = 0,
    sensitivity: Sensitivity = Sensitivity.ORDINARY,
) -> None:
    """File a ticket *months* ago."""
    ticket, entries = opened(code, sensitivity, NOW - months * timedelta(days=30))
    unit = store.unit()
    unit.open_ticket(ticket, Contact(citizen, "id"), nik, {}, entries)
    assert await store.commit(unit) is Outcome.KEPT


async def test_the_familys_tickets_are_found(town: Store) -> None:
    """A child's ticket shows with the mother's, a neighbour's does not; a year back, no more."""
    await filed(town, "100000001", SITI_NIK)
    await filed(town, "100000002", CHILD_NIK, citizen=BUDI, months=1)
    await filed(town, "100000003", STRANGER_NIK, months=1)
    await filed(town, "100000004", CHILD_NIK, months=14)
    await filed(town, "100000005", CHILD_NIK, sensitivity=Sensitivity.VAULT)
    await filed(town, "100000006", None)

    found = await town.tickets_of_family("100000001", NOW - YEAR)

    assert [ticket.code for ticket in found] == ["100000002"]
    assert await town.tickets_of_family("100000006", NOW - YEAR) == ()


async def test_one_nik_is_a_family_too(store: Store) -> None:
    """Who stands in no registry still finds what was asked under the same NIK."""
    await filed(store, "100000001", SITI_NIK)
    await filed(store, "100000002", SITI_NIK, citizen=BUDI)
    found = await store.tickets_of_family("100000002", NOW - YEAR)
    assert [ticket.code for ticket in found] == ["100000001"]


async def test_the_same_citizen_and_place_are_found(town: Store) -> None:
    """Tickets of one telephone, and tickets about one thing from one village."""
    await filed(town, "100000001", None)
    await filed(town, "100000002", None)
    await filed(town, "100000003", None, citizen=BUDI)
    mine = await town.tickets_of_same_citizen("100000001", NOW - YEAR)
    assert [ticket.code for ticket in mine] == ["100000002"]
    ticket, _ = opened("100000001", Sensitivity.ORDINARY, NOW)
    near = await town.tickets_of_place(ticket, NOW - YEAR)
    assert {one.code for one in near} == ({"100000002", "100000003"} if ticket.area else set())
    assert await town.tickets_of_place(replace(ticket, area=""), NOW - YEAR) == ()
    assert await town.tickets_of_place(replace(ticket, service="X"), NOW - YEAR) == ()


async def test_the_familys_programmes_are_told(town: Store) -> None:
    """Each programme that anybody of the family has stands once, with the edition."""
    await filed(town, "100000001", SITI_NIK)
    kin = await town.kin_of("100000001")
    assert kin
    assert set(kin.programmes) == {PKH, PBI}
    assert len(kin.programmes) == 2
    assert kin.edition == THIS


async def test_a_family_that_nobody_knows(store: Store) -> None:
    """Without a registry, a NIK, or a row in the newest edition, nothing is claimed."""
    await filed(store, "100000001", SITI_NIK)
    await filed(store, "100000002", None)
    assert await store.kin_of("100000001") is None
    await store.import_people((person(SITI_NIK, KK, PKH),), LAST)
    assert await store.kin_of("100000002") is None
    assert await store.kin_of("100000001") is not None
    await store.import_people((person(STRANGER_NIK, OTHER_KK),), THIS)
    assert await store.kin_of("100000001") is None


async def test_reports_without_an_area_come_with_their_first_words(store: Store) -> None:
    """Only those of the same service that told no area, lately, and never a vault's."""
    for code, area, level in (
        ("100000001", "", Sensitivity.ORDINARY),
        ("100000002", "", Sensitivity.ORDINARY),
        ("100000003", "99.01.01.2001", Sensitivity.ORDINARY),
        ("100000004", "", Sensitivity.VAULT),
    ):
        ticket, entries = opened(code, level)
        unit = store.unit()
        told = replace(ticket, area=area)
        unit.open_ticket(told, Contact(SITI, "id"), None, {1: b"Sukamaju", 2: b"more"}, entries)
        assert await store.commit(unit) is Outcome.KEPT
    mine, _ = opened("100000001")
    found = await store.tickets_without_area(mine, NOW - YEAR)
    assert [(one.code, said) for one, said in found] == [("100000002", b"Sukamaju")]
    assert await store.tickets_without_area(mine, NOW + YEAR) == ()
    assert await store.tickets_without_area(replace(mine, service="X"), NOW - YEAR) == ()
