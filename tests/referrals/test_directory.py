"""A district's rows and a ticket's legs, where they do more than hold."""

from msgspec.structs import replace

from referrals.district.words import Words
from referrals.ticket import LegState, TicketState
from tests.referrals.samples import ticket_in
from tests.referrals.wild import DISTRICT


def test_words_in_a_language_we_speak() -> None:
    """English for those who chose it, Indonesian for everybody else."""
    words = Words(id="Rumah", en="House")
    assert words.in_language("en") == "House"
    assert words.in_language("id") == "Rumah"
    assert words.in_language("jv") == "Rumah"


def test_who_leaves_no_trace() -> None:
    """Neither the safe path nor what goes to a vault stays where others could find it."""
    services = DISTRICT.services
    assert services["PPA"].leaves_no_trace
    assert replace(services["PPA"], safe_path=False).leaves_no_trace
    assert not services["LAIN"].leaves_no_trace


def test_the_legs_of_a_ticket() -> None:
    """The open leg is the newest that is somebody's turn; a leg is found by its number."""
    ticket = ticket_in(TicketState.REFERRED)
    assert ticket.open_leg is ticket.legs[0] is ticket.leg(1) is ticket.last_leg
    assert ticket.leg(2) is None
    done = replace(ticket, legs=(replace(ticket.legs[0], state=LegState.DONE),))
    assert done.open_leg is None
    assert ticket_in(TicketState.SUBMITTED).last_leg is None
