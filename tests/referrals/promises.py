"""The promises of the lifecycle, checked on a life as it stands (lifecycle, invariants)."""

from datetime import timedelta

import msgspec

from conversations.messages import Reply
from conversations.news.notices import Silent, notice
from referrals import commands as c
from referrals import events as e
from referrals import log
from referrals.choosing import Refusal
from referrals.clock_guards import REPLY_WINDOW
from referrals.clocks import Clock
from referrals.due.dues import due_at, dues, resolve_days
from referrals.due.watching import next_at, plan
from referrals.lifecycle import decide, evolve
from referrals.roles import Role
from referrals.states import OPEN, OVER
from referrals.ticket import OPEN_LEGS, Actor, ClosedBecause, LegState, Ticket, TicketState
from tests.conversations.town import VOICES
from tests.referrals.wild import Life

SILENCE = timedelta(days=14)
A_DAY = timedelta(days=1)
WAITING = {LegState.QUEUED, LegState.SENT, LegState.DELIVERED}
GIVEN_BACK = {LegState.RETURNED, LegState.EXPIRED, LegState.UNDELIVERABLE}
CAME_BACK = e.Returned | e.LegExpired | e.LegUndeliverable | e.LegRecalled
AGENCYS = {
    TicketState.TRIAGE,
    TicketState.REFERRED,
    TicketState.IN_PROGRESS,
    TicketState.ON_HOLD,
}
DESKS = {TicketState.SUBMITTED, TicketState.APPEAL}
WAITS_FOR_CITIZEN = {TicketState.NEEDS_INFO, TicketState.RESOLVED, TicketState.DECLINED}
VERIFIERS_ENDS = {ClosedBecause.DUPLICATE, ClosedBecause.OUT_OF_SCOPE, ClosedBecause.HANDED_OVER}


def kept(life: Life, before: Ticket | None) -> None:
    """Check every promise after a step; *before* is the ticket as it was."""
    nobody_closes_but_who_may(life)
    every_open_ticket_is_timed(life)
    the_citizens_clock_never_restarts(life, before)
    what_comes_back_leads_on(life, before)
    a_vault_ticket_never_leaves(life)
    the_ticket_stands_as_its_legs_do(life)
    each_leg_has_its_clocks(life)
    an_end_has_a_reason(life)
    silence_counts_only_when_reached(life)
    what_was_refused_can_be_appealed(life)
    nobody_is_left_silent(life)
    who_waits_long_is_heard_above(life)


def nobody_closes_but_who_may(life: Life) -> None:
    """See no agency end a ticket, and the system only after silence that counts (1)."""
    last = life.entries[-1]
    if life.ticket.state not in OVER or isinstance(last.event, e.Rated):
        return
    assert last.actor.role is not Role.AGENCY
    assert last.actor.role is not Role.SYSTEM or _silent_long_enough(life, last)
    if last.actor.role is Role.VERIFIER:
        assert life.ticket.closed_because in VERIFIERS_ENDS


def _silent_long_enough(life: Life, last: log.Entry) -> bool:
    """Tell whether the citizen was reached, and had their time; or never agreed at all."""
    match last.event:
        case e.ConsentRefused() | e.OutcomeAsked():
            return True
        case e.AutoConfirmed() | e.DeclineUnopposed() | e.WaitingEnded():
            reached = [one for one in life.entries if isinstance(one.event, e.Reached)]
            reminded = [one for one in life.entries if isinstance(one.event, e.Reminded)]
            long = last.at - reached[-1].at >= REPLY_WINDOW
            return long and len([one for one in reminded if one.seq > reached[-1].seq]) == 3
        case _:
            return False


def every_open_ticket_is_timed(life: Life) -> None:
    """Time what is open by a clock besides the citizen's; something is planned for it (2)."""
    ticket = life.ticket
    if ticket.state not in OPEN:
        return
    planned = plan(ticket, life.district)
    assert planned
    assert planned[0].at == next_at(ticket, life.district)
    if ticket.state is not TicketState.AWAITING_CONSENT:
        assert any(due.at for due in dues(ticket, life.district))
        citizen = ticket.clock(Clock.CITIZEN)
        assert citizen
        assert citizen.paused is (ticket.state is TicketState.NEEDS_INFO)


def the_citizens_clock_never_restarts(life: Life, before: Ticket | None) -> None:
    """No bounce counts a ticket's age from a later day: an older duplicate may only add (3)."""
    citizen = life.ticket.clock(Clock.CITIZEN)
    assert citizen is None or citizen.since == life.ticket.opened_at
    was = before.clock(Clock.CITIZEN) if before else None
    if before and was:
        assert life.ticket.opened_at <= before.opened_at
        assert citizen
        assert citizen.pauses[: len(was.pauses) - 1] == was.pauses[: len(was.pauses) - 1]


def what_comes_back_leads_on(life: Life, before: Ticket | None) -> None:
    """See what came back look for an agency, each share by its own C7, till it has one (4)."""
    ticket, looking = life.ticket, before.unplaced if before else ()
    for entry in life.entries[before.events if before else 0 :]:
        looking = looking_after(entry, looking)
    assert ticket.unplaced == (looking if ticket.state in OPEN else ())
    if isinstance(life.entries[-1].event, CAME_BACK):
        assert ticket.open_legs or ticket.state in {TicketState.TRIAGE, TicketState.NEEDS_INFO}
    if ticket.state is TicketState.TRIAGE:
        assert ticket.unplaced


