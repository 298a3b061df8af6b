"""Routing: the service's roles in their order, by area, and the desk for the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from referrals.district.alarms import Alarms
from referrals.district.directory import (
    Agency,
    Area,
    District,
    Field,
    FieldKind,
    Level,
    Option,
    Priority,
    Service,
)
from referrals.district.routing import (
    FALLBACK,
    Routed,
    closed_to,
    is_local,
    kept_out,
    may_have,
    route,
)
from referrals.district.words import Words
from referrals.district.working_days import WorkCalendar
from referrals.roles import Sensitivity

SUKAMAJU = "99.01.01.2001"
MEKARSARI = "99.01.02.2001"


def named(text: str) -> Words:
    """Return *text* in both languages."""
    return Words(id=text, en=text)


def agency(code: str, *roles: str, level: Level = Level.DIRECT, area: str = "") -> Agency:
    """Return an agency for one area, or for everywhere."""
    areas = (area,) if area else ()
    return Agency(code=code, name=named(code), roles=roles, level=level, areas=areas)


AGENCIES = (
    agency("desk", "sekretariat", level=Level.DISTRICT),
    agency("desa-1", "pemdes", "puskesos", level=Level.VILLAGE, area=SUKAMAJU),
    agency("desa-2", "pemdes", "puskesos", level=Level.VILLAGE, area=MEKARSARI),
    agency("kec-1", "pemdes", "tksk", level=Level.DISTRICT, area="99.01.01"),
    agency("kec-3", "pemdes", "tksk", level=Level.DISTRICT, area="99.01.03"),
    agency("perkim", "perkim"),
    agency("dinsos", "dinsos", "tksk"),
    agency("ppa-barat", "ppa", area="99.01.01"),
    agency("ppa", "ppa"),
)
AREAS = (
    Area(code="99.01.01", name="Satu", kind="kecamatan"),
    Area(code="99.01.02", name="Dua", kind="kecamatan"),
    Area(code="99.01.03", name="Tiga", kind="kecamatan"),
    Area(code=SUKAMAJU, name="Sukamaju", kind="desa", parent="99.01.01"),
    Area(code="99.01.01.2009", name="Tanpa Kantor", kind="desa", parent="99.01.01"),
    Area(code=MEKARSARI, name="Mekarsari", kind="desa", parent="99.01.02"),
    Area(code="98.77.01.2001", name="Pindahan", kind="desa", parent="99.01.03"),
)
ROLES = sorted({role for row in AGENCIES for role in row.roles} | {"nobody"})


def service(*roles: str, level: Level = Level.VILLAGE, confidential: bool = False) -> Service:
    """Return a service that *roles* answer for."""
    return Service(
        code="RTLH",
        group="rumah",
        kind="need",
        label=named("Rumah"),
        description=named("Bedah rumah"),
        level=level,
        priority=Priority.P3,
        respond_days=3,
        resolve_days=60,
        roles=roles,
        sensitivity=Sensitivity.ORDINARY,
        confidential=confidential,
    )


DISTRICT = District(
    code="99.01",
    name="Contoh",
    service_name="Satu Pintu",
    office=named("Jalan Contoh 1"),
    desk="desk",
    person_service="PETUGAS",
    status_service="CEK",
    propose_service="USUL",
    correct_service="PERBAIKAN",
    papers_service="KTP",
    stopped_service="BANSOS",
    stopped_services=(),
    consent_version="1",
    programme_desil=4,
    groups=(),
    services={},
    agencies={row.code: row for row in AGENCIES},
    areas={row.code: row for row in AREAS},
    hotlines=(),
    alarms=Alarms(emergency=(), violence=()),
    calendar=WorkCalendar(zone="Asia/Jakarta", holidays=frozenset({date(2026, 1, 1)})),
)


def chosen(asked: Service, area: str, *skip: str) -> tuple[str, str]:
    """Return the agency's code and the rule that chose it."""
    routed = route(DISTRICT, asked, area, skip=frozenset(skip))
    return routed.agency.code, routed.rule


def test_the_village_comes_first() -> None:
    """A need from a village goes to that village's desk."""
    asked = service("pemdes", "perkim")
    assert chosen(asked, SUKAMAJU) == ("desa-1", f"RTLH/pemdes@{SUKAMAJU}")
    assert chosen(asked, MEKARSARI) == ("desa-2", f"RTLH/pemdes@{MEKARSARI}")


def test_then_the_sub_district() -> None:
    """A village without a desk of its own is served by its kecamatan."""
    assert chosen(service("pemdes"), "99.01.01.2009") == ("kec-1", "RTLH/pemdes@99.01.01")
    assert chosen(service("pemdes"), SUKAMAJU, "desa-1")[0] == "kec-1"


def test_a_row_names_its_parent() -> None:
    """A village whose code kept its old kecamatan is found through its row."""
    assert chosen(service("pemdes"), "98.77.01.2001") == ("kec-3", "RTLH/pemdes@99.01.03")


def test_then_the_next_role() -> None:
    """When nobody of the first role may have it, the next role does."""
    asked = service("pemdes", "perkim")
    assert chosen(asked, SUKAMAJU, "desa-1", "kec-1") == ("perkim", "RTLH/perkim@*")


def test_then_the_desk() -> None:
    """What fits nowhere is the desk's, even when the desk itself is to be skipped."""
    assert chosen(service("nobody"), SUKAMAJU) == ("desk", FALLBACK)
    assert chosen(service("nobody"), SUKAMAJU, "desk") == ("desk", FALLBACK)


