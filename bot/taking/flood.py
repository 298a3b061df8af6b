"""How fast one person may write to us before we ask for patience."""

from datetime import datetime
from enum import Enum

from conversations.messages import Address

BURST = 15  # messages that may come at once, however low the rate is
REMEMBERED = 10_000  # people; the others start afresh
MINUTE = 60.0


class Pace(Enum):
    """What to do with one more message."""

    ANSWER = "answer"
    ASK_FOR_PATIENCE = "patience"
    PASS_OVER = "pass over"  # noqa: S105 - no password


class Flood:
    """A bucket per person, filled at *rate* messages a minute; 0 lifts the limit."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._buckets: dict[Address, tuple[float, float, bool]] = {}

    def pace(self, sender: Address, now: datetime) -> Pace:
        """Count one message of *sender* and say what to do with it."""
        if not self._rate:
            return Pace.ANSWER
        at, size = now.timestamp(), max(BURST, self._rate)
        before, left, told = self._buckets.pop(sender, (at, size, False))
        left = min(size, left + (at - before) * self._rate / MINUTE)
        pace = _pace(left, told=told)
        self._buckets[sender] = (at, max(0.0, left - 1), pace is not Pace.ANSWER)
        if len(self._buckets) > REMEMBERED:
            del self._buckets[next(iter(self._buckets))]
        return pace

    def forgive(self, sender: Address) -> None:
        """Take back one message of *sender*: it was not taken, and will come again."""
        if bucket := self._buckets.get(sender):
            at, left, _ = bucket
            self._buckets[sender] = (at, left + 1, False)


def _pace(left: float, *, told: bool) -> Pace:
    if left >= 1:
        return Pace.ANSWER
    return Pace.PASS_OVER if told else Pace.ASK_FOR_PATIENCE
