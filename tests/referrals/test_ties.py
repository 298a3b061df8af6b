"""Where two offices would do, the same one is chosen whatever order the rows stand in."""

from msgspec.structs import replace

from referrals.district.directory import District, Level
from referrals.district.routing import FALLBACK, Routed, route
from referrals.roles import Sensitivity
from tests.referrals.test_routing import DISTRICT, SUKAMAJU, agency, service

TWINS = (agency("kembar-1", "kembar", "aman"), agency("kembar-2", "kembar", "aman"))
VAULTS = tuple(replace(one, vault=True) for one in TWINS)


def both_ways(rows: tuple[object, ...]) -> list[District]:
    """Return the district with *rows* in their order, and in the other."""
    orders = (rows, tuple(reversed(rows)))
    return [
        replace(DISTRICT, agencies={**DISTRICT.agencies, **{row.code: row for row in order}})  # type: ignore[attr-defined] - agencies
        for order in orders
    ]


def test_of_two_equals_the_first_code_is_chosen() -> None:
    """Two offices of one role for the same area: the one whose code comes first."""
    for district in both_ways(TWINS):
        assert route(district, service("kembar"), SUKAMAJU).agency.code == "kembar-1"


def test_of_two_vaults_the_first_code_is_chosen() -> None:
    """A vault ticket that no role's office may have goes to the first of the vaults."""
    asked = replace(service("ppa"), sensitivity=Sensitivity.VAULT)
    for district in both_ways(VAULTS):
        assert route(district, asked, SUKAMAJU) == Routed(VAULTS[0], "RTLH/vault")


def test_codes_nest_without_rows() -> None:
    """A village that no row names lies in every area that its code begins with."""
    assert route(DISTRICT, service("pemdes"), "99.01.01.2777").agency.code == "kec-1"


def test_a_vault_that_had_the_case_is_passed_over() -> None:
    """The second of the vaults gets what the first may not have again."""
    asked = replace(service("ppa"), sensitivity=Sensitivity.VAULT)
    for district in both_ways(VAULTS):
        assert route(district, asked, SUKAMAJU, skip=frozenset({"kembar-1"})).agency == VAULTS[1]


def test_the_village_goes_before_who_serves_it_from_afar() -> None:
    """An office that names the very village in its row does not take its place."""
    afar = agency("a-kembar", "pemdes", level=Level.DISTRICT, area=SUKAMAJU)
    for district in both_ways((afar,)):
        assert route(district, service("pemdes"), SUKAMAJU).agency.code == "desa-1"


def test_what_is_urgent_goes_to_nobody_twice() -> None:
    """Where only village and sub-district would be left, and had the case, the desk gets it."""
    asked = service("pemdes")
    had = frozenset({"desa-1", "kec-1"})
    assert route(DISTRICT, asked, SUKAMAJU, urgent=True).agency.code == "desa-1"
    assert route(DISTRICT, asked, SUKAMAJU, skip=had, urgent=True).rule == FALLBACK


def test_a_provinces_office_serves_all_that_begins_with_its_code() -> None:
    """The first part of a code is an area too."""
    wide = agency("wilayah", "luas", area="99")
    for district in both_ways((wide,)):
        assert route(district, service("luas"), SUKAMAJU).agency.code == "wilayah"
