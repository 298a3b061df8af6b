"""What is nobody's here, or was filed already: until when the desk may say so (rows 10 and 11)."""

import pytest
from msgspec.structs import replace

from referrals import commands as c
from referrals.clocks import Clock, Running
from referrals.roles import Role, Sensitivity
from referrals.ticket import LegState, TicketState
from tests.referrals.samples import EARLIER, WORDS, actor, ticket_in
from tests.referrals.test_refusals import refused


@pytest.mark.parametrize("state", [TicketState.REFERRED, TicketState.IN_PROGRESS])
def test_not_ours_is_said_of_what_lies_with_the_desk(state: TicketState) -> None:
    """The desk's own share may turn out to be nobody's; another office's is that office's."""
    ticket, desk = ticket_in(state), actor(Role.VERIFIER)
    own = replace(ticket, legs=(replace(ticket.legs[0], agency=desk.id),))
    elsewhere = c.MarkOutOfScope(words=WORDS)
    assert refused(own, elsewhere, desk) is None
    assert refused(own, c.MarkOutOfScope(), desk) == "words_missing"
    assert refused(ticket, elsewhere, desk) == "not_now"
    two = replace(own, legs=(*own.legs, replace(own.legs[0], number=2, agency="dinas-b")))
    assert refused(two, elsewhere, desk) == "not_now"


def test_what_came_back_may_be_nobodys() -> None:
    """From triage too, unless some office answered for a share, or an appeal said whose it is."""
    ticket, desk = ticket_in(TicketState.TRIAGE), actor(Role.VERIFIER)
    elsewhere = c.MarkOutOfScope(words=WORDS)
    assert refused(ticket, elsewhere, desk) is None
    done = replace(ticket.legs[0], number=2, state=LegState.DONE)
    assert refused(replace(ticket, legs=(*ticket.legs, done)), elsewhere, desk) == "not_now"
    before = replace(ticket, legs=(replace(done, number=1), ticket.legs[0]), past=1)
    assert refused(before, elsewhere, desk) is None
    overturned = replace(ticket, clocks=(Running(Clock.C7, EARLIER),))
    assert refused(overturned, elsewhere, desk) == "not_now"


def test_a_vault_ticket_is_merged_into_none() -> None:
    """Nobody who follows another ticket gets to hear of it, and no desk calls it nobody's."""
    desk = actor(Role.VERIFIER)
    for state in (TicketState.SUBMITTED, TicketState.REFERRED):
        ticket = replace(ticket_in(state), sensitivity=Sensitivity.VAULT)
        assert refused(ticket, c.MarkDuplicate("111111118"), desk) == "vault_stays"
    own = replace(ticket, legs=(replace(ticket.legs[0], agency=desk.id),))
    assert refused(own, c.MarkOutOfScope(words=WORDS), desk) == "vault_stays"
