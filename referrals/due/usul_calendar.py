"""The monthly round of proposals for the registry: on which days whose turn it is."""

from datetime import date

from msgspec import Struct

from referrals.district.days import A_DAY
from referrals.district.directory import Decider, District, Milestone, Usul
from referrals.ticket import LegState, Ticket

DECEMBER = 12


class Round(Struct, frozen=True):
    """The days of one month's round."""

    closes: date  # the last day on which the village passes proposals on
    meets: date  # by then the village meeting decided
    approves_from: date
    approves_until: date  # by then the district approved; central government comes after


def round_of(usul: Usul, proposed: date) -> Round:
    """Return the round that takes a proposal of the day *proposed*, perhaps the next month's."""
    first = proposed.replace(day=1)
    if proposed.day > usul.proposals_until:
        first = _next_month(first)
    return Round(
        closes=first.replace(day=usul.proposals_until),
        meets=first.replace(day=usul.meeting_until),
        approves_from=first.replace(day=usul.approval_from),
        approves_until=first.replace(day=usul.approval_until),
    )


def current_round(usul: Usul, proposed: date, today: date) -> Round:
    """Return the round that a proposal of the day *proposed* is in *today*, or waits for."""
    first = round_of(usul, proposed)
    return first if today <= first.approves_until else round_of(usul, today)


def next_approval(usul: Usul, today: date) -> date:
    """Return by when the district approves next what village meetings decided before *today*."""
    first = today.replace(day=1)
    if today.day > usul.approval_until:
        first = _next_month(first)
    return first.replace(day=usul.approval_until)


def way_of(district: District, service: str) -> Usul | None:
    """Return the way that *service* goes where others decide about it, else None."""
    usul = district.usul
    return usul if usul and service in usul.services else None


def waits_for(usul: Usul, ticket: Ticket) -> Milestone | None:
    """Return the step ahead of *ticket*: the one its waiting list names, else the next one.

    None behind the last one.
    """
    leg = ticket.busiest_leg
    waits = leg is not None and leg.state is LegState.WAITLISTED
    named = step_called(usul, leg.stage) if leg and waits else None
    return named or ahead(usul, (ticket.milestone,))


def step_called(usul: Usul, code: str) -> Milestone | None:
    """Return the step with *code*, or None."""
    return next((step for step in usul.milestones if step.code == code), None)


def is_centres(step: Milestone | None) -> bool:
    """Tell whether central government decides about *step*."""
    return step is not None and step.by is Decider.CENTRE


def reached(usul: Usul, codes: tuple[str, ...]) -> tuple[Milestone, ...]:
    """Return the milestones among *codes*, in the order of the way; unknown codes are none."""
    return tuple(each for each in usul.milestones if each.code in codes)


def published(usul: Usul, approved: date) -> date | None:
    """Return the last day of the first month with a national edition, *approved*'s or a later one.

    No result comes earlier. None where the row names no months.
    """
    first = approved.replace(day=1)
    for _ in range(DECEMBER):
        after = _next_month(first)
        if first.month in usul.editions:
            return after - A_DAY
        first = after
    return None


def ahead(usul: Usul, codes: tuple[str, ...]) -> Milestone | None:
    """Return the milestone after the farthest of *codes*, or None behind the last one."""
    passed = [at for at, each in enumerate(usul.milestones) if each.code in codes]
    rest = usul.milestones[passed[-1] + 1 if passed else 0 :]
    return rest[0] if rest else None


def _next_month(first: date) -> date:
    if first.month == DECEMBER:
        return date(first.year + 1, 1, 1)
    return first.replace(month=first.month + 1)
