"""What a link allows, and to whom a ticket may be sent on by hand."""

import pytest
from msgspec.structs import replace

from casework.links import Claim
from casework.powers import NOT_ALLOWED, acting, addressed, opens, sent_on
from referrals import commands
from referrals.directory import Sensitivity
from referrals.ticket import LegState, Role, Ticket, TicketState
from tests.casework.test_seeing import DISTRICT, opened

VILLAGE = "desa-9901012001"
INSIDE, DESK = Claim("482109375", 1), Claim("482109375", 1, desk=True)


def ticket_of(service: str) -> Ticket:
    """Return a ticket about *service* that was just referred."""
    return opened(service, DISTRICT.services[service].sensitivity)[0]


def test_a_link_opens_its_own_leg() -> None:
    """The leg's link and the desk's open the page; a leg that is not there opens nothing."""
    ticket = ticket_of("ADMINDUK")
    assert opens(INSIDE, ticket, DISTRICT)
    assert opens(DESK, ticket, DISTRICT)
    assert opens(Claim(ticket.code, 0, desk=True), ticket, DISTRICT)
    for claim in (Claim(ticket.code, 0), Claim(ticket.code, 2), Claim(ticket.code, 2, desk=True)):
        assert not opens(claim, ticket, DISTRICT)


def test_a_recalled_legs_link_is_gone() -> None:
    """Who was called back does not read on; the desk does."""
    ticket = ticket_of("ADMINDUK")
    recalled = replace(ticket, legs=(replace(ticket.legs[0], state=LegState.RECALLED),))
    assert not opens(INSIDE, recalled, DISTRICT)
    assert opens(DESK, recalled, DISTRICT)


def test_a_vault_opens_to_its_own_officers_only() -> None:
    """No desk and no agency without a vault opens a vault ticket, whatever link it holds."""
    ticket = ticket_of("PPA")
    assert opens(INSIDE, ticket, DISTRICT)
    assert not opens(DESK, ticket, DISTRICT)
    assert not opens(Claim(ticket.code, 0, desk=True), ticket, DISTRICT)
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
            commands.Escalate(leg=1, agency=code, rule="up"),
            commands.Return(leg=1, better=code),
        ):
            assert addressed(DISTRICT, ticket, command) == NOT_ALLOWED


def test_vault_goes_to_vault_by_hand() -> None:
    """A vault ticket is sent to vault agencies only, and the lifecycle is told that it is one."""
    ticket = ticket_of("PPA")
    again = commands.ReferAgain(agency="inspektorat", rule="by_hand")
    assert addressed(DISTRICT, ticket, again) == NOT_ALLOWED
    safe = addressed(DISTRICT, ticket, replace(again, agency="uptd-ppa"))
    assert safe == replace(again, agency="uptd-ppa", vault=True)
    up = commands.Escalate(leg=1, agency="uptd-ppa", rule="up")
    assert addressed(DISTRICT, ticket, up) == replace(up, vault=True)


def test_the_leg_learns_whether_it_is_local() -> None:
    """A ticket sent to a village by hand can go up from there as from any village."""
    ticket = ticket_of("ADMINDUK")
    again = commands.ReferAgain(agency=VILLAGE, rule="by_hand")
    assert addressed(DISTRICT, ticket, again) == replace(again, local=True)
    assert addressed(DISTRICT, ticket, commands.Return(leg=1)) == commands.Return(leg=1)
    assert addressed(DISTRICT, ticket, commands.Accept(leg=1)) == commands.Accept(leg=1)


def test_the_head_decides_only_where_the_lifecycle_says() -> None:
    """After two returns the desk's link acts as its head, but never to verify a new ticket."""
    ticket = replace(ticket_of("ADMINDUK"), returns=2)
    triage = replace(ticket, state=TicketState.TRIAGE)
    assert acting(DESK, triage).role is Role.SUPERVISOR
    assert acting(DESK, replace(ticket, state=TicketState.SUBMITTED)).role is Role.VERIFIER
    assert acting(INSIDE, ticket).id == ticket.legs[0].agency
    assert acting(Claim(ticket.code, 9), ticket).id == ""


def test_refer_is_row_6_or_row_15() -> None:
    """What no agency had yet is verified and referred; what came back is referred again."""
    assert isinstance(sent_on(TicketState.SUBMITTED, "dinkes", "by_hand"), commands.Route)
    assert isinstance(sent_on(TicketState.TRIAGE, "dinkes", "by_hand"), commands.ReferAgain)


def test_vault_is_a_tickets_word_not_a_rows() -> None:
    """A row that was made ordinary later does not open what was told under a vault."""
    ticket = ticket_of("ADMINDUK")
    sealed = replace(ticket, sensitivity=Sensitivity.VAULT)
    assert not opens(INSIDE, sealed, DISTRICT)
