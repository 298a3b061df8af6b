"""The monthly round of proposals for the registry: on which days whose turn it is."""

from datetime import date

from msgspec import Struct

from referrals.directory import Milestone, Usul

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


def ahead(usul: Usul, reached: str) -> Milestone | None:
    """Return the milestone after *reached* (empty: the first), or None behind the last one."""
    codes = [step.code for step in usul.milestones]
    at = codes.index(reached) + 1 if reached in codes else 0
    return usul.milestones[at] if at < len(codes) else None


def _next_month(first: date) -> date:
    if first.month == DECEMBER:
        return date(first.year + 1, 1, 1)
    return first.replace(month=first.month + 1)
