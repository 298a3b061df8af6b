"""Which clocks' breaches are told."""

from referrals import commands as c
from referrals.clocks import Clock
from referrals.ticket import Role, TicketState
from tests.referrals.samples import EARLIER, actor, ticket_in
from tests.referrals.test_refusals import refused


def test_a_sign_of_life_is_breached_for_nobody() -> None:
    """C8 ends in a word to the citizen and not in one to somebody above, though it runs."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    assert ticket.clock(Clock.C8)
    breach = c.Breach(Clock.C8, 0, 1, EARLIER)
    assert refused(ticket, breach, actor(Role.SYSTEM)) == "not_now"
