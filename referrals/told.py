"""Who above was told already of a delay: one delay may be seen by several clocks."""

from datetime import datetime
from operator import attrgetter

from msgspec import Struct

from referrals.clocks import Clock, Running
from referrals.ticket import Ticket

BREACHED = attrgetter("breached")
TWINS = frozenset({Clock.C3, Clock.C4})  # of one leg: one office, one delay


class Told(Struct, frozen=True):
    """Up to which level somebody was told, and when last."""

    level: int = 0
    at: datetime | None = None


def told(ticket: Ticket, one: Running) -> Told:
    """Return who was told of the delay that *one* times, by whichever clock saw it.

    The citizen's own clock has no level but the ticket's. An office's head is told by the
    office's own clocks; those above, whom the citizen's clock told since, are not told again.
    """
    if not any(map(BREACHED, ticket.clocks)):  # as with every new ticket
        return Told(ticket.level if one.clock is Clock.CITIZEN else 0)
    same = _same_delay(ticket, one)
    level = ticket.level if one.clock is Clock.CITIZEN else _highest(same)
    return Told(level, max((by.breached_at for by in same if by.breached_at), default=None))


def _same_delay(ticket: Ticket, one: Running) -> tuple[Running, ...]:
    """Return the clocks that told of the delay of *one*: of the citizen's own, whichever did."""
    if one.clock is Clock.CITIZEN:
        return ticket.clocks
    twins = [other for other in ticket.clocks if _is_twin(other, one)]
    whole = ticket.clock(Clock.CITIZEN)
    since = whole is not None and whole.breached_at is not None and whole.breached_at >= one.since
    return (*twins, whole) if whole and since and _highest(tuple(twins)) else tuple(twins)


def _is_twin(other: Running, one: Running) -> bool:
    same = other.clock is one.clock or {other.clock, one.clock} <= TWINS
    return same and other.leg == one.leg


def _highest(clocks: tuple[Running, ...]) -> int:
    return max(one.breached for one in clocks)
