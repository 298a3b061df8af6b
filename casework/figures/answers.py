"""A ticket's first answer of substance, and the one that its service promised."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from casework.figures.kinds import Kind
from casework.figures.steps import Step
from referrals import events as e
from referrals.clocks import Clock
from referrals.district.directory import District
from referrals.due.dues import due_at, resolve_days
from referrals.ticket import Ticket, TicketState
from storage.figures.counted import Row

AN_HOUR = timedelta(hours=1)
GIVEN = frozenset({TicketState.RESOLVED, TicketState.DECLINED})
SUBSTANCE = (
    e.PutOnHold | e.MilestoneReached | e.Resolved | e.Declined | e.LegDone | e.LegNotDone
) | (e.ResolvedInPart | e.OutOfScopeFound | e.HandedOver)


def answers(step: Step) -> Iterator[Row]:
    """Yield a first answer, and an answer, where *step* gives one; the caller keeps the first."""
    if _has_substance(step):
        waited = step.entry.at - step.before.opened_at
        yield step.row(Kind.FIRST_ANSWER, step.office, max(waited // AN_HOUR, 0))
    if step.after.state in GIVEN and step.before.state not in GIVEN:
        until = promised(step.before, step.district)
        if until is not None:
            in_time = int(step.entry.at <= until)
            yield step.row(Kind.ANSWERED, step.answered_by(step.after), in_time)


def promised(ticket: Ticket, district: District) -> datetime | None:
    """Return until when *ticket* is to be answered: its service's days on the citizen's clock.

    None where the calendar does not know the year. While the clock stands still it is the time
    that would hold had it gone on at once.
    """
    clock = ticket.clock(Clock.CITIZEN)
    if clock is None:
        return None
    days = resolve_days(district.services.get(ticket.service))
    return due_at(ticket, clock, district, only=days)


def _has_substance(step: Step) -> bool:
    """Tell whether it is more than a receipt (lifecycle, C3), or ends the search for an office."""
    event = step.entry.event
    dated = isinstance(event, e.Accepted) and event.expected is not None
    return dated or isinstance(event, SUBSTANCE)
