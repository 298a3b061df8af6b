"""Ids that a process makes by itself: ordered by time, never the same twice.

63 bits: 41 of milliseconds since 2020, 12 of the worker's node, 10 to count within one
millisecond (a counter that overflows borrows from the next). Workers' clocks should agree to
about a second: the order of two replies to one person, sent by two workers, rests on it.
"""

from datetime import UTC, datetime

from storage.database.instants import to_number

START = to_number(datetime(2020, 1, 1, tzinfo=UTC))
MILLISECOND = 1000  # microseconds
NODE_BITS = 12
COUNT_BITS = 10
NODES = 1 << NODE_BITS
COUNT = 1 << COUNT_BITS


class Ids:
    """The ids of one worker, all above *above*."""

    def __init__(self, node: int, above: int = 0) -> None:
        self._node = node << COUNT_BITS
        self._tick = above >> (NODE_BITS + COUNT_BITS)
        self._count = COUNT

    def next(self, at: int) -> int:
        """Return an id for *at* in microseconds; later calls give larger ones in any case."""
        tick = (at - START) // MILLISECOND
        if tick > self._tick:
            self._tick, self._count = tick, 0
        elif self._count >= COUNT:
            self._tick, self._count = self._tick + 1, 0
        made = self._tick << (NODE_BITS + COUNT_BITS) | self._node | self._count
        self._count += 1
        return made

    def renumber(self, node: int) -> None:
        """Go on as *node*: the old one may be another worker's by now."""
        self._node = node << COUNT_BITS
