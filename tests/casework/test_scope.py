"""Which tickets somebody of the console sees: role x agency x area x sensitivity, else nothing."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from casework.access.scope import Within, claim_for, sees, within_reach
from casework.staff.person import Staff
from referrals.district.directory import District
from referrals.district.places import within
from referrals.district.staffing import Power, Reach
from referrals.roles import Role, Sensitivity
from referrals.ticket import LegState, Ticket, TicketState
from tests.casework.test_seeing import DISTRICT, opened

SUKAMAJU, VILLAGE, SUB = "99.01.01.2001", "desa-9901012001", "kec-990101"
ELSEWHERE = "99.01.02.2001"


def staff(role: str, office: str, *areas: str) -> Staff:
    """Return somebody of *role* in *office*."""
    row = DISTRICT.staff_roles[role]
    return Staff(id="s1", name="A", role=row, office=office, areas=areas)


def ticket_of(service: str, agency: str = "", area: str = SUKAMAJU) -> Ticket:
    """Return a ticket about *service* from *area*, whose leg is *agency*'s."""
    ticket = opened(service, DISTRICT.services[service].sensitivity)[0]
    legs = tuple(replace(leg, agency=agency or leg.agency) for leg in ticket.legs)
    return replace(ticket, area=area, legs=legs)


ORDINARY = next(
    code
    for code, row in DISTRICT.services.items()
    if row.sensitivity is Sensitivity.ORDINARY and not row.confidential and not row.safe_path
)
SENSITIVE = next(
    code
    for code, row in DISTRICT.services.items()
    if row.sensitivity is Sensitivity.SENSITIVE and not row.confidential and not row.safe_path
)
CONFIDENTIAL = next(code for code, row in DISTRICT.services.items() if row.confidential)


