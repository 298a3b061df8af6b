"""How a ticket stands in lists of work: as a whole, and for each office that has a share of it."""

from collections.abc import Iterable
from datetime import datetime
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from referrals.clocks import Clock, Running
from referrals.district.directory import District
from referrals.due.dues import due_and_risk
from referrals.states import AT_THE_AGENCY, OVER, STANDING, Turn, whose_turn
from referrals.ticket import ANSWERED_LEGS, OPEN_LEGS, Leg, LegState, Ticket, TicketState

DUE, RISK = attrgetter("due"), attrgetter("risk")
WHOLE = 0  # the leg by which a ticket as a whole is known
OFFICES = frozenset({Clock.C1, Clock.C2, Clock.C3, Clock.C4, Clock.C7, Clock.C10})
TO_BE_HEARD = frozenset({TicketState.RESOLVED, TicketState.DECLINED, TicketState.APPEAL})


class Share(Struct, frozen=True, kw_only=True):
    """A ticket as whoever has *leg* of it sees it: whose turn it is, and by when."""

    leg: int
    agency: str  # whose it is; of a whole ticket, who has it now, "" where nobody has
    state: TicketState
    turn: Turn
    due: datetime | None = None  # None: nothing is, or the calendar does not know the year
    risk: datetime | None = None  # from when on a quarter of the time is left


class Pressing(Struct, frozen=True):
    """A clock that runs against an office: of which leg, and when it presses."""

    clock: Clock
    leg: int
    due: datetime | None
    risk: datetime | None


def shares(ticket: Ticket, district: District) -> tuple[Share, ...]:
    """Return how *ticket* stands: as a whole first, then for each leg.

    A leg that was taken back is nobody's: its office is not named, and sees it in no list.
    """
    now = ticket.open_leg
    pressing = [_pressing(ticket, one, district) for one in ticket.clocks if _presses(ticket, one)]
    whole = _share(ticket, None, now.agency if now else "", pressing)
    if whole.turn == "agency" and district.desk in {leg.agency for leg in ticket.open_legs}:
        whole = replace(
            whole, turn="desk"
        )  # it is an office like any there, and its own share waits
    return whole, *(_of(ticket, leg, pressing) for leg in ticket.legs)


def _pressing(ticket: Ticket, one: Running, district: District) -> Pressing:
    return Pressing(one.clock, one.leg, *due_and_risk(ticket, one, district))


def _of(ticket: Ticket, leg: Leg, pressing: Iterable[Pressing]) -> Share:
    agency = "" if leg.state is LegState.RECALLED else leg.agency
    own = [one for one in pressing if one.leg == leg.number and one.clock is not Clock.C7]
    return _share(ticket, leg, agency, own)


def _share(ticket: Ticket, leg: Leg | None, agency: str, pressing: Iterable[Pressing]) -> Share:
    return Share(
        leg=leg.number if leg else WHOLE,
        agency=agency,
        state=_standing(ticket, leg) if leg else ticket.state,
        turn=_turn(ticket, leg) if leg else whose_turn(ticket),
        due=min(filter(None, map(DUE, pressing)), default=None),
        risk=min(filter(None, map(RISK, pressing)), default=None),
    )


def _presses(ticket: Ticket, one: Running) -> bool:
    """Tell whether *one* runs against an office: one that stands still does not.

    That a notice reaches its citizen becomes the desk's task once it is known not to.
    """
    if one.clock is Clock.C11:
        return ticket.awaited is not None and ticket.awaited.failed and not one.paused
    return one.clock in OFFICES and not one.paused


def _standing(ticket: Ticket, leg: Leg) -> TicketState:
    at_work = ticket.state in AT_THE_AGENCY
    return STANDING.get(leg.state, ticket.state) if at_work else ticket.state


def _turn(ticket: Ticket, leg: Leg) -> Turn:
    """Return whose turn it is for *leg*'s office: a question to the citizen holds up one leg."""
    if ticket.state in OVER:
        return "nobody"
    if leg.state not in OPEN_LEGS:
        waits = leg.state in ANSWERED_LEGS and ticket.state in TO_BE_HEARD
        return whose_turn(ticket) if waits else "nobody"
    asked = ticket.state is TicketState.NEEDS_INFO and ticket.asking in {WHOLE, leg.number}
    return "citizen" if asked else "agency"
