"""Every guard of every row of the table does its work there, and answers with its own reason."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from referrals import branches as b
from referrals import clock_guards as k
from referrals import commands as c
from referrals import guards as g
from referrals.attempts import Attempt, Guard, Why
from referrals.choosing import Refusal
from referrals.clocks import Clock, Running
from referrals.entries import Transition
from referrals.lifecycle import decide
from referrals.roles import Role, Sensitivity
from referrals.ticket import Aftercare, Awaited, Ticket, TicketState
from referrals.transitions import TRANSITIONS
from tests.referrals.samples import AGENCY, CODE, NOW, actor, command_for, ticket_for, ticket_in

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
    k.due_passed: ({"due": NOW + A_DAY}, {}, Why.TOO_EARLY),
    k.reminded: ({}, {"clocks": ()}, Why.REMINDERS_MISSING),
    k.consent_window_over: ({}, {"since": NOW - 6 * A_DAY}, Why.TOO_EARLY),
    k.reached: ({}, {"awaited": None}, Why.NOT_DELIVERED),
    k.reply_window_over: ({}, {"awaited": Awaited(5, NOW, NOW - 9 * A_DAY)}, Why.TOO_EARLY),
    k.cooled_down: ({}, {"cooling_hours": 24 * 12 + 1}, Why.TOO_EARLY),
    k.review_come: ({}, {"review": NOW.date() + A_DAY}, Why.TOO_EARLY),
    k.next_reminder: ({"number": 0}, {}, Why.ALREADY),
    k.next_level: ({"level": 0}, {}, Why.ALREADY),
    k.long_silent: ({}, {"clocks": (Running(Clock.C8, NOW - 12 * A_DAY),)}, Why.TOO_EARLY),
    k.outcome_open: ({}, {"clocks": ()}, Why.ALREADY),
    k.outcome_asked: ({}, {"outcome": None}, Why.NOT_NOW),
    k.awaited: ({}, {"awaited": Awaited(4, NOW)}, Why.NOT_NOW),
    g.agreed_to: ({}, {"clocks": ()}, Why.NOT_NOW),
    g.share_looks: ({"share": 9}, {}, Why.ALREADY),
    g.reason_given: ({"words": ""}, {}, Why.WORDS_MISSING),
    g.something_told: ({"milestone": ""}, {}, Why.WORDS_MISSING),
    g.not_there_yet: ({"agency": AGENCY}, {}, Why.ALREADY),
    g.not_joined_yet: ({}, {"joined": ("111111118",)}, Why.ALREADY),
    g.fresh_eyes: ({}, {"handled": ("appeal_officer-1",)}, Why.HANDLED_BEFORE),
    g.represented: ({}, {"in_own_hands": True}, Why.ALREADY),
    g.two_people: ({"second": ""}, {}, Why.SECOND_PERSON_MISSING),
    g.number_given: ({"number": ""}, {}, Why.NUMBER_MISSING),
    g.another_ticket: ({"of": CODE, "code": CODE}, {}, Why.SAME_TICKET),
    g.done_before: ({"share": 3}, {}, Why.NOT_NOW),
    g.answered_before: ({"share": 3}, {}, Why.NOT_NOW),
    g.refused_before: ({"share": 3}, {}, Why.NOT_NOW),
    g.from_local_desk: ({}, {"local": False}, Why.NOT_LOCAL),
    g.into_a_vault: ({"vault": False}, IN_VAULT, Why.NOT_A_VAULT),
    g.stays_in_its_vault: ({}, IN_VAULT, Why.VAULT_STAYS),
    g.may_be_asked: ({}, IN_VAULT, Why.VAULT_IS_NOT_ASKED),
}
# The lifecycle's rows that ask for more than state and role, said a second time on purpose: a
# guard lost from the table would otherwise take its test along.
ASKED = [
    (4, {k.consent_window_over}),
    (5, {k.cooled_down, g.into_a_vault}),
    (6, {k.cooled_down, g.into_a_vault}),
    (7, {g.may_be_asked, g.words_given, g.rounds_left}),  # the desk
    (7, {g.may_be_asked, g.words_given, g.rounds_left}),  # an agency
    (8, {g.words_given}),
    (9, {k.reached, k.reminded, k.reply_window_over, k.due_passed}),
    (10, {g.stays_in_its_vault, g.another_ticket}),
    (11, {g.words_given}),
    (11, {g.stays_in_its_vault, g.words_given}),  # at the desk itself
    (12, {g.expected_ahead}),
    (13, {g.stays_in_its_vault, g.words_given}),
    (14, {k.due_passed}),  # once
    (14, {k.due_passed}),  # twice
    (15, {g.supervisor_after_returns, g.share_looks, g.into_a_vault}),
    (16, {g.reason_given, g.from_local_desk, g.not_there_yet, g.into_a_vault}),
    (17, {g.not_there_yet, g.into_a_vault}),  # an agency
    (17, {g.not_there_yet, g.share_looks, g.into_a_vault}),  # the desk
    (18, {g.words_given, g.review_near}),
    (19, {k.review_come}),
    (20, {g.words_given}),
    (20, {g.words_given}),  # one share of several
    (21, {g.reason_listed, g.words_given}),  # an agency
    (21, {g.reason_listed, g.words_given}),  # one share of several
    (21, {g.reason_listed, g.words_given}),  # the last share, another was done
    (21, {g.reason_listed, g.words_given}),  # the desk
    (22, {g.stars_known}),  # SUDAH
    (22, {g.stars_known}),  # stars afterwards
    (23, {g.words_given, g.done_before}),
    (24, {g.words_given, g.done_before}),
    (25, {k.reached, k.reminded, k.reply_window_over}),
    (26, {k.reached, k.reminded, k.reply_window_over}),  # the system; the citizen just accepts
    (27, {g.words_given, g.refused_before}),
    (27, {g.words_given, g.refused_before}),  # a share, another was done
    (27, {g.words_given, g.closed_lately}),  # out of scope
    (28, {g.fresh_eyes, g.words_given}),  # back to the agency
    (28, {g.fresh_eyes, g.words_given}),  # back to the desk
    (29, {g.fresh_eyes, g.words_given}),
    (31, {g.agreed_to, g.words_given, g.closed_lately}),  # as if new
    (31, {g.words_given, g.answered_before, g.closed_lately}),  # the same leg
    (32, {k.outcome_asked, g.done_before}),
    (33, {g.number_given}),
    (34, {g.words_given, g.two_people}),
]
OF_LEG = {"asked", "local", "review"}
NOTED = {
    "abuse": {g.words_given, g.two_people},
    "subject gone": {g.words_given, g.two_people},
    "undeliverable": {g.stays_in_its_vault},
    "recall": {g.stays_in_its_vault, g.words_given},
    "milestone": {g.something_told},
    "left to the centre": {g.something_told},
    "remind": {k.reached, k.next_reminder},
    "breach": {k.next_level, k.due_passed},
    "still waiting": {k.long_silent},
    "reached": {k.awaited},
    "reached safely": {k.awaited},
    "not reached": {k.awaited},
    "add": {g.words_given},
    "join": {g.another_ticket, g.not_joined_yet},
    "take over": {g.represented},
    "ask for the outcome": {k.outcome_open},
    "received": {k.outcome_asked},
}
AT_HOME = [
    pytest.param(entry, guard, id=f"{entry.row}-{entry.sources[0]}-{guard.__name__}")
    for entry in TRANSITIONS
    for guard in entry.guards
]


def with_fields(ticket: Ticket, fields: dict[str, Any]) -> Ticket:
    """Return *ticket*, and its legs, with whichever of *fields* they have."""
    legs = tuple(
        replace(leg, **{name: v for name, v in fields.items() if name in OF_LEG})
        for leg in ticket.legs
    )
    own = {name: v for name, v in fields.items() if name in Ticket.__struct_fields__}
    return replace(ticket, legs=legs, **own)


def guarded_role(entry: Transition, guard: Guard) -> Role:
    """Return a role that *guard* looks at: some bind the system only."""
    of_system = {k.consent_window_over, k.review_come}
    return Role.SYSTEM if guard in of_system else entry.roles[0]


@pytest.mark.parametrize(("entry", "guard"), AT_HOME)
def test_a_guard_stands_at_its_row(entry: Transition, guard: Guard) -> None:
    """What breaks a row's guard is refused with the guard's reason and the row's number."""
    said, stood, why = BREACHES[guard]
    state = entry.sources[0]
    ticket = with_fields(ticket_for(entry, state), stood)
    good = command_for(entry, state)
    command = replace(good, **{name: said[name] for name in said if hasattr(good, name)})
    who = actor(guarded_role(entry, guard))
    assert decide(ticket, command, who, NOW) == Refusal(why, entry.row)


