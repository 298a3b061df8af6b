"""What a status of an office's program asks of the lifecycle: commands, in order. Pure."""

from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct

from casework.desk.asked import in_reach
from referrals import commands
from referrals.district.statuses import Means, OfficeStatus
from referrals.entries import AT_WORK, WAITING
from referrals.guards import REVIEW_WINDOW
from referrals.ticket import Leg, LegState

FIRST_TAKEN = frozenset({Means.RESOLVE, Means.DECLINE, Means.HOLD})  # from a case at work only
DATED = frozenset({Means.ACCEPT, Means.HOLD})


class Report(Struct, frozen=True, kw_only=True):
    """A status with what came beside it."""

    status: OfficeStatus
    today: date
    reason: str = ""
    better: str = ""
    expected: date | None = None
    unproven: bool = False  # a proof of work is demanded, and none came


def lacks_something(report: Report) -> bool:
    """Tell whether a proof or a possible day is missing; what its step asks the desk knows."""
    means, day = report.status.means, report.expected
    if means is Means.RESOLVE and report.unproven:
        return True
    return means in DATED and day is not None and not in_reach(day, report.today)


def reason_of(report: Report) -> str:
    """Return why it was declined: the program's own reason, else the row's."""
    return report.reason or report.status.reason


def steps(report: Report, leg: Leg) -> tuple[commands.Command, ...]:
    """Return what has to happen to *leg*, the last being the status itself; none: no news.

    Programs skip what they hold for obvious: who finished a case took it on, who works on it again
    has it off the waiting list.
    """
    means = report.status.means
    if means is Means.NOTHING or leg.state in STANDS_SO.get(means, frozenset()):
        return ()
    last = MADE[means](report, leg.number)
    if leg.state is LegState.WAITLISTED:
        resumed = commands.Resume(leg=leg.number)
        return (resumed,) if means is Means.ACCEPT else (resumed, last)
    if leg.state in WAITING and means in FIRST_TAKEN:
        return (commands.Accept(leg=leg.number), last)
    return (last,)


def _review(report: Report) -> date:
    """Return when a waiting list is looked at again: 30 days from now at the latest (row 18)."""
    latest = report.today + timedelta(days=REVIEW_WINDOW.days)
    return min(report.expected or latest, latest)


STANDS_SO: dict[Means, frozenset[LegState]] = {
    Means.ACCEPT: AT_WORK,
    Means.HOLD: frozenset({LegState.WAITLISTED}),
}
MADE: dict[Means, Callable[[Report, int], commands.Command]] = {
    Means.ACCEPT: lambda said, leg: commands.Accept(leg=leg, expected=said.expected),
    Means.RESOLVE: lambda _, leg: commands.Resolve(leg=leg),
    Means.DECLINE: lambda said, leg: commands.Decline(leg=leg, reason=reason_of(said)),
    Means.RETURN: lambda said, leg: commands.Return(leg=leg, better=said.better),
    Means.HOLD: lambda said, leg: commands.Hold(leg=leg, review=_review(said)),
    Means.ASK: lambda _, leg: commands.Ask(leg=leg),
}
