"""Decide what a command does to a ticket, and fold what happened into it. Both are pure."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter
from typing import Any, cast

from msgspec.structs import asdict

from referrals.attempts import Attempt, Why
from referrals.choosing import Refusal, choose
from referrals.commands import Command, Overturn
from referrals.events import ConsentAwaited, Event, Submitted
from referrals.folding import folded, opened
from referrals.happened import Happened
from referrals.leg_events import AgencyAdded, MilestoneReached, Referred
from referrals.objections import AboutShare, Appeal
from referrals.roles import Role
from referrals.ticket import Actor, Leg, Ticket
from referrals.transitions import ENTRIES

OFFICERS = frozenset({Role.VERIFIER, Role.SUPERVISOR, Role.APPEAL_OFFICER})


def decide(
    ticket: Ticket | None, command: Command, actor: Actor, now: datetime
) -> tuple[Event, ...] | Refusal:
    """Return what happens when *actor* wants *command* done at *now*, or why it does not.

    Whether a citizen is this ticket's citizen is not asked here: the ticket does not know.
    Raises ValueError for a *now* without a zone.
    """
    if now.tzinfo is None:
        raise ValueError("an instant without a zone is nobody's time")
    at = now.astimezone(UTC)
    if ticket is None:
        return _opening(command, actor, at)
    entry = choose(Attempt(ticket, command, actor, at))
    if isinstance(entry, Refusal):
        return entry
    return (_made(entry.event, command, actor, at, ticket),)


def evolve(ticket: Ticket | None, event: Event) -> Ticket:
    """Return *ticket* after *event*; raises ValueError for a log that tells no story."""
    if ticket is not None:
        return folded(ticket, event)
    if isinstance(event, Submitted | ConsentAwaited):
        return opened(event)
    raise ValueError("a ticket begins with its submission")


def _opening(command: Command, actor: Actor, at: datetime) -> tuple[Event, ...] | Refusal:
    entry = ENTRIES[type(command)][0]
    if entry.sources:
        return Refusal(Why.NOT_NOW, entry.row)
    if actor.role not in entry.roles:
        return Refusal(Why.NOT_YOURS, entry.row)
    return (_made(entry.event, command, actor, at, None),)


def _made(
    kind: type[Happened], command: Command, actor: Actor, at: datetime, ticket: Ticket | None
) -> Event:
    """Return the event of *kind*: it repeats what the command said, under the same names."""
    known = {
        "at": at,
        "by": actor.id if actor.role in OFFICERS else "",
        "share": 0,
        "delivered_at": ticket.awaited.reached if ticket and ticket.awaited else None,
        **asdict(command),
    }
    if ticket and "leg" not in known:
        known["leg"] = _leg_number(kind, ticket, actor, command)
    names = kind.__struct_fields__
    return cast("Event", kind(**dict(zip(names, _taking(names)(known), strict=True))))


@cache
def _taking(names: tuple[str, ...]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    """Return what takes the values of *names*, of which there are several, out of all known."""
    return itemgetter(*names)


def _leg_number(kind: type[Happened], ticket: Ticket, actor: Actor, command: Command) -> int:
    """Return the leg of an event whose command names none: new, the teller's, or the answered."""
    if kind in {Referred, AgencyAdded}:
        return len(ticket.legs) + 1
    if issubclass(kind, MilestoneReached):
        return _own_leg(ticket, actor)
    leg = _answer_at_issue(ticket, command)
    return leg.number if leg else 0


def _answer_at_issue(ticket: Ticket, command: Command) -> Leg | None:
    """Return the leg whose answer *command* is about: the named one, the refused, the last done.

    What an appeal overturns is what it was about.
    """
    match command:
        case AboutShare() if command.share:
            return ticket.leg(command.share)
        case Appeal():
            return ticket.refused[-1] if ticket.refused else None
        case Overturn() if ticket.contested:
            return ticket.leg(ticket.contested)
        case _:
            return ticket.answered_leg


def _own_leg(ticket: Ticket, actor: Actor) -> int:
    """Return the open leg of the agency that acts; the desk speaks of the newest."""
    mine = [leg for leg in ticket.open_legs if leg.agency == actor.id]
    leg = mine[-1] if mine else ticket.open_leg
    return leg.number if leg else 0
