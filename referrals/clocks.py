"""The names of the clocks, and what a transition does to them. Nothing here counts time."""

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
    C7 = "C7"  # refer again
    C8 = "C8"  # heartbeat
    C9 = "C9"  # outcome question
    C10 = "C10"  # appeal


class Does(StrEnum):
    """What happens to a clock."""

    START = "start"
    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"


class Tick(Struct, frozen=True):
    """One thing done to one clock."""

    does: Does
    clock: Clock


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
