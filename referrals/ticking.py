"""Fold what a transition does to the clocks: they hold instants, and replaying finds the same."""

from collections.abc import Callable, Mapping
from datetime import datetime
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from referrals.clocks import Clock, Does, Pause, Running
from referrals.entries import LEG_CLOCKS, Transition
from referrals.happened import Happened, LegHappened
from referrals.leg_events import Forwarded
from referrals.states import OVER
from referrals.ticket import LegState, Ticket, TicketState

Clocks = tuple[Running, ...]
CLOCK = attrgetter("clock")
ON_THE_LIST = LegState.WAITLISTED
OF_A_LEG = frozenset({*LEG_CLOCKS, Clock.C7})


class _Moment(Struct, frozen=True):
    """What happened in a ticket whose legs were moved already, as an entry of the table says."""

    ticket: Ticket
    entry: Transition
    event: Happened

    @property
    def leg(self) -> int | None:
        """The leg to which it happened, None where it is an event of the whole ticket."""
        return self.event.leg if isinstance(self.event, LegHappened) else None

    @property
    def starting(self) -> int:
        """The leg whose clocks start."""
        return len(self.ticket.legs) if self.entry.opens_leg else self.leg or 0

    @property
    def still(self) -> set[int]:
        """The legs that wait in a list, for central government or for the citizen."""
        ticket = self.ticket
        legs = {one.number for one in ticket.legs if one.with_centre or one.state is ON_THE_LIST}
        asked = ticket.state is TicketState.NEEDS_INFO and not self.entry.back
        return legs | ({ticket.asking} - {0} if asked else set())

    @property
    def placed(self) -> tuple[int, ...]:
        """The legs whose shares it decides: the one it forwards, else all of them."""
        event, ticket = self.event, self.ticket
        return event.placed(ticket) if isinstance(event, Forwarded) else ticket.unplaced


def ticked(ticket: Ticket, entry: Transition, event: Happened) -> Ticket:
    """Return *ticket*, whose legs were moved already, with its clocks as *entry* says."""
    if not entry.clocks:
        return ticket
    clocks, moment = ticket.clocks, _Moment(ticket, entry, event)
    for tick in entry.clocks:
        clocks = DOING[tick.does](clocks, tick.clock, moment)
    return replace(ticket, clocks=clocks)


def heard(clocks: Clocks, at: datetime) -> Clocks:
    """Return *clocks* of a ticket whose citizen heard of it, or spoke, at *at*: C8 starts anew."""
    return _anew(clocks, Running(Clock.C8, at))


def _started(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    leg = moment.starting if clock in OF_A_LEG else 0
    return _anew(clocks, Running(clock, moment.event.at, leg))


def _anew(clocks: Clocks, started: Running) -> Clocks:
    """Return *clocks* and *started* as the newest, in the place of one that ran before."""
    clock, leg = started.clock, started.leg
    if clock in map(CLOCK, clocks):
        clocks = tuple([one for one in clocks if one.clock is not clock or one.leg != leg])
    return (*clocks, started)


def _stopped(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    """Return the others; the citizen's own is only paused, for it never restarts."""
    if clock is Clock.CITIZEN:
        return _paused(clocks, clock, moment)
    return tuple(
        one
        for one in clocks
        if one.clock is not clock or not (moment.entry.to in OVER or _is_its(one, moment))
    )


def _paused(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    return tuple(
        replace(one, pauses=(*one.pauses, Pause(moment.event.at)))
        if one.clock is clock and _is_its(one, moment) and not one.paused
        else one
        for one in clocks
    )


def _resumed(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    return tuple(
        replace(one, pauses=(*one.pauses[:-1], replace(one.pauses[-1], until=moment.event.at)))
        if one.clock is clock and one.paused and _goes_on(one, moment)
        else one
        for one in clocks
    )


def _halved(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    return tuple(
        replace(one, half=True) if one.clock is clock and _is_its(one, moment) else one
        for one in clocks
    )


def _is_its(one: Running, moment: _Moment) -> bool:
    """Tell whether the moment is about this clock: the ticket's own, or the leg's in question."""
    about = moment.placed if one.clock is Clock.C7 else {0, moment.leg}
    return one.leg in about


def _goes_on(one: Running, moment: _Moment) -> bool:
    """Tell whether the clock goes on: an answer is for all legs but those that wait otherwise."""
    if one.leg in moment.still:
        return False
    return moment.leg is None or _is_its(one, moment)


DOING: Mapping[Does, Callable[[Clocks, Clock, _Moment], Clocks]] = {
    Does.START: _started,
    Does.STOP: _stopped,
    Does.PAUSE: _paused,
    Does.RESUME: _resumed,
    Does.HALVE: _halved,
}
