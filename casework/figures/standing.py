"""What is counted of a ticket that is still open, as it stands now."""

from collections.abc import Iterator
from datetime import datetime

from casework.figures.answers import promised
from casework.figures.kinds import Kind
from casework.figures.silences import OFFICES_TURN
from casework.figures.steps import holder
from referrals.district.days import day_in
from referrals.district.directory import District
from referrals.states import OVER
from referrals.ticket import LegState, Ticket
from storage.figures.counted import Row


def standing(ticket: Ticket, district: District, word: datetime | None) -> Iterator[Row]:
    """Yield what is counted of *ticket* while it is open; *word* is the last of an office."""
    if ticket.state in OVER:
        return
    zone = district.calendar.zone
    office = holder(ticket, district)
    waits = _day(ticket.opened_at, zone)
    yield Row(Kind.OPEN, waits, office)
    until = promised(ticket, district) if ticket.state in OFFICES_TURN else None
    if until is not None:
        yield Row(Kind.PROMISED, _day(until, zone), office)
    if word is not None:
        yield Row(Kind.UNHEARD, _day(word, zone), office)
    for leg in ticket.open_legs:
        yield Row(Kind.HELD, waits, leg.agency)
        if leg.with_centre is not None:
            yield Row(Kind.AT_CENTRE, _day(leg.with_centre, zone), leg.agency)
        elif leg.state is LegState.WAITLISTED:
            yield Row(Kind.WAITLISTED, _day(leg.since, zone), leg.agency)


def _day(at: datetime, zone: str) -> int:
    return day_in(zone, at).toordinal()
