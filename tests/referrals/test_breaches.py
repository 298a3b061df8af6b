"""Which clocks' breaches are told, and of whose delay."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from referrals import commands as c
from referrals.clocks import Clock, Running
from referrals.roles import Role
from referrals.ticket import TicketState
from referrals.told import Told, told
from tests.referrals.samples import EARLIER, NOW, actor, ticket_in
from tests.referrals.test_refusals import refused


def test_a_sign_of_life_is_breached_for_nobody() -> None:
    """C8 ends in a word to the citizen and not in one to somebody above, though it runs."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    assert ticket.clock(Clock.C8)
    breach = c.Breach(Clock.C8, 0, 1, EARLIER)
    assert refused(ticket, breach, actor(Role.SYSTEM)) == "not_now"


def test_another_clock_of_the_same_leg_tells_another_delay() -> None:
    """That the desk was late with a share is no word about the office that has it now."""
    desk = Running(Clock.C7, EARLIER, 1, breached=2, breached_at=EARLIER)
    office = Running(Clock.C4, EARLIER, 1)
    ticket = replace(ticket_in(TicketState.IN_PROGRESS), clocks=(desk, office))
    assert told(ticket, office) == Told()
    other = replace(office, breached=2, breached_at=EARLIER)
    fresh = Running(Clock.C7, EARLIER, 1)
    assert told(replace(ticket, clocks=(other, fresh)), fresh) == Told()


def test_who_heard_of_the_whole_delay_needs_not_hear_of_a_share() -> None:
    """What the citizen's clock told since the office's own began counts, to the very instant."""
    whole = Running(Clock.CITIZEN, EARLIER, breached=3, breached_at=NOW)
    for since, level in ((NOW, 3), (NOW + timedelta(seconds=1), 1)):
        office = Running(Clock.C4, since, 1, breached=1, breached_at=NOW + timedelta(days=1))
        ticket = replace(ticket_in(TicketState.IN_PROGRESS), clocks=(whole, office))
        assert told(ticket, office).level == level


def test_each_agency_has_its_own_delay() -> None:
    """That one agency's head was told says nothing about another agency's."""
    first = Running(Clock.C4, EARLIER, 1, breached=2, breached_at=EARLIER)
    second = Running(Clock.C4, EARLIER, 2)
    ticket = replace(ticket_in(TicketState.IN_PROGRESS), clocks=(first, second))
    assert told(ticket, second) == Told()
    assert told(ticket, first) == Told(2, EARLIER)


@pytest.mark.parametrize(
    "clock",
    [Clock.C1, Clock.C3, Clock.C4, Clock.C7, Clock.C10, Clock.C11, Clock.CITIZEN],
)
def test_somebody_above_hears_of_all_others(clock: Clock) -> None:
    """Whoever lets one of these clocks run out is told of, once a level."""
    leg = 1 if clock in {Clock.C3, Clock.C4} else 0
    running = Running(clock, EARLIER, leg)
    ticket = replace(ticket_in(TicketState.IN_PROGRESS), clocks=(running,))
    assert refused(ticket, c.Breach(clock, leg, 1, EARLIER), actor(Role.SYSTEM)) is None
