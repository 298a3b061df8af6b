"""The monthly round of proposals for the registry: on which days whose turn it is."""

from datetime import date, timedelta

from msgspec import Struct

from referrals.directory import Milestone, Usul

DECEMBER = 12
A_DAY = timedelta(days=1)


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
