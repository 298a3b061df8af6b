"""Every guard of every row of the table does its work there, and answers with its own reason."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from referrals import guards as g
from referrals.directory import Sensitivity
from referrals.guards import Guard, Why
from referrals.lifecycle import Refusal, decide
from referrals.ticket import Role, Ticket, TicketState
from referrals.transitions import TRANSITIONS, Transition
from tests.referrals.samples import CODE, NOW, actor, command_for, ticket_for, ticket_in

A_DAY = timedelta(days=1)
IN_VAULT = {"sensitivity": Sensitivity.VAULT}
YESTERDAY = NOW.date() - A_DAY

# What breaks each guard: fields of the command, and of the ticket or its leg.
BREACHES: Mapping[Guard, tuple[dict[str, Any], dict[str, Any], Why]] = {
    g.words_given: ({"words": ""}, {}, Why.WORDS_MISSING),
    g.rounds_left: ({}, {"asked": 2}, Why.TOO_MANY_ROUNDS),
    g.expected_ahead: ({"expected": YESTERDAY}, {}, Why.EXPECTED_IN_PAST),
    g.review_near: ({"review": YESTERDAY}, {}, Why.REVIEW_TOO_FAR),
    g.supervisor_after_returns: ({}, {"returns": 2}, Why.SUPERVISOR_DECIDES),
    g.reason_listed: ({"reason": "mood"}, {}, Why.REASON_UNKNOWN),
    g.stars_known: ({"stars": 6}, {}, Why.STARS_UNKNOWN),
    g.closed_lately: ({}, {"since": NOW - 31 * A_DAY}, Why.TOO_LATE),
    g.due_passed: ({"due": NOW + A_DAY}, {}, Why.TOO_EARLY),
    g.reminded: ({"reminders": 2}, {}, Why.REMINDERS_MISSING),
    g.consent_window_over: ({}, {"since": NOW - 6 * A_DAY}, Why.TOO_EARLY),
    g.reached_and_silent: ({"delivered_at": None}, {}, Why.NOT_DELIVERED),
    g.fresh_eyes: ({}, {"handled": ("appeal_officer-1",)}, Why.HANDLED_BEFORE),
    g.two_people: ({"second": ""}, {}, Why.SECOND_PERSON_MISSING),
    g.number_given: ({"number": ""}, {}, Why.NUMBER_MISSING),
    g.another_ticket: ({"of": CODE}, {}, Why.SAME_TICKET),
    g.from_local_desk: ({}, {"local": False}, Why.NOT_LOCAL),
    g.into_a_vault: ({"vault": False}, IN_VAULT, Why.NOT_A_VAULT),
    g.stays_in_its_vault: ({}, IN_VAULT, Why.VAULT_STAYS),
    g.may_be_asked: ({}, IN_VAULT, Why.VAULT_IS_NOT_ASKED),
}
# The lifecycle's rows that ask for more than state and role, said a second time on purpose: a
# guard lost from the table would otherwise take its test along.
ASKED = [
    (4, {g.consent_window_over}),
    (5, {g.into_a_vault}),
    (6, {g.into_a_vault}),
    (7, {g.may_be_asked, g.words_given, g.rounds_left}),  # the desk
    (7, {g.may_be_asked, g.words_given, g.rounds_left}),  # an agency
    (8, {g.words_given}),
    (9, {g.reminded, g.due_passed}),
    (10, {g.another_ticket}),
    (11, {g.words_given}),
    (12, {g.expected_ahead}),
    (13, {g.stays_in_its_vault, g.words_given}),
    (14, {g.due_passed}),  # once
    (14, {g.due_passed}),  # twice
    (15, {g.supervisor_after_returns, g.into_a_vault}),
    (16, {g.words_given, g.from_local_desk, g.into_a_vault}),
    (18, {g.words_given, g.review_near}),
    (20, {g.words_given}),
    (21, {g.reason_listed, g.words_given}),  # an agency
    (21, {g.reason_listed, g.words_given}),  # the desk
    (22, {g.stars_known}),  # SUDAH
    (22, {g.stars_known}),  # stars afterwards
    (23, {g.words_given}),
    (24, {g.words_given}),
    (25, {g.reached_and_silent}),
    (26, {g.reached_and_silent}),  # the system; the citizen just accepts
    (27, {g.words_given}),
    (27, {g.words_given, g.closed_lately}),  # out of scope
    (28, {g.fresh_eyes, g.words_given}),  # back to the agency
    (28, {g.fresh_eyes, g.words_given}),  # back to the desk
    (29, {g.fresh_eyes, g.words_given}),
    (31, {g.words_given, g.closed_lately}),  # as if new
    (31, {g.words_given, g.closed_lately}),  # the same leg
    (33, {g.number_given}),
    (34, {g.words_given, g.two_people}),
]
AT_HOME = [
    pytest.param(entry, guard, id=f"{entry.row}-{entry.sources[0]}-{guard.__name__}")
    for entry in TRANSITIONS
    for guard in entry.guards
]


def with_fields(ticket: Ticket, fields: dict[str, Any]) -> Ticket:
    """Return *ticket*, and its legs, with whichever of *fields* they have."""
    legs = tuple(
        replace(leg, **{k: v for k, v in fields.items() if k in {"asked", "local"}})
        for leg in ticket.legs
    )
    own = {k: v for k, v in fields.items() if k in Ticket.__struct_fields__}
    return replace(ticket, legs=legs, **own)


def guarded_role(entry: Transition, guard: Guard) -> Role:
    """Return a role that *guard* looks at: consent is waited for by the system only."""
    return Role.SYSTEM if guard is g.consent_window_over else entry.roles[0]


@pytest.mark.parametrize(("entry", "guard"), AT_HOME)
def test_a_guard_stands_at_its_row(entry: Transition, guard: Guard) -> None:
    """What breaks a row's guard is refused with the guard's reason and the row's number."""
    said, stood, why = BREACHES[guard]
    state = entry.sources[0]
    ticket = with_fields(ticket_for(entry, state), stood)
    command = replace(command_for(entry, state), **said)
    who = actor(guarded_role(entry, guard))
    assert decide(ticket, command, who, NOW) == Refusal(why, entry.row)


