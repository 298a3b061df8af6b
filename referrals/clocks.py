"""The names of the clocks, what a transition does to them, and a clock that was started.

Nothing here counts time: a clock holds the instants at which it started, paused and went on, and
`referrals.due.dues` reckons from them, with the calendar of today, when it is due.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Clock(StrEnum):
    """What is timed (lifecycle, table of clocks)."""

    CITIZEN = "citizen"  # from filing to closing; never restarts
    C1 = "C1"  # verify
    C2 = "C2"  # accept by the agency
    C3 = "C3"  # first substantive reply
    C4 = "C4"  # resolve
    C5 = "C5"  # the citizen's reply
    C6 = "C6"  # clarification
    C7 = "C7"  # refer again: each share that came back has its own
    C8 = "C8"  # heartbeat
    C9 = "C9"  # outcome question
    C10 = "C10"  # appeal
    C11 = "C11"  # have the notice that waits for its citizen reach them


class Does(StrEnum):
    """What happens to a clock."""

    START = "start"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    HALVE = "halve"


class Tick(Struct, frozen=True):
    """One thing done to one clock."""

    does: Does
    clock: Clock


class Pause(Struct, frozen=True):
    """A time in which a clock stood still; *until* is None while it does."""

    since: datetime
    until: datetime | None = None


class Running(Struct, frozen=True, omit_defaults=True):
    """A clock that was started, and has not been stopped."""

    clock: Clock
    since: datetime
    leg: int = 0  # whose clock; 0 is the ticket's own
    pauses: tuple[Pause, ...] = ()
    half: bool = False  # it has half its usual time
    reminded: int = 0  # how often the citizen was reminded
    reminded_at: datetime | None = None
    breached: int = 0  # the level that was told that it ran out
    breached_at: datetime | None = None

    @property
    def paused(self) -> bool:
        """Whether it stands still now."""
        return bool(self.pauses) and self.pauses[-1].until is None


def start(*clocks: Clock) -> tuple[Tick, ...]:
    """Return the starting of *clocks*."""
    return tuple(Tick(Does.START, clock) for clock in clocks)


def stop(*clocks: Clock) -> tuple[Tick, ...]:
    """Return the stopping of *clocks*."""
    return tuple(Tick(Does.STOP, clock) for clock in clocks)


def pause(*clocks: Clock) -> tuple[Tick, ...]:
    """Return the pausing of *clocks*; one that does not run stays as it is."""
    return tuple(Tick(Does.PAUSE, clock) for clock in clocks)


def resume(*clocks: Clock) -> tuple[Tick, ...]:
    """Return the going on of *clocks*; one that was not paused stays as it is.

    Only the citizen's goes on even after it stopped: it never restarts.
    """
    return tuple(Tick(Does.RESUME, clock) for clock in clocks)


def halve(*clocks: Clock) -> tuple[Tick, ...]:
    """Return the halving of the time of *clocks*, for who should have been done already."""
    return tuple(Tick(Does.HALVE, clock) for clock in clocks)
