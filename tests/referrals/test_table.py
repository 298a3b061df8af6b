"""Tests that are made from the table: what it allows happens, what it does not is refused."""

from itertools import combinations, product
from typing import get_args

import pytest

from referrals import clock_guards as k
from referrals import commands as c
from referrals import events as e
from referrals.choosing import Refusal
from referrals.clocks import Clock, Does, Tick
from referrals.entries import Transition
from referrals.happened import Happened, tag
from referrals.lifecycle import decide, evolve
from referrals.roles import Role
from referrals.states import AT_THE_AGENCY
from referrals.ticket import OPEN_LEGS, ClosedBecause, LegState, Ticket, TicketState
from referrals.transitions import ENTRIES, TRANSITIONS
from tests.referrals.samples import GOOD, NOW, actor, command_for, ticket_for, ticket_in


def starts(entry: Transition) -> tuple[TicketState, ...]:
    """Return where *entry* starts, beside a question too."""
    return (*entry.sources, TicketState.NEEDS_INFO) if entry.beside else entry.sources


STEPS = [
    pytest.param(entry, state, role, id=f"{entry.row}-{entry.title}-{state}-{role}")
    for entry in TRANSITIONS
    for state, role in product(starts(entry), entry.roles)
]
AGAIN = {
    "rate",
    "milestone",
    "left to the centre",
    "add",
    "still waiting",
}  # what may be done, or said, once more
TWICE = [s for s in STEPS if s.values[0].row != 14 and s.values[0].title not in AGAIN]
BY_LEGS = AT_THE_AGENCY | {TicketState.TRIAGE}
BUSY = {
    LegState.WORKING: (0, TicketState.IN_PROGRESS),
    LegState.QUEUED: (1, TicketState.REFERRED),
    LegState.SENT: (1, TicketState.REFERRED),
    LegState.DELIVERED: (1, TicketState.REFERRED),
    LegState.WAITLISTED: (2, TicketState.ON_HOLD),
}


def led(entry: Transition, ticket: Ticket, after: Ticket) -> TicketState:
    """Return where *entry* leads: to the busiest leg while any is open and nobody is asked."""
    to = entry.to or (ticket.before if entry.back else ticket.state)
    assert to
    if to not in BY_LEGS:
        return to
    if ticket.state is TicketState.NEEDS_INFO and not entry.back:
        return TicketState.NEEDS_INFO
    open_legs = [leg.state for leg in after.legs if leg.state in OPEN_LEGS]
    return min((BUSY[leg] for leg in open_legs), default=(3, TicketState.TRIAGE))[1]


@pytest.mark.parametrize(("entry", "state", "role"), STEPS)
def test_what_the_table_allows_happens(entry: Transition, state: TicketState, role: Role) -> None:
    """Each row can be taken from its states by its roles, and leads where it says."""
    ticket = ticket_for(entry, state)
    events = decide(ticket, command_for(entry, state), actor(role), NOW)
    assert not isinstance(events, Refusal), events
    assert [type(event) for event in events] == [entry.event]
    after = evolve(ticket, events[0])
    assert after.state is led(entry, ticket, after)
    assert after.events == ticket.events + 1
    assert after.since == (ticket.since if after.state is ticket.state else NOW)


@pytest.mark.parametrize(("entry", "state", "role"), STEPS)
def test_a_leg_goes_where_the_table_says(
    entry: Transition, state: TicketState, role: Role
) -> None:
    """A row that moves a leg moves the leg it is about."""
    ticket = ticket_for(entry, state)
    events = decide(ticket, command_for(entry, state), actor(role), NOW)
    assert not isinstance(events, Refusal)
    after = evolve(ticket, events[0])
    if entry.leg and entry.leg.to and ticket.legs:
        assert after.legs[0].state is entry.leg.to
        assert after.legs[0].since == NOW


