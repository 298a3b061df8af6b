"""When those above hear of a delay: by the clocks of whoever is late, and by the citizen's own.

An office's clocks begin anew with every office and stand still on a waiting list; the citizen's
does neither. So a case that is handed round, or put off again and again, rises all the same.
"""

from collections.abc import Iterator
from datetime import timedelta

from referrals import chores
from referrals import commands as c
from referrals.clock_guards import HIGHEST
from referrals.clocks import Clock, Running
from referrals.district.days import A_DAY
from referrals.district.directory import District, Priority
from referrals.district.routing import FALLBACK, closed_to, local_offices, route
from referrals.due.dues import WORKING_DAYS, due_at, resolve_days
from referrals.due.planned import Planned
from referrals.states import AT_THE_AGENCY
from referrals.ticket import LegState, Ticket, TicketState
from referrals.told import Told, told

AN_HOUR = timedelta(hours=1)
LEVEL_2 = 5  # working days (P1: hours) after the breach
LEVEL_3 = 60  # working days of the citizen's clock, but not before level 2 had its time
AT_THE_LATEST = LEVEL_3 - 2 * LEVEL_2  # level 1 of whatever is open by the citizen's clock
CITIZEN_WAITS = AT_THE_AGENCY | {TicketState.SUBMITTED, TicketState.TRIAGE, TicketState.APPEAL}
CAME_BACK = frozenset(
    {LegState.RETURNED, LegState.EXPIRED, LegState.RECALLED, LegState.UNDELIVERABLE}
)


def breach(ticket: Ticket, one: Running, district: District) -> Iterator[Planned]:
    """Plan to tell the next one above of a clock that ran out, who was told before time to act."""
    before = told(ticket, one)
    level = before.level + 1
    if level > HIGHEST:
        return
    at = due_at(ticket, one, district, more=LEVEL_2 * (level - 1))
    if at and level == HIGHEST and (citizen := ticket.clock(Clock.CITIZEN)):
        sixtieth = due_at(ticket, citizen, district, only=LEVEL_3)
        at = max(at, sixtieth) if sixtieth else None
    if at:
        yield _told(ticket, before, chores.Breach(one.clock, one.leg, level, at))


def drags_on(ticket: Ticket, district: District) -> Iterator[Planned]:
    """Plan to tell those above of a case whose citizen waits too long, whoever has it."""
    citizen = ticket.clock(Clock.CITIZEN)
    if citizen is None or ticket.level >= HIGHEST or ticket.state not in CITIZEN_WAITS:
        return
    at = due_at(ticket, citizen, district, only=_levels(ticket, district)[ticket.level])
    if at:
        late = chores.Breach(Clock.CITIZEN, _turn(ticket), ticket.level + 1, at)
        yield _told(ticket, told(ticket, citizen), late)


def upwards(ticket: Ticket, one: Running, district: District) -> Iterator[Planned]:
    """Plan to take a case up from a village or sub-district that let level 2 come."""
    if one.clock is not Clock.C4 or told(ticket, one).level < HIGHEST - 1:
        return
    leg, service = ticket.leg(one.leg), district.services.get(ticket.service)
    if leg is None or service is None:
        return
    if leg.state is not LegState.WORKING or not leg.local:
        return
    at = due_at(ticket, one, district, more=LEVEL_2)
    had = frozenset(other.agency for other in ticket.legs)
    shut = had | local_offices(district) | closed_to(district, ticket.kept_out)
    routed = route(district, service, ticket.area, skip=shut)
    if at and routed.rule != FALLBACK:
        agency = routed.agency
        up = c.Escalate(leg.number, agency.code, routed.rule, vault=agency.vault)
        yield Planned(at, up)


def step_of(ticket: Ticket) -> timedelta:
    """Return how long lies between two levels at least, also after clocks that nobody read.

    A day; of a P1, whose clocks read hours for days, an hour.
    """
    return AN_HOUR if ticket.priority is Priority.P1 else A_DAY


def _told(ticket: Ticket, before: Told, late: chores.Breach) -> Planned:
    """Return *late* planned for when it is, a step after the level *before*.

    What its citizen may still take back unseen is late for nobody.
    """
    after = before.at + step_of(ticket) if before.at else late.due
    return Planned(max(late.due, after, ticket.cools_until), late)


def _levels(ticket: Ticket, district: District) -> tuple[int, int, int]:
    """Return at which working days (P1: hours) of the citizen's clock the three levels come.

    Handed from office to office, a case is late when the times to verify, to accept and to
    resolve it are over together.
    """
    target = resolve_days(district.services.get(ticket.service))
    first = WORKING_DAYS[Clock.C1] + WORKING_DAYS[Clock.C2] + target
    if not _handed_round(ticket):
        first = max(first, AT_THE_LATEST)
    return first, first + LEVEL_2, max(first + 2 * LEVEL_2, LEVEL_3)


def _handed_round(ticket: Ticket) -> bool:
    """Tell whether a share came back, and nobody looks at an answer anew."""
    anew = ticket.reopens or ticket.state is TicketState.APPEAL
    return not anew and any(leg.state in CAME_BACK for leg in ticket.legs[ticket.past :])


def _turn(ticket: Ticket) -> int:
    """Return the leg whose office the citizen waits for, no waiting list if possible; else 0."""
    if ticket.state not in AT_THE_AGENCY:
        return 0
    legs = sorted(ticket.open_legs, key=lambda leg: leg.state is LegState.WAITLISTED)
    return legs[0].number
