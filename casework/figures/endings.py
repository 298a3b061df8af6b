"""How tickets end, whose answers the citizens agree with, and what comes back."""

from collections.abc import Iterator

from casework.figures.kinds import Kind
from casework.figures.steps import Step
from referrals import events as e
from referrals.district.directory import District, Level
from referrals.states import OVER
from referrals.ticket import ClosedBecause, DeclineReason, Ticket, TicketState
from storage.figures.counted import Row

SOLVED = {
    ClosedBecause.CONFIRMED: Kind.CONFIRMED,
    ClosedBecause.AUTO_CONFIRMED: Kind.AUTO_CONFIRMED,
}
WANT = frozenset({DeclineReason.NO_BUDGET, DeclineReason.QUOTA})
CAME_BACK: dict[type[e.Event], Kind] = {
    e.NotSolved: Kind.NOT_SOLVED,
    e.StillNotSolved: Kind.NOT_SOLVED,
    e.NotReceived: Kind.FALSE_CLOSURE,
    e.Reopened: Kind.REOPENED,
    e.ReopenedAtAgency: Kind.REOPENED,
}


def endings(step: Step) -> Iterator[Row]:
    """Yield what *step* ends, refuses for want of means, or brings back."""
    event = step.entry.event
    if step.after.state is TicketState.CLOSED and step.before.state not in OVER:
        yield from _ended(step)
    if isinstance(event, e.Declined | e.LegNotDone | e.ResolvedInPart) and event.reason in WANT:
        yield step.row(Kind.UNFUNDED, step.office)
    if kind := CAME_BACK.get(type(event)):
        yield step.row(kind, _blamed(step))


def at_village(ticket: Ticket, district: District) -> bool:
    """Tell whether every share of *ticket* that was done was done by a village's own office."""
    rows = [district.agencies.get(leg.agency) for leg in ticket.done]
    return bool(rows) and all(row is not None and row.level is Level.VILLAGE for row in rows)


def _ended(step: Step) -> Iterator[Row]:
    yield step.row(Kind.ENDED, step.answered_by(step.before))
    because = step.after.closed_because
    if because not in SOLVED:
        return
    near = int(at_village(step.before, step.district))
    yield step.row(Kind.SOLVED, step.answered_by(step.before), near)
    for leg in step.before.done:
        yield step.row(SOLVED[because], leg.agency)


def _blamed(step: Step) -> str:
    """Return whose answer came back; logs of a time when nobody was asked name no share."""
    event = step.entry.event
    number = getattr(event, "leg", 0)
    leg = step.before.leg(number)
    return leg.agency if leg else step.answered_by(step.before)
