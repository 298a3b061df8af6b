"""What a link allows, and to whom a ticket may be sent on by hand."""

import pytest
from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import (
    HANDLED_BEFORE,
    NOT_ALLOWED,
    acting,
    addressed,
    appeal_office,
    had_part,
    hears_of,
    opens,
    protection_office,
    refused,
)
from casework.desk.steps import sent_on
from referrals import commands
from referrals.district.directory import Privacy
from referrals.roles import Role, Sensitivity
from referrals.ticket import LegState, Ticket, TicketState
from tests.bot.playing import MONDAY
from tests.casework.test_seeing import DISTRICT, opened

VILLAGE = "desa-9901012001"
CODE = "482109379"
INSIDE, DESK = Claim(CODE, 1), Claim(CODE, 1, Role.VERIFIER, DISTRICT.desk)


def ticket_of(service: str) -> Ticket:
    """Return a ticket about *service* that was just referred."""
    return opened(service, DISTRICT.services[service].sensitivity)[0]


def test_a_link_opens_its_own_leg() -> None:
    """The leg's link and the desk's open the page; a leg that is not there opens nothing."""
    ticket = ticket_of("ADMINDUK")
    assert opens(INSIDE, ticket, DISTRICT)
    for role in (Role.VERIFIER, Role.SUPERVISOR, Role.APPEAL_OFFICER, Role.DATA_PROTECTION):
        assert opens(Claim(CODE, 1, role, DISTRICT.desk), ticket, DISTRICT)
        assert opens(Claim(CODE, 0, role, DISTRICT.desk), ticket, DISTRICT)
        assert not opens(Claim(CODE, 2, role, DISTRICT.desk), ticket, DISTRICT)
        assert not opens(Claim(CODE, 1, role, "closed-long-ago"), ticket, DISTRICT)
    for claim in (Claim(CODE, 0), Claim(CODE, 2), Claim(CODE, 1, Role.CITIZEN, DISTRICT.desk)):
        assert not opens(claim, ticket, DISTRICT)


def test_a_recalled_legs_link_is_gone() -> None:
    """Who was called back does not read on; the desk does."""
    ticket = ticket_of("ADMINDUK")
    recalled = replace(ticket, legs=(replace(ticket.legs[0], state=LegState.RECALLED),))
    assert not opens(INSIDE, recalled, DISTRICT)
    assert opens(DESK, recalled, DISTRICT)


def test_who_a_complaint_may_be_about_hears_nothing_of_it() -> None:
    """Not beside another ticket of the same family either; nor any office of who is anonymous."""
    other = ticket_of("ADMINDUK")
    agency = DISTRICT.agencies[other.legs[0].agency]
    about_it = replace(other, kept_out=agency.roles[:1])
    nameless = replace(other, privacy=Privacy.ANONIM)
    assert hears_of(INSIDE, other, other, DISTRICT)
    assert not hears_of(INSIDE, other, about_it, DISTRICT)
    assert not hears_of(INSIDE, other, nameless, DISTRICT)
    assert hears_of(DESK, other, nameless, DISTRICT)
    assert not hears_of(DESK, other, ticket_of("PPA"), DISTRICT)


def test_a_vault_opens_to_its_own_officers_only() -> None:
    """No desk and no agency without a vault opens a vault ticket, whatever link it holds."""
    ticket = ticket_of("PPA")
    assert opens(INSIDE, ticket, DISTRICT)
    assert opens(Claim(CODE, 1, Role.APPEAL_OFFICER, "uptd-ppa"), ticket, DISTRICT)
    for role in (Role.VERIFIER, Role.SUPERVISOR, Role.APPEAL_OFFICER, Role.DATA_PROTECTION):
        for office in (DISTRICT.desk, "inspektorat", "bappeda"):
            assert not opens(Claim(CODE, 1, role, office), ticket, DISTRICT)
            assert not opens(Claim(CODE, 0, role, office), ticket, DISTRICT)
    for agency in (VILLAGE, DISTRICT.desk, "closed-long-ago"):
        strayed = replace(ticket, legs=(replace(ticket.legs[0], agency=agency),))
        assert not opens(INSIDE, strayed, DISTRICT)


@pytest.mark.parametrize("service", ["PUNGLI", "DTSEN_SANGGAH"])
def test_who_is_accused_gets_it_from_no_hand(service: str) -> None:
    """A confidential complaint is not sent to a village, a sub-district or a stranger."""
    ticket = ticket_of(service)
    for code in (VILLAGE, "kec-990101", "uptd-ppa", "nowhere"):
        for command in (
            commands.Route(agency=code, rule="by_hand"),
            commands.ReferAgain(agency=code, rule="by_hand"),
            commands.AddAgency(agency=code, rule="by_hand"),
            commands.Escalate(leg=1, agency=code, rule="up"),
            commands.Return(leg=1, better=code),
        ):
            assert addressed(DISTRICT, ticket, command) == NOT_ALLOWED


def test_vault_goes_to_vault_by_hand() -> None:
    """A vault ticket is sent to vault agencies only, and the lifecycle is told that it is one."""
    ticket = ticket_of("PPA")
    for again in (
        commands.ReferAgain(agency="inspektorat", rule="by_hand"),
        commands.AddAgency(agency="inspektorat", rule="by_hand"),
    ):
        assert addressed(DISTRICT, ticket, again) == NOT_ALLOWED
        safe = addressed(DISTRICT, ticket, replace(again, agency="uptd-ppa"))
        assert safe == replace(again, agency="uptd-ppa", vault=True)