def test_rows_ask_for_what_the_lifecycle_says() -> None:
    """Each row has the guards that the lifecycle gives it, and no others."""
    assert [(entry.row, set(entry.guards)) for entry in TRANSITIONS if entry.guards] == ASKED


def test_every_guard_is_broken_once() -> None:
    """No guard of the table is without a breach, and no breach without a guard."""
    assert {guard for entry in TRANSITIONS for guard in entry.guards} == set(BREACHES)


@pytest.mark.parametrize("reopens", [0, 1, 2])
@pytest.mark.parametrize("overdue", [0, 1, 2])
@pytest.mark.parametrize("state", [s for s in TicketState if ticket_in(s).legs])
def test_one_of_two_ways(state: TicketState, overdue: int, reopens: int) -> None:
    """Where a row leads two ways, exactly one of them is open."""
    ticket = ticket_in(state)
    ticket = replace(ticket, reopens=reopens, legs=(replace(ticket.legs[0], overdue=overdue),))
    assert g.first_time_unsolved(ticket) is not g.unsolved_again(ticket)
    assert g.first_time_overdue(ticket) is not g.overdue_again(ticket)
    assert g.agency_answered(ticket) is not g.no_agency_answered(ticket)
    assert g.overdue_again(ticket) is (overdue > 0)
    assert g.agency_answered(ticket) is (ticket.legs[0].state in {"done", "not_done"})


def test_without_a_leg_nothing_was_late_and_nobody_answered() -> None:
    """A ticket that no agency ever had is nobody's delay and nobody's answer."""
    ticket = ticket_in(TicketState.SUBMITTED)
    assert g.first_time_overdue(ticket)
    assert g.no_agency_answered(ticket)