def test_rows_ask_for_what_the_lifecycle_says() -> None:
    """Each row has the guards that the lifecycle gives it, and no others."""
    guarded = [entry for entry in TRANSITIONS if entry.guards]
    assert [(entry.row, set(entry.guards)) for entry in guarded if entry.row] == ASKED
    notes = [(entry.title, set(entry.guards)) for entry in guarded if not entry.row]
    assert sorted(dict(notes)) == sorted(NOTED)
    assert all(NOTED[title] == guards for title, guards in notes)


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
    attempt = Attempt(ticket, c.Resume(1), actor(Role.SYSTEM), NOW)
    assert b.first_time_unsolved(attempt) is not b.unsolved_again(attempt)
    assert b.first_time_overdue(attempt) is not b.overdue_again(attempt)
    assert b.agency_answered(attempt) is not b.no_agency_answered(attempt)
    assert b.other_shares(attempt) is not b.last_share(attempt)
    ends = [b.other_shares, b.last_share_none_done, b.last_share_some_done]
    assert sum(end(attempt) for end in ends) == 1
    assert b.overdue_again(attempt) is (overdue > 0)
    assert b.agency_answered(attempt) is (ticket.legs[0].state in {"done", "not_done"})


def test_without_a_leg_nothing_was_late_and_nobody_answered() -> None:
    """A ticket that no agency ever had is nobody's delay and nobody's answer."""
    attempt = Attempt(ticket_in(TicketState.SUBMITTED), c.Withdraw(), actor(Role.CITIZEN), NOW)
    assert b.first_time_overdue(attempt)
    assert b.no_agency_answered(attempt)


def test_a_share_that_looks_for_an_agency_is_a_share() -> None:
    """While the desk has to find somebody for one share, no other share is the last."""
    ticket = ticket_in(TicketState.IN_PROGRESS)
    looking = replace(ticket, clocks=(*ticket.clocks, Running(Clock.C7, NOW, 2)))
    last = c.Resolve(1)
    assert b.last_share(Attempt(ticket, last, actor(Role.AGENCY), NOW))
    assert b.other_shares(Attempt(looking, last, actor(Role.AGENCY), NOW))


def test_who_answered_the_outcome_did() -> None:
    """The outcome is told once, and not before somebody asked."""
    answer, citizen = c.ReceivedAfterAll(), actor(Role.CITIZEN)
    ticket = replace(ticket_in(TicketState.CLOSED), outcome=Aftercare.RECEIVED)
    assert k.outcome_asked(Attempt(ticket, answer, citizen, NOW)) is Why.ALREADY