@pytest.mark.parametrize(
    ("role", "office", "areas", "agency", "seen"),
    [
        ("verifier", "satu-pintu", (), "dinkes", True),
        ("verifier", "satu-pintu", ("99.01.02",), "dinkes", False),
        ("verifier", "closed-long-ago", (), "dinkes", False),
        ("officer", "dinkes", (), "dinkes", True),
        ("officer", "dinsos-data", (), "dinkes", False),
        ("officer", "dinkes", ("99.01.02",), "dinkes", False),
        ("facilitator", VILLAGE, (), "dinkes", True),
        ("facilitator", "desa-9901022001", (), "dinkes", False),
        ("facilitator", "dinkes", (), "dinkes", False),  # no village of its own
        ("facilitator", "dinsos-data", (), "dinkes", False),
        ("facilitator", "dinsos-data", ("99.01.01",), "dinkes", True),
        ("subdistrict", SUB, (), "dinkes", True),
        ("auditor", "inspektorat", (), "inspektorat", False),
        ("vault_officer", "uptd-ppa", (), "uptd-ppa", False),
    ],
)
def test_an_ordinary_ticket(
    role: str,
    office: str,
    areas: tuple[str, ...],
    agency: str,
    seen: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    """The desk sees all, an agency its own, a village what comes from it; an auditor no case."""
    ticket = ticket_of(ORDINARY, agency)
    assert sees(staff(role, office, *areas), ticket, DISTRICT) is seen


def test_a_recalled_share_is_no_longer_theirs() -> None:
    """Who was called back does not read on."""
    ticket = ticket_of(ORDINARY, "dinkes")
    legs = (replace(ticket.legs[0], state=LegState.RECALLED),)
    assert not sees(staff("officer", "dinkes"), replace(ticket, legs=legs), DISTRICT)


def test_living_near_is_no_reason_to_know_of_what_is_sensitive() -> None:
    """A village sees what is its own to do, not what another office does for a neighbour."""
    facilitator = staff("facilitator", VILLAGE)
    assert sees(facilitator, ticket_of(SENSITIVE, VILLAGE), DISTRICT)
    assert not sees(facilitator, ticket_of(SENSITIVE, "dinkes"), DISTRICT)
    assert sees(staff("verifier", "satu-pintu"), ticket_of(SENSITIVE), DISTRICT)


def test_who_works_for_an_office_of_the_district_sees_its_shares_in_their_areas_only() -> None:
    """A facilitator whom an agency employs knows of its cases in their own villages."""
    hired = staff("facilitator", "dinsos-data", "99.01.01")
    assert sees(hired, ticket_of(SENSITIVE, "dinsos-data"), DISTRICT)
    assert not sees(hired, ticket_of(SENSITIVE, "dinsos-data", ELSEWHERE), DISTRICT)


def test_a_confidential_complaint_is_unknown_where_it_may_be_about() -> None:
    """Village and sub-district never hear of it, even where the leg is theirs by mistake."""
    for role, office in (("village_operator", VILLAGE), ("subdistrict", SUB)):
        ticket = replace(ticket_of(CONFIDENTIAL, office), sensitivity=Sensitivity.ORDINARY)
        assert not sees(staff(role, office), ticket, DISTRICT)


def test_who_is_complained_about_is_kept_out() -> None:
    """An office of a role that the citizen named never sees the ticket."""
    ticket = ticket_of(ORDINARY, "dinkes")
    kept = replace(ticket, kept_out=DISTRICT.agencies["dinkes"].roles[:1])
    assert not sees(staff("officer", "dinkes"), kept, DISTRICT)


def test_the_vault_is_for_its_own_officers() -> None:
    """No desk, no head, no other office; the office alone is not enough, nor is the role."""
    ticket = ticket_of("PPA", "uptd-ppa")
    assert sees(staff("vault_officer", "uptd-ppa"), ticket, DISTRICT)
    for role in DISTRICT.staff_roles:
        if role != "vault_officer":
            assert not sees(staff(role, "uptd-ppa"), ticket, DISTRICT)
            assert not sees(staff(role, DISTRICT.desk), ticket, DISTRICT)
    assert not sees(staff("vault_officer", "dinkes"), ticket, DISTRICT)
    assert not sees(staff("vault_officer", "uptd-ppa", "99.01.02"), ticket, DISTRICT)


def two_vaults() -> District:
    """Return the district with a second office that keeps a vault."""
    second = replace(DISTRICT.agencies["uptd-ppa"], code="lpsk")
    return replace(DISTRICT, agencies={**DISTRICT.agencies, "lpsk": second})


def test_one_vault_does_not_see_anothers() -> None:
    """But it hears the other's appeals, and sees what no vault has yet."""
    district, other = two_vaults(), staff("vault_officer", "lpsk")
    ticket = ticket_of("PPA", "uptd-ppa")
    assert not sees(other, ticket, district)
    assert sees(other, replace(ticket, state=TicketState.APPEAL), district)
    assert sees(other, replace(ticket, legs=()), district)


@pytest.mark.parametrize(
    ("role", "office", "acts"),
    [
        ("verifier", "satu-pintu", Role.VERIFIER),
        ("verifier", "dinkes", None),
        ("supervisor", "satu-pintu", Role.SUPERVISOR),
        ("data_protection", "bappeda", Role.DATA_PROTECTION),
        ("data_protection", "satu-pintu", None),
        ("appeal", "inspektorat", Role.APPEAL_OFFICER),
        ("appeal", "bappeda", None),
        ("officer", "dinkes", Role.AGENCY),
        ("officer", "dinsos-data", None),
        ("call_agent", "satu-pintu", Role.FACILITATOR),
        ("auditor", "inspektorat", None),
        ("facilitator", VILLAGE, Role.FACILITATOR),
        ("village_operator", VILLAGE, None),
    ],
)
def test_in_whose_name_they_act(role: str, office: str, acts: Role | None) -> None:
    """Each in the seat of their own office; who has none looks at most."""
    claim = claim_for(staff(role, office), ticket_of(ORDINARY, "dinkes"), DISTRICT)
    assert (claim.role if claim else None) is acts
    if claim:
        assert (claim.who, claim.office) == ("s1", office)


def test_an_office_acts_on_the_share_that_is_its_turn() -> None:
    """Of several the open one, else the newest."""
    ticket = ticket_of(ORDINARY, "dinkes")
    (leg,) = ticket.legs
    later = replace(leg, number=2, state=LegState.DONE, since=leg.since + timedelta(days=1))
    both, officer = replace(ticket, legs=(leg, later)), staff("officer", "dinkes")
    claim = claim_for(officer, both, DISTRICT)
    assert claim
    assert claim.leg == 1
    ended = replace(both, legs=(replace(leg, state=LegState.EXPIRED), later))
    newest = claim_for(officer, ended, DISTRICT)
    assert newest
    assert newest.leg == 2


def test_without_the_power_nobody_acts() -> None:
    """Seeing is not acting."""
    officer = staff("officer", "dinkes")
    powers = tuple(one for one in officer.role.powers if one is not Power.CASE)
    idle = Staff(id="s1", name="A", role=replace(officer.role, powers=powers), office="dinkes")
    assert claim_for(idle, ticket_of(ORDINARY, "dinkes"), DISTRICT) is None


def holds(reach: Within, ticket: Ticket) -> bool:
    """Tell whether a statement that narrows by *reach* would find *ticket*."""
    if ticket.sensitivity.value not in reach.sensitivities or ticket.service in reach.hidden:
        return False
    legs = (leg for leg in ticket.legs if leg.state is not LegState.RECALLED)
    by_leg = not reach.agencies or any(leg.agency in reach.agencies for leg in legs)
    by_area = not reach.areas or any(within(ticket.area, one) for one in reach.areas)
    return by_leg or by_area if reach.joined else by_leg and by_area


def test_lists_are_narrowed_to_no_less_than_what_is_seen() -> None:
    """Whatever somebody sees, their lists can find; every role, office and kind of ticket."""
    tickets = [
        ticket_of(service, agency, area)
        for service in (ORDINARY, SENSITIVE, CONFIDENTIAL, "PPA")
        for agency in ("dinkes", "uptd-ppa", VILLAGE, "satu-pintu")
        for area in (SUKAMAJU, ELSEWHERE, "")
    ]
    for role in DISTRICT.staff_roles:
        for office in ("satu-pintu", "dinkes", "uptd-ppa", VILLAGE, SUB, "nowhere"):
            for areas in ((), ("99.01.02",)):
                somebody = staff(role, office, *areas)
                reach = within_reach(somebody, DISTRICT)
                for ticket in tickets:
                    if sees(somebody, ticket, DISTRICT):
                        assert holds(reach, ticket), (role, office, areas, ticket)
                assert reach.nothing or office != "nowhere"


def test_where_there_is_nothing_lists_say_so() -> None:
    """A village role without a village, and a role that sees no case."""
    assert within_reach(staff("facilitator", "dinkes"), DISTRICT).nothing
    assert within_reach(staff("auditor", "inspektorat"), DISTRICT).nothing
    assert DISTRICT.staff_roles["facilitator"].reach is Reach.AREA
