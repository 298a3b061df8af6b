"""What must be done when with a ticket, if nobody does anything before: the clocks' own work.

Everything planned is a command of the system which the lifecycle grants at that time, and whose
event makes that it is not planned again. An open ticket always has something planned: at the
latest a sign of life to its citizen, which needs no calendar of working days.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from operator import attrgetter
from zoneinfo import ZoneInfo

from referrals import chores
from referrals import commands as c
from referrals.clock_guards import (
    BREACHABLE,
    CONSENT_WINDOW,
    HEARTBEAT,
    HIGHEST,
    OUTCOME_AFTER,
    REMINDERS,
    patience,
)
from referrals.clocks import Clock, Running
from referrals.district.days import A_DAY
from referrals.district.directory import District, Priority
from referrals.district.routing import FALLBACK, closed_to, route
from referrals.due.dues import due_at
from referrals.due.planned import Planned
from referrals.due.rising import breach, drags_on, upwards
from referrals.ticket import LegState, Ticket, TicketState

RECEIPT_WINDOW = timedelta(days=3)  # without a receipt a notice counts as not delivered
AT = attrgetter("at")
REMINDED_AFTER: Mapping[Clock, tuple[int, ...]] = {Clock.C5: (1, 5, 9), Clock.C6: (3, 6, 9)}


def plan(ticket: Ticket, district: District) -> tuple[Planned, ...]:
    """Return what the clocks will do with *ticket*, the earliest first."""
    planned = PLANNERS.get(ticket.state, _at_work)(ticket, district)
    return tuple(sorted(planned, key=AT))


def next_at(ticket: Ticket, district: District) -> datetime | None:
    """Return when *ticket* is to be looked at next, or None: nothing is to be done any more."""
    planned = PLANNERS.get(ticket.state, _at_work)(ticket, district)
    return min(map(AT, planned), default=None)


def _at_work(ticket: Ticket, district: District) -> Iterator[Planned]:
    """Plan for an open ticket: whatever its clocks say."""
    steps = [planner(ticket, district) for planner in (_routing, _citizen, _reviews, drags_on)]
    for one in ticket.clocks:
        if one.clock is Clock.C8:
            steps.append(_heartbeat(one))
        elif one.clock is Clock.C2 and not one.paused:
            steps.append(_acceptance(ticket, one, district))
        elif one.clock in BREACHABLE and not one.paused:
            steps += breach(ticket, one, district), upwards(ticket, one, district)
    return chain.from_iterable(steps)


def _heartbeat(one: Running) -> Iterator[Planned]:
    yield Planned(one.since + HEARTBEAT, chores.Heartbeat())


def _unconsented(ticket: Ticket, _: District) -> Iterator[Planned]:
    yield Planned(ticket.since + CONSENT_WINDOW, c.RefuseConsent())


def _closed(ticket: Ticket, _: District) -> Iterator[Planned]:
    if one := ticket.clock(Clock.C9):
        yield Planned(one.since + OUTCOME_AFTER, chores.AskOutcome())


def _nothing(_: Ticket, __: District) -> Iterator[Planned]:
    return iter(())


PLANNERS: Mapping[TicketState, Callable[[Ticket, District], Iterator[Planned]]] = {
    TicketState.AWAITING_CONSENT: _unconsented,
    TicketState.CLOSED: _closed,
    TicketState.VOID: _nothing,
}


def _routing(ticket: Ticket, district: District) -> Iterator[Planned]:
    """Plan to forward what waited for its citizen's second thoughts, or for their consent.

    What a person looks at (no rule, a question, a reopening) is left to that person.
    """
    seen = ticket.legs or ticket.asked or ticket.reopens
    service = district.services.get(ticket.service)
    if ticket.state is not TicketState.SUBMITTED or seen or service is None:
        return
    urgent = ticket.priority is Priority.P1
    shut = closed_to(district, ticket.kept_out)
    routed = route(district, service, ticket.area, skip=shut, urgent=urgent)
    if routed.rule != FALLBACK:
        agency = routed.agency
        command = c.Route(agency.code, routed.rule, local=routed.local, vault=agency.vault)
        yield Planned(max(ticket.since, ticket.cools_until), command)


def _citizen(ticket: Ticket, district: District) -> Iterator[Planned]:
    """Plan for the time in which it is the citizen's turn, once they were reached."""
    awaited, one = ticket.awaited, patience(ticket)
    if awaited and awaited.reached and one:
        yield from _reminder(ticket, one, district)
    elif awaited and not awaited.failed:
        yield Planned(awaited.since + RECEIPT_WINDOW, chores.Unreached(awaited.of))


def _reminder(ticket: Ticket, one: Running, district: District) -> Iterator[Planned]:
    """Plan the next reminder, a day after the one before at least, or after the last the end."""
    if one.reminded < REMINDERS:
        at = due_at(ticket, one, district, only=REMINDED_AFTER[one.clock][one.reminded])
        step: c.Command = chores.Remind(one.clock, one.reminded + 1)
    else:
        at = due_at(ticket, one, district)
        step = chores.CloseUnanswered()
    if at and one.reminded_at:
        at = max(at, one.reminded_at + A_DAY)
    if at and one.reminded == REMINDERS and one.clock is Clock.C6:
        step = chores.GiveUpWaiting(at)
    if at:
        yield Planned(at, step)


def _reviews(ticket: Ticket, district: District) -> Iterator[Planned]:
    """Plan to go on with each leg of a waiting list on the day of its review."""
    for leg in ticket.legs:
        if leg.state is LegState.WAITLISTED and leg.review:
            opens = time.fromisoformat(district.calendar.opens)
            zone = ZoneInfo(district.calendar.zone)
            at = datetime.combine(leg.review, opens, zone).astimezone(UTC)
            yield Planned(at, c.Resume(leg.number))


def _acceptance(ticket: Ticket, one: Running, district: District) -> Iterator[Planned]:
    """Plan to take a leg away from who does not accept; a vault's stays, and three hear of it.

    The desk's own stays as well: it is where others' come back to. Those above hear of it by the
    clocks of its first answer and its end.
    """
    leg = ticket.leg(one.leg)
    stays = leg is not None and (leg.overdue >= HIGHEST or leg.agency == district.desk)
    if not stays and (at := due_at(ticket, one, district)):
        yield Planned(at, chores.ReportOverdue(one.leg, at))
