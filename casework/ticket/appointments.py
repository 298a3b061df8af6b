"""When a ticket is looked at next: one timer a ticket, set with whatever changes it."""

from datetime import datetime

import msgspec
import structlog

from referrals.district.days import A_DAY
from referrals.district.directory import District, Priority
from referrals.due.listing import shares
from referrals.due.watching import next_at
from referrals.entries import AT_WORK, WAITING
from referrals.states import OPEN
from referrals.ticket import Ticket, TicketState
from storage.timers import NewTimer
from storage.unit import Unit

WAKE, RING_TIMER, UNROUTED, CALL = "ticket", "ring", "unrouted", "call"  # kinds of timers
CALL_FIRST = "added"  # what a citizen added was that they are to be contacted
NOBODYS = frozenset({TicketState.SUBMITTED, TicketState.TRIAGE, TicketState.REFERRED})

log = structlog.get_logger()


def appoint(
    unit: Unit, ticket: Ticket, district: District, now: datetime, channel: str = ""
) -> None:
    """Have *ticket* looked at when the next thing is due; none where nothing ever will be.

    The lists of work say what they say of it by the same calendar; *channel* is its citizen's,
    "" where they know it already.
    """
    unit.list_case(ticket, shares(ticket, district), channel)
    due = next_at(ticket, district)
    if due is None and ticket.state in OPEN:
        log.error("no clock of an open ticket can tell when it is due", code=ticket.code)
        due = now + A_DAY
    if due is None:
        unit.drop_timer(wake_key(ticket.code))
    else:
        unit.wind(wake(ticket.code, due))


def call_out(unit: Unit, before: Ticket | None, ticket: Ticket, now: datetime) -> None:
    """Have those on call rung at once where a matter of life is nobody's, or another office's.

    What its citizen may still take back unseen is told to nobody before.
    """
    if ticket.priority is not Priority.P1 or not unaccepted(ticket):
        return
    rings = before is not None and unaccepted(before)
    if before is None or not rings or len(ticket.legs) > len(before.legs):
        ring_again(unit, ticket.code, 1, max(now, ticket.cools_until))


def unaccepted(ticket: Ticket) -> bool:
    """Tell whether a share of *ticket* waits for its office, or nobody has the ticket at work.

    An office that was added waits although another one is at work.
    """
    states = {leg.state for leg in ticket.legs}
    if ticket.state is TicketState.IN_PROGRESS:
        return bool(states & WAITING)
    return ticket.state in NOBODYS and not states & AT_WORK


def ring_again(unit: Unit, code: str, times: int, due: datetime) -> None:
    """Have those on call for ticket *code* rung for the *times*-th time when it is *due*."""
    unit.set_timer(f"{RING_TIMER}:{code}", RING_TIMER, due, msgspec.json.encode((code, times)))


def rung(body: bytes) -> tuple[str, int]:
    """Return for which ticket a timer rings, and for the how-manieth time."""
    return msgspec.json.decode(body, type=tuple[str, int])


def call_later(unit: Unit, code: str, occasion: str, leg: int, due: datetime) -> None:
    """Have the officer of *leg* asked to make contact about vault ticket *code* when *due*.

    What its citizen asked for stands beside what a clock asks for.
    """
    body = msgspec.json.encode((code, occasion, leg))
    unit.set_timer(f"{CALL}:{code}:{occasion}", CALL, due, body)


def called(body: bytes) -> tuple[str, str, int]:
    """Return about which ticket a timer asks for contact, its letter's wording, and the leg."""
    return msgspec.json.decode(body, type=tuple[str, str, int])


def seek_office_later(unit: Unit, ticket: Ticket) -> None:
    """Have the desk told of *ticket*, which no rule forwards, once it cannot be taken back."""
    key = f"{UNROUTED}:{ticket.code}"
    unit.set_timer(key, UNROUTED, ticket.cools_until, ticket.code.encode())


def wake(code: str, due: datetime) -> NewTimer:
    """Return the timer by which ticket *code* is looked at."""
    return NewTimer(key=wake_key(code), kind=WAKE, due_at=due, body=code.encode())


def wake_key(code: str) -> str:
    """Return the key of the timer by which ticket *code* is looked at."""
    return f"{WAKE}:{code}"