def looking_after(entry: log.Entry, looking: tuple[int, ...]) -> tuple[int, ...]:
    """Return which shares look for an agency after *entry*, where *looking* did before."""
    match entry.event:
        case e.Returned() | e.LegExpired() | e.LegUndeliverable() | e.LegRecalled():
            return (*looking, entry.event.leg)
        case e.OverturnedToDesk():
            return (0,)
        case e.Referred(share=share) | e.AgencyAdded(share=share):
            if entry.actor.role is Role.AGENCY or not looking:
                return looking
            found = share if share in looking else looking[0]
            return tuple(leg for leg in looking if leg != found)
        case _:
            return looking


def a_vault_ticket_never_leaves(life: Life) -> None:
    """See a vault ticket at agencies with a vault, and never back at the desk (7)."""
    ticket, vaults = life.ticket, {a for a, row in life.district.agencies.items() if row.vault}
    if ticket.sensitivity == "vault":
        assert {leg.agency for leg in ticket.legs} <= vaults
        assert not {leg.state for leg in ticket.legs} & GIVEN_BACK


def the_ticket_stands_as_its_legs_do(life: Life) -> None:
    """At work while any leg is, else waiting while any waits, else on hold, else in triage."""
    ticket = life.ticket
    states = {leg.state for leg in ticket.legs} & OPEN_LEGS
    if ticket.state in AGENCYS:
        busiest = TicketState.ON_HOLD if states else TicketState.TRIAGE
        busiest = TicketState.REFERRED if states & WAITING else busiest
        busiest = TicketState.IN_PROGRESS if LegState.WORKING in states else busiest
        assert ticket.state is busiest
    elif ticket.state is not TicketState.NEEDS_INFO:
        assert not states


def each_leg_has_its_clocks(life: Life) -> None:
    """C2 runs while a leg waits, C4 while it is open; question, hold or the centre pause it."""
    ticket = life.ticket
    waiting = {leg.number for leg in ticket.legs if leg.state in WAITING}
    still = {leg.number for leg in ticket.legs if leg.state is LegState.WAITLISTED}
    if ticket.state is TicketState.NEEDS_INFO and ticket.asking:
        still |= {ticket.asking}
    still |= {leg.number for leg in ticket.legs if leg.with_centre}
    still &= {leg.number for leg in ticket.open_legs}
    assert {one.leg for one in ticket.clocks if one.clock is Clock.C2} == waiting
    c4 = [one for one in ticket.clocks if one.clock is Clock.C4]
    assert sorted(one.leg for one in c4) == sorted(leg.number for leg in ticket.open_legs)
    assert {one.leg for one in c4 if one.paused} == still


def an_end_has_a_reason(life: Life) -> None:
    """Hear why from a closed ticket, and from no other."""
    closed = life.ticket.state is TicketState.CLOSED
    assert (life.ticket.closed_because is not None) is closed


def silence_counts_only_when_reached(life: Life) -> None:
    """Whenever it is the citizen's turn, a receipt is waited for, and C5 needs one."""
    ticket = life.ticket
    assert (ticket.awaited is not None) is (ticket.state in WAITS_FOR_CITIZEN)
    if ticket.clock(Clock.C5):
        notice = ticket.awaited
        assert notice
        assert notice.reached


def what_was_refused_can_be_appealed(life: Life) -> None:
    """Whenever it is the citizen's turn, BANDING takes each refused share to an appeal (9).

    Also where others did theirs; and it is that agency whose answer the appeal is about.
    """
    ticket = life.ticket
    if ticket.state not in {TicketState.RESOLVED, TicketState.DECLINED}:
        return
    for leg in ticket.legs[ticket.past :]:
        if leg.state is LegState.NOT_DONE:
            wish = c.Appeal(share=leg.number, words="x")
            made = decide(ticket, wish, Actor(Role.CITIZEN), life.now)
            assert not isinstance(made, Refusal)
            assert evolve(ticket, made[0]).contested == leg.number


def nobody_is_left_silent(life: Life) -> None:
    """Nobody hears nothing for more than 14 days while the house is open."""
    clock = life.ticket.clock(Clock.C8)
    if life.ticket.state in OPEN and clock and not life.shut:
        assert life.now - clock.since <= SILENCE


def who_waits_long_is_heard_above(life: Life) -> None:
    """Past sixty working days of its citizen's clock a ticket is at level 3, or rises daily (8).

    Whoever has it and however often it changed hands, also on a waiting list, in an appeal and in
    a vault; where the target itself is sixty days, once those below had their time.
    """
    ticket, citizen = life.ticket, life.ticket.clock(Clock.CITIZEN)
    if citizen is None or ticket.state not in AGENCYS | DESKS:
        return
    days = max(60, 15 + resolve_days(life.district.services.get(ticket.service)))
    late = due_at(ticket, citizen, life.district, only=days)
    if late and late <= life.now and ticket.level < 3:
        soon = [one for one in plan(ticket, life.district) if one.at <= life.now + A_DAY]
        assert c.Breach in {type(one.command) for one in soon}


def the_log_tells_the_ticket(life: Life) -> None:
    """Replaying the log, stored and read back, rebuilds the ticket; each hash fits (6)."""
    stored = msgspec.json.decode(msgspec.json.encode(life.entries), type=list[log.Entry])
    assert log.replay(stored) == life.ticket
    assert log.first_broken(stored) is None
    assert len(stored) == life.ticket.events
    body = msgspec.json.encode(life.ticket)
    assert msgspec.json.decode(body, type=Ticket) == life.ticket


def told_or_silent(life: Life) -> None:
    """Give each event exactly one notice, or a stated reason for none (5)."""
    ticket = None
    for entry in life.entries:
        ticket = evolve(ticket, entry.event)
        said = notice(entry.event, ticket, "", VOICES["id"])
        assert said.text if isinstance(said, Reply) else said.reason
        if ticket.sensitivity == "vault":
            assert isinstance(said, Silent)