@pytest.mark.parametrize(("entry", "state", "role"), TWICE)
def test_a_second_click_is_recognised(entry: Transition, state: TicketState, role: Role) -> None:
    """Whoever does a thing twice hears that it is done already, not that it is forbidden."""
    ticket = ticket_for(entry, state)
    command = command_for(entry, state)
    events = decide(ticket, command, actor(role), NOW)
    assert not isinstance(events, Refusal)
    again = decide(evolve(ticket, events[0]), command, actor(role), NOW)
    assert isinstance(again, Refusal)
    assert again.reason == "already"


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.__name__)
def test_what_the_table_does_not_allow_is_refused(kind: type[c.Wish]) -> None:
    """No command is obeyed from another state, or for another role, than the table names."""
    allowed = {
        (state, role) for entry in ENTRIES[kind] for state in starts(entry) for role in entry.roles
    }
    for state, role in product(TicketState, Role):
        if (state, role) not in allowed:
            outcome = decide(ticket_in(state), GOOD[kind], actor(role), NOW)
            assert isinstance(outcome, Refusal), (state, role)
            assert outcome.reason in {"not_now", "not_yours", "already"}


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.__name__)
def test_a_role_without_a_row_is_told_so(kind: type[c.Wish]) -> None:
    """Whoever may never do a thing hears that it is not theirs, whatever the state."""
    roles = {role for entry in ENTRIES[kind] for role in entry.roles}
    for state, role in product(TicketState, set(Role) - roles):
        assert decide(ticket_in(state), GOOD[kind], actor(role), NOW) == Refusal("not_yours")


@pytest.mark.parametrize("kind", GOOD, ids=lambda kind: kind.__name__)
def test_only_a_submission_begins_a_ticket(kind: type[c.Wish]) -> None:
    """Nothing else can be done where there is no ticket."""
    for role in Role:
        outcome = decide(None, GOOD[kind], actor(role), NOW)
        entry = ENTRIES[kind][0]
        if not entry.sources and role in entry.roles:
            assert not isinstance(outcome, Refusal)
            assert evolve(None, outcome[0]).state is entry.to
        else:
            assert outcome == Refusal("not_now" if entry.sources else "not_yours", entry.row)


def test_every_row_is_there() -> None:
    """The table has all 34 rows, and what the lifecycle gives no number."""
    assert {entry.row for entry in TRANSITIONS} == set(range(35))


def test_every_command_and_every_event_is_there() -> None:
    """No command is without a row, no event without a cause, and the samples miss none."""
    assert {entry.command for entry in TRANSITIONS} == set(get_args(c.Command)) == set(GOOD)
    assert {entry.event for entry in TRANSITIONS} == set(get_args(e.Event))


def test_names_in_the_log_are_distinct() -> None:
    """Each event has a name of its own in the log."""
    kinds: tuple[type[Happened], ...] = get_args(e.Event)
    assert len({tag(kind) for kind in kinds}) == len(kinds)


def test_one_event_has_one_outcome() -> None:
    """Entries that share an event and a state agree on where it leads and what it does."""
    for one, other in combinations(TRANSITIONS, 2):
        if one.event is other.event and set(starts(one)) & set(starts(other)):
            assert outcome(one) == outcome(other)


def outcome(entry: Transition) -> tuple[object, ...]:
    """Return what folding goes by; a clock that does not run is stopped by nothing."""
    ticks = {tick for tick in entry.clocks if tick != Tick(Does.STOP, Clock.C7)}
    leg = entry.leg.to if entry.leg else None
    return entry.to, entry.because, leg, ticks, entry.awaits, entry.back, entry.quiet


def test_an_agency_never_closes() -> None:
    """An agency can resolve or decline, but no row lets it write closed or void."""
    ends = {TicketState.CLOSED, TicketState.VOID}
    assert not [e for e in TRANSITIONS if e.to in ends and Role.AGENCY in e.roles]


def test_the_system_closes_only_after_silence() -> None:
    """The clock alone closes a ticket only when the citizen was reached and kept silent."""
    silence = {k.reached, k.reminded}
    for entry in TRANSITIONS:
        if closes(entry) and Role.SYSTEM in entry.roles:
            assert silence <= set(entry.guards) or k.consent_window_over in entry.guards


def closes(entry: Transition) -> bool:
    """Tell whether *entry* closes a ticket that is open."""
    return entry.to is TicketState.CLOSED and TicketState.CLOSED not in entry.sources


def test_every_end_says_why() -> None:
    """A row that closes carries one of the reasons; only the rating of a closed one has none."""
    for entry in TRANSITIONS:
        assert isinstance(entry.because, ClosedBecause) is closes(entry)


def test_the_citizens_clock_starts_once() -> None:
    """Only the submission, or the consent to one, starts the citizen's clock."""
    starts = Tick(Does.START, Clock.CITIZEN)
    assert {entry.row for entry in TRANSITIONS if starts in entry.clocks} == {1, 3}