def at(village: str) -> Ticket:
    """Return a ticket from Desa Sukamaju that *village* has."""
    ticket = ticket_of("ADMINDUK")
    return replace(ticket, area="99.01.01.2001", legs=(replace(ticket.legs[0], agency=village),))


@pytest.mark.parametrize(
    ("here", "there", "may"),
    [
        (VILLAGE, "kec-990101", True),  # its own sub-district
        (VILLAGE, "disdukcapil", True),
        (VILLAGE, "kec-990102", False),  # somebody else's sub-district
        (VILLAGE, "desa-9901012002", False),  # another village is not above
        ("kec-990101", "disdukcapil", True),
        ("kec-990101", "kec-990102", False),
        ("kec-990101", VILLAGE, False),
    ],
)
def test_up_is_up(here: str, there: str, *, may: bool) -> None:
    """A village goes up to its own sub-district or to an office of the kabupaten, never aside."""
    up = commands.Escalate(leg=1, agency=there, rule="up")
    assert (addressed(DISTRICT, at(here), up) != NOT_ALLOWED) is may


def test_the_leg_learns_whether_it_is_local() -> None:
    """A ticket sent to a village by hand can go up from there as from any village."""
    ticket = ticket_of("ADMINDUK")
    for again in (
        commands.ReferAgain(agency=VILLAGE, rule="by_hand"),
        commands.AddAgency(agency=VILLAGE, rule="by_hand"),
    ):
        assert addressed(DISTRICT, ticket, again) == replace(again, local=True)
    assert addressed(DISTRICT, ticket, commands.Return(leg=1)) == commands.Return(leg=1)
    assert addressed(DISTRICT, ticket, commands.Accept(leg=1)) == commands.Accept(leg=1)


def test_nobody_is_more_than_their_link_says() -> None:
    """The desk's link stays the desk's after two returns; only its head's own link decides."""
    ticket = replace(ticket_of("ADMINDUK"), returns=2, state=TicketState.TRIAGE)
    head = Claim(CODE, 0, Role.SUPERVISOR, DISTRICT.desk)
    again = commands.ReferAgain(agency="disdukcapil", rule="by_hand")
    assert acting(DESK, ticket).role is Role.VERIFIER
    assert acting(head, ticket).role is Role.SUPERVISOR
    assert acting(INSIDE, ticket).id == ticket.legs[0].agency
    assert acting(Claim(CODE, 9), ticket).id == ""
    why = refused(DISTRICT, DESK, ticket, again, MONDAY)
    assert why
    assert why.reason == "supervisor_decides"


def test_refer_is_row_6_or_row_15() -> None:
    """What no agency had yet is verified and referred; what came back is referred again."""
    assert isinstance(sent_on(TicketState.SUBMITTED, "dinkes", "by_hand"), commands.Route)
    assert isinstance(sent_on(TicketState.TRIAGE, "dinkes", "by_hand"), commands.ReferAgain)


def test_vault_is_a_tickets_word_not_a_rows() -> None:
    """A row that was made ordinary later does not open what was told under a vault."""
    ticket = ticket_of("ADMINDUK")
    sealed = replace(ticket, sensitivity=Sensitivity.VAULT)
    assert not opens(INSIDE, sealed, DISTRICT)


def test_an_appeal_is_heard_by_who_had_no_part() -> None:
    """The first office for appeals that neither had a leg nor decided; else nobody is left."""
    ticket = ticket_of("ADMINDUK")
    assert appeal_office(DISTRICT, ticket) == "inspektorat"
    assert appeal_office(DISTRICT, replace(ticket, handled=("inspektorat",))) == "bappeda"
    assert appeal_office(DISTRICT, ticket_of("PUNGLI")) == "bappeda"
    none = replace(ticket, handled=("inspektorat", "bappeda"))
    assert appeal_office(DISTRICT, none) is None
    assert had_part(ticket, ticket.legs[0].agency)
    assert not had_part(ticket, "inspektorat")


def test_who_had_a_share_hears_no_appeal() -> None:
    """An appeal officer whose office worked on the ticket is refused, whatever link they hold."""
    ticket = replace(ticket_of("PUNGLI"), state=TicketState.APPEAL)
    uphold = commands.Uphold(words="-")
    partial = Claim(CODE, 0, Role.APPEAL_OFFICER, ticket.legs[0].agency)
    fresh = Claim(CODE, 0, Role.APPEAL_OFFICER, "bappeda")
    assert refused(DISTRICT, partial, ticket, uphold, MONDAY) == HANDLED_BEFORE
    assert refused(DISTRICT, fresh, ticket, uphold, MONDAY) is None


def test_an_appeal_about_a_vault_ticket_stays_in_a_vault() -> None:
    """Another vault hears it where there is one, else the vault's own head."""
    ticket = ticket_of("PPA")
    assert appeal_office(DISTRICT, ticket) == "uptd-ppa"
    assert appeal_office(DISTRICT, replace(ticket, legs=())) == "uptd-ppa"


def test_who_agrees_to_strike_out() -> None:
    """The office that the district's row names."""
    assert protection_office(DISTRICT) == "bappeda"
