"""What clocks and couriers may note, and what is refused as too early, stale or done before."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from referrals import commands as c
from referrals.choosing import Refusal
from referrals.clocks import Clock, Pause, Running
from referrals.leg_events import Accepted
from referrals.lifecycle import decide, evolve
from referrals.noted import Reached
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, Awaited, Ticket, TicketState
from tests.referrals.samples import AGENCY, EARLIER, NOW, actor, silent, ticket_in

A_DAY = timedelta(days=1)
SYSTEM = actor(Role.SYSTEM)


def refused(ticket: Ticket, command: c.Command, who: Actor = SYSTEM) -> str | None:
    """Return why *command* of *who*, else of the system, is refused, or None."""
    outcome = decide(ticket, command, who, NOW)
    return outcome.reason if isinstance(outcome, Refusal) else None


def with_clock(state: TicketState, one: Running) -> Ticket:
    """Return a ticket in *state* with this one clock."""
    return replace(ticket_in(state), clocks=(one,))


@pytest.mark.parametrize(
    ("clock", "number", "why"),
    [
        (Clock.C5, 2, None),
        (Clock.C5, 1, "already"),
        (Clock.C5, 3, "too_early"),
        (Clock.C6, 2, "not_now"),
    ],
)
def test_reminders_come_one_after_the_other(clock: Clock, number: int, why: str | None) -> None:
    """The next one, of the clock that waits for the citizen; never one twice, nor ahead."""
    ticket = silent(ticket_in(TicketState.RESOLVED), 1)
    assert refused(ticket, c.Remind(clock, number)) == why


def test_nobody_is_reminded_four_times() -> None:
    """Three reminders are enough."""
    ticket = silent(ticket_in(TicketState.RESOLVED), 3)
    assert refused(ticket, c.Remind(Clock.C5, 4)) == "too_early"


def test_nobody_is_reminded_of_what_they_never_got() -> None:
    """Before the notice arrived there is nothing to remind of."""
    assert refused(ticket_in(TicketState.RESOLVED), c.Remind(Clock.C5, 1)) == "not_delivered"


@pytest.mark.parametrize(
    ("clock", "leg", "level", "why"),
    [
        (Clock.C4, 1, 2, None),
        (Clock.C4, 1, 1, "already"),
        (Clock.C4, 1, 3, "too_early"),
        (Clock.C4, 2, 2, "not_now"),
        (Clock.C1, 0, 1, "not_now"),
        (Clock.C2, 1, 1, "not_now"),
    ],
)
def test_a_breach_rises_by_one_level(clock: Clock, leg: int, level: int, why: str | None) -> None:
    """Who stands next above is told, once, of a clock that runs; C2 has its own row."""
    running = Running(Clock.C4, EARLIER, 1, breached=1)
    ticket = with_clock(TicketState.IN_PROGRESS, running)
    assert refused(ticket, c.Breach(clock, leg, level, EARLIER)) == why


def test_there_is_no_fourth_level() -> None:
    """Above the inspectorate nobody is told."""
    ticket = with_clock(TicketState.APPEAL, Running(Clock.C10, EARLIER, breached=3))
    assert refused(ticket, c.Breach(Clock.C10, 0, 4, EARLIER)) == "too_early"


def test_a_clock_that_stands_still_is_not_late() -> None:
    """While a case is on the waiting list nobody is told that it is late."""
    paused = Running(Clock.C4, EARLIER, 1, (Pause(EARLIER),))
    ticket = with_clock(TicketState.ON_HOLD, paused)
    assert refused(ticket, c.Breach(Clock.C4, 1, 1, EARLIER)) == "not_now"


def test_a_breach_is_told_when_it_is_one() -> None:
    """Nobody is told that something is late before its date."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    assert refused(ticket, c.Breach(Clock.C4, 1, 1, NOW + A_DAY)) == "too_early"
    assert refused(ticket, c.Breach(Clock.C4, 1, 1, NOW)) is None


def test_a_breach_raises_the_level_and_never_lowers_it() -> None:
    """A new clock's first breach leaves a ticket that stands higher where it stands."""
    ticket = replace(ticket_in(TicketState.IN_PROGRESS), level=2)
    events = decide(ticket, c.Breach(Clock.C4, 1, 1, EARLIER), SYSTEM, NOW)
    assert not isinstance(events, Refusal)
    after = evolve(ticket, events[0])
    assert after.level == 2
    assert [one.breached for one in after.clocks] == [0, 0, 1, 0]


def test_signs_of_life_come_after_thirteen_days() -> None:
    """Who heard from us lately is left in peace."""
    quiet = with_clock(TicketState.REFERRED, Running(Clock.C8, NOW - 13 * A_DAY))
    assert refused(quiet, c.Heartbeat()) is None
    lately = with_clock(TicketState.REFERRED, Running(Clock.C8, NOW - 13 * A_DAY + A_DAY / 24))
    assert refused(lately, c.Heartbeat()) == "too_early"


def test_a_receipt_is_for_the_notice_that_waits_for_it() -> None:
    """A late receipt of an older notice counts for nothing, and none counts twice."""
    ticket = ticket_in(TicketState.RESOLVED)
    assert refused(ticket, c.Reach(4)) == "not_now"
    assert refused(ticket, c.Reach(5)) is None
    assert refused(silent(ticket), c.Reach(5)) == "already"
    assert refused(silent(ticket), c.Unreached(5)) == "already"
    failed = replace(ticket, awaited=Awaited(5, EARLIER, failed=True))
    assert refused(failed, c.Unreached(5)) == "already"
    assert refused(failed, c.Reach(5)) is None


def test_who_is_called_after_all_is_reached() -> None:
    """A person's call mends what the post could not: from then on silence counts."""
    ticket = replace(ticket_in(TicketState.DECLINED), awaited=Awaited(5, EARLIER, failed=True))
    after = evolve(ticket, Reached(at=NOW, of=5, by_hand=True))
    assert after.awaited == Awaited(5, EARLIER, reached=NOW)
    c5 = after.clock(Clock.C5)
    assert c5
    assert c5.since == NOW


def test_a_vaults_own_office_tells_the_answer() -> None:
    """Who answered a vault ticket notes that its citizen heard of it; no other agency may."""
    vault = replace(ticket_in(TicketState.RESOLVED), sensitivity=Sensitivity.VAULT)
    own, told = Actor(Role.AGENCY, AGENCY), c.Reach(5, by_hand=True)
    assert refused(vault, told, own) is None
    assert refused(vault, told, Actor(Role.AGENCY, "other")) == "not_yours"
    assert refused(replace(vault, legs=()), told, own) == "not_yours"
    assert refused(ticket_in(TicketState.RESOLVED), told, own) == "not_now"


def test_the_outcome_is_asked_once_and_not_before_its_time() -> None:
    """28 days after a solution, and never again."""
    early = with_clock(TicketState.CLOSED, Running(Clock.C9, NOW - 27 * A_DAY))
    assert refused(early, c.AskOutcome()) == "too_early"
    on_time = with_clock(TicketState.CLOSED, Running(Clock.C9, NOW - 28 * A_DAY))
    assert refused(on_time, c.AskOutcome()) is None


def test_what_cannot_have_happened_is_no_story() -> None:
    """A log that lets an agency accept a closed ticket is refused when it is read."""
    with pytest.raises(ValueError, match="accepted tells no story of a ticket that is closed"):
        evolve(ticket_in(TicketState.CLOSED), Accepted(at=NOW, leg=1))
