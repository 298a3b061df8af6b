"""Fold what a transition does to the clocks: they hold instants, and replaying finds the same."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from referrals.clocks import Clock, Does, Pause, Running, Tick
from referrals.entries import LEG_CLOCKS, Transition
from referrals.happened import Happened, LegHappened
from referrals.leg_events import Forwarded
from referrals.states import OVER
from referrals.ticket import LegState, Ticket, TicketState

Clocks = tuple[Running, ...]
ON_THE_LIST = LegState.WAITLISTED
OF_A_LEG = frozenset({*LEG_CLOCKS, Clock.C7})


class _Moment(Struct, frozen=True):
    """When something happened, to which clocks, and in what ticket."""

    at: datetime
    leg: int | None = None  # None: an event of the whole ticket
    starting: int = 0  # the leg whose clocks start
    placed: frozenset[int] = frozenset()  # the legs whose shares look for an agency no more
    over: bool = False
    still: frozenset[int] = frozenset()  # the legs whose clocks do not go on


def ticked(ticket: Ticket, entry: Transition, event: Happened) -> Ticket:
    """Return *ticket*, whose legs were moved already, with its clocks as *entry* says."""
    leg = event.leg if isinstance(event, LegHappened) else None
    moment = _Moment(
        event.at,
        leg,
        len(ticket.legs) if entry.opens_leg else leg or 0,
        placed=_placed(ticket, event),
        over=entry.to in OVER,
        still=_still(ticket, entry),
    )
    return replace(ticket, clocks=_all(ticket.clocks, entry.clocks, moment))


def _still(ticket: Ticket, entry: Transition) -> frozenset[int]:
    """Return the legs that wait in a list, for central government or for the citizen."""
    legs = {one.number for one in ticket.legs if one.with_centre or one.state is ON_THE_LIST}
    asked = ticket.state is TicketState.NEEDS_INFO and not entry.back
    return frozenset(legs | ({ticket.asking} - {0} if asked else set()))


def _placed(ticket: Ticket, event: Happened) -> frozenset[int]:
    """Return the legs whose shares *event* decides: the one it forwards, else all of them."""
    return frozenset(event.placed(ticket) if isinstance(event, Forwarded) else ticket.unplaced)


def heard(ticket: Ticket, at: datetime) -> Ticket:
    """Return *ticket* whose citizen heard of it, or spoke, at *at*: C8 starts anew."""
    clocks = _started(ticket.clocks, Clock.C8, _Moment(at))
    return replace(ticket, clocks=clocks)


def _all(clocks: Clocks, ticks: Iterable[Tick], moment: _Moment) -> Clocks:
    for tick in ticks:
        clocks = DOING[tick.does](clocks, tick.clock, moment)
    return clocks


def _started(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    leg = moment.starting if clock in OF_A_LEG else 0
    others = [one for one in clocks if one.clock is not clock or one.leg != leg]
    return (*others, Running(clock, moment.at, leg))


def _stopped(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    """Return the others; the citizen's own is only paused, for it never restarts."""
    if clock is Clock.CITIZEN:
        return _paused(clocks, clock, moment)
    return tuple(
        one
        for one in clocks
        if one.clock is not clock or not (moment.over or _is_its(one, moment))
    )


def _paused(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    return tuple(
        replace(one, pauses=(*one.pauses, Pause(moment.at)))
        if one.clock is clock and _is_its(one, moment) and not one.paused
        else one
        for one in clocks
    )


def _resumed(clocks: Clocks, clock: Clock, moment: _Moment) -> Clocks:
    return tuple(
        replace(one, pauses=(*one.pauses[:-1], replace(one.pauses[-1], until=moment.at)))
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