def test_another_area_never_gets_it() -> None:
    """An agency with the right role and another area is passed over."""
    assert chosen(service("puskesos"), "99.01.03.2001") == ("desk", FALLBACK)
    assert chosen(service("tksk"), MEKARSARI) == ("dinsos", "RTLH/tksk@*")


def test_without_an_area_only_the_whole_district_serves() -> None:
    """Where no area was asked, no village can be meant."""
    assert chosen(service("pemdes", "tksk"), "") == ("dinsos", "RTLH/tksk@*")


def test_a_code_that_only_looks_alike_is_another_area() -> None:
    """99.01.01 does not serve 99.01.011."""
    assert chosen(service("pemdes"), "99.01.011") == ("desk", FALLBACK)


@pytest.mark.parametrize("level", [Level.DIRECT, Level.DISTRICT])
def test_direct_services_skip_the_village(level: Level) -> None:
    """A direct service goes past the village, but may have an office nearby."""
    assert chosen(service("puskesos", "ppa", level=level), SUKAMAJU)[0] == "ppa-barat"
    assert chosen(service("pemdes", level=level), SUKAMAJU)[0] == "kec-1"
    assert chosen(service("ppa", level=level), MEKARSARI)[0] == "ppa"


def test_confidential_services_never_come_near() -> None:
    """Who is complained about does not get the complaint: no village, no sub-district."""
    asked = service("pemdes", "tksk", confidential=True)
    assert chosen(asked, SUKAMAJU) == ("dinsos", "RTLH/tksk@*")
    safe = replace(service("pemdes", level=Level.VILLAGE), safe_path=True)
    assert chosen(safe, SUKAMAJU) == ("desk", FALLBACK)


def test_lives_at_stake_go_past_the_village() -> None:
    """What is urgent goes to who acts for the whole district, to the village before nobody."""
    asked = service("pemdes", "perkim")
    assert route(DISTRICT, asked, SUKAMAJU, urgent=True).agency.code == "perkim"
    assert route(DISTRICT, service("pemdes"), SUKAMAJU, urgent=True).agency.code == "desa-1"


def test_a_vault_service_goes_to_vaults_only() -> None:
    """A vault service passes over who keeps no vault, and prefers any vault to the desk."""
    asked = replace(service("ppa", confidential=True), sensitivity=Sensitivity.VAULT)
    assert chosen(asked, SUKAMAJU) == ("desk", FALLBACK)
    vault = replace(agency("rumah-aman", "aman"), vault=True)
    nearby = replace(agency("aman-1", "aman", level=Level.VILLAGE), vault=True)
    agencies = {**DISTRICT.agencies, "aman-1": nearby, "rumah-aman": vault}
    routed = route(replace(DISTRICT, agencies=agencies), asked, SUKAMAJU)
    assert (routed.agency, routed.rule) == (vault, "RTLH/vault")


def test_what_holds_for_the_rules_holds_by_hand() -> None:
    """Whoever may not get a service by rule may not get it from an officer's hand either."""
    village, office = DISTRICT.agencies["desa-1"], DISTRICT.agencies["dinsos"]
    assert may_have(service(), village)
    assert not may_have(service(confidential=True), village)
    assert may_have(service(confidential=True), office)


def test_local_desks_can_go_up() -> None:
    """A leg remembers whether it is a village's or a sub-district's."""
    assert route(DISTRICT, service("pemdes"), SUKAMAJU).local
    assert route(DISTRICT, service("pemdes"), "99.01.01.2009").local
    assert not route(DISTRICT, service("perkim"), SUKAMAJU).local


@given(
    roles=st.lists(st.sampled_from(ROLES), max_size=4, unique=True),
    level=st.sampled_from(Level),
    area=st.sampled_from(["", "99", "nowhere", *(row.code for row in AREAS)]),
    skip=st.frozensets(st.sampled_from([row.code for row in AGENCIES])),
    confidential=st.booleans(),
)
def test_whatever_is_asked_somebody_gets_it(
    roles: list[str],
    level: Level,
    area: str,
    skip: frozenset[str],
    confidential: bool,  # noqa: FBT001 - Hypothesis
) -> None:
    """There is always an agency, never a skipped one, never a village for what is confidential."""
    asked = service(*roles, level=level, confidential=confidential)
    routed = route(DISTRICT, asked, area, skip=skip)
    assert isinstance(routed, Routed)
    assert routed.agency.code not in skip or routed.rule == FALLBACK
    assert (routed.rule == FALLBACK) or set(routed.agency.roles) & set(roles)
    assert not (confidential and is_local(routed.agency))


def test_an_option_keeps_out_whom_the_ticket_is_about() -> None:
    """Only the answer that says so, and then every agency that has one of its roles."""
    options = (
        Option("desa", named("Desa"), keeps_out=("pemdes",)),
        Option("lain", named("Lain")),
    )
    about = Field(
        key="about",
        kind=FieldKind.CHOICE,
        ask=named("?"),
        label=named("Tentang"),
        options=options,
    )
    asked = replace(service("pemdes", "perkim"), fields=(about,))
    shut = closed_to(DISTRICT, kept_out(asked, {"about": "desa"}))
    assert kept_out(asked, {"about": "lain"}) == kept_out(asked, {}) == ()
    assert shut == {code for code, row in DISTRICT.agencies.items() if "pemdes" in row.roles}
    assert route(DISTRICT, asked, SUKAMAJU).agency.code in shut
    for urgent in (False, True):
        there = route(DISTRICT, asked, SUKAMAJU, skip=shut, urgent=urgent)
        assert "perkim" in there.agency.roles
