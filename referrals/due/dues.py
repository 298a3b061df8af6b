"""When each of a ticket's clocks is due, by the district's calendar as it is today.

Nothing of this is stored: a clock holds the instants at which it started, paused and went on, so
that every date is found anew after a pause, a transfer or a change of the calendar (lifecycle,
table of clocks). Clocks of working days count office time (`referrals.district.office_time`);
tickets of priority P1 read hours round the clock for working days.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from msgspec import Struct

from referrals.clocks import Clock, Running
from referrals.district.directory import District, Priority, Service
from referrals.district.office_time import SECOND, Offices, offices
from referrals.district.working_days import UnknownYear, WorkCalendar
from referrals.ticket import Ticket

WORKING_DAYS: Mapping[Clock, int] = {
    Clock.C1: 3,
    Clock.C2: 2,
    Clock.C3: 5,
    Clock.C6: 10,
    Clock.C7: 1,
    Clock.C10: 14,
    Clock.C11: 5,
}  # C4: the service's own target
DAYS: Mapping[Clock, int] = {Clock.C5: 10, Clock.C8: 14, Clock.C9: 28}
URGENT = frozenset({Clock.C1, Clock.C2, Clock.C3, Clock.C4, Clock.C7, Clock.CITIZEN})
BY_KIND: Mapping[str, int] = {"information": 5, "need": 14, "complaint": 14}
OVERSIGHT = 60  # a complaint about an office itself
AN_HOUR = 3600 * SECOND
A_DAY = 24 * AN_HOUR
MICROSECOND = timedelta(microseconds=1)
AT_RISK = 4  # a quarter of the time is left


class Due(Struct, frozen=True):
    """When a clock runs out."""

    clock: Clock
    leg: int  # whose; 0 is the ticket's own
    at: datetime | None  # UTC; None: the calendar does not know the year. Never guessed
    paused: bool = False  # it stands still: *at* is when it were due had it gone on at once
    at_risk: datetime | None = None  # of C4: from when on a quarter of the time is left


class Pace(Struct, frozen=True):
    """How a clock counts: its unit, in microseconds, and whose hours; None is round the clock."""

    unit: int
    hours: Offices | None = None

    def passed(self, start: datetime, end: datetime) -> int:
        """Return how much of the clock's time passed, in microseconds; raises UnknownYear."""
        if self.hours:
            return self.hours.between(start, end)
        return (end - start) // MICROSECOND

    def after(self, start: datetime, amount: int) -> datetime:
        """Return when *amount* of the clock's time will have passed; raises UnknownYear."""
        if self.hours:
            return self.hours.after(start, amount)
        return start.astimezone(UTC) + timedelta(microseconds=amount)


class Terms(Struct, frozen=True):
    """What a clock of like tickets is given, and how it counts."""

    units: int  # working days, hours for P1, else days; 0: the citizen's own, which only counts
    pace: Pace

    def given(self, one: Running) -> float:
        """Return how many units *one* has."""
        return self.units / 2 if one.half else self.units


DAY_AND_NIGHT = Pace(A_DAY)
HOURS = Pace(AN_HOUR)


def dues(ticket: Ticket, district: District) -> tuple[Due, ...]:
    """Return when each clock of *ticket* is due, but the citizen's own, which only counts."""
    return tuple(_due(ticket, one, district) for one in ticket.clocks if _ends(one))


def due_at(
    ticket: Ticket, one: Running, district: District, *, more: int = 0, only: float | None = None
) -> datetime | None:
    """Return when *one* is due; *more* units later, or when *only* so many units have passed.

    None where the calendar does not know the year.
    """
    terms = _terms(district, ticket.service, ticket.priority, one.clock)
    units = terms.given(one) if only is None else only
    return _after(one, units + more, terms.pace)


def due_and_risk(
    ticket: Ticket, one: Running, district: District
) -> tuple[datetime | None, datetime | None]:
    """Return when *one* is due, and from when on a quarter of its time is left."""
    terms = _terms(district, ticket.service, ticket.priority, one.clock)
    units = terms.given(one)
    return _after(one, units, terms.pace), _after(one, units - units / AT_RISK, terms.pace)


@lru_cache(maxsize=4096)  # the rows do not change while a district is known, and few differ
def _terms(district: District, service: str, priority: Priority, clock: Clock) -> Terms:
    units = _units(district.services.get(service), priority, clock)
    return Terms(units, _pace(district.calendar, priority, clock))


def _units(service: Service | None, priority: Priority, clock: Clock) -> int:
    if clock is Clock.C4:
        return resolve_days(service)
    if clock is Clock.C2 and priority is not Priority.P1:
        return accept_days(service)
    return DAYS.get(clock) or WORKING_DAYS.get(clock, 0)


def _pace(calendar: WorkCalendar, priority: Priority, clock: Clock) -> Pace:
    if clock in DAYS:
        return DAY_AND_NIGHT
    if priority is Priority.P1 and clock in URGENT:
        return HOURS
    hours = offices(calendar)
    return Pace(hours.a_day, hours)


def accept_days(service: Service | None) -> int:
    """Return the working days to accept: no more than the service's row promises."""
    most = WORKING_DAYS[Clock.C2]
    return min(most, service.respond_days or most) if service else most


def resolve_days(service: Service | None) -> int:
    """Return the working days (P1: hours) to resolve: the service's own, else its class's.

    Classes: PermenPANRB 62/2018, 5 for information, 14 for complaints, 60 where an office itself
    is complained about.
    """
    if service is None:
        return BY_KIND["need"]
    oversight = service.confidential and service.kind == "complaint"
    return service.resolve_days or (OVERSIGHT if oversight else BY_KIND[service.kind])


def _ends(one: Running) -> bool:
    return one.clock is not Clock.CITIZEN


def _due(ticket: Ticket, one: Running, district: District) -> Due:
    if one.clock is Clock.C4:
        at, risk = due_and_risk(ticket, one, district)
    else:
        at, risk = due_at(ticket, one, district), None
    return Due(one.clock, one.leg, at, one.paused, risk)


@lru_cache(maxsize=64)  # lists of work and the next thing to do ask for the same
def _after(one: Running, units: float, pace: Pace) -> datetime | None:
    """Return when *one* has counted *units*; None where the calendar does not know the year."""
    amount = int(units * pace.unit)
    try:
        return _counted(one, amount, pace) if one.pauses else pace.after(one.since, amount)
    except UnknownYear:
        return None


def _counted(one: Running, amount: int, pace: Pace) -> datetime:
    """Return when *amount* has passed, pauses left out."""
    start = one.since
    for pause in one.pauses:
        passed = pace.passed(start, pause.since)
        if passed >= amount:
            return pace.after(start, amount)
        amount -= passed
        start = pause.until or pause.since
    return pace.after(start, amount)
