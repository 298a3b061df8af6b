"""What the village meeting decides about, and which cases of it are somebody's to see."""

from datetime import datetime

from msgspec.structs import replace

from casework.access.scope import sees
from casework.board.sieving import sieve_for
from casework.staff.person import Staff
from referrals.district.directory import District
from referrals.due.usul_calendar import step_called
from referrals.states import OVER
from referrals.ticket import Ticket
from storage.store import Store

MOST = 100  # cases of one service in one agenda


def topics(district: District) -> tuple[str, ...]:
    """Return the codes of the services that the village meeting decides about."""
    usul = district.usul
    if usul is None:
        return ()
    known = (*usul.services, *usul.discussed)
    return tuple(code for code in dict.fromkeys(known) if code in district.services)


def undecided(ticket: Ticket, district: District) -> bool:
    """Tell whether no meeting has agreed to *ticket* yet, nor anybody after one."""
    usul = district.usul
    if usul is None or ticket.service not in topics(district):
        return False
    codes = [step.code for step in usul.milestones]
    here, meeting = step_called(usul, ticket.milestone), step_called(usul, usul.meeting)
    if meeting is None or here is None:
        return True
    return codes.index(here.code) < codes.index(meeting.code)


def agreed(ticket: Ticket, district: District) -> bool:
    """Tell whether a meeting agreed to *ticket*, which is what is typed into the registry then."""
    open_ = ticket.service in topics(district) and ticket.state not in OVER
    return open_ and not undecided(ticket, district)


async def of_village(store: Store, district: District, staff: Staff) -> tuple[Ticket, ...]:
    """Return the open cases that *staff*'s next meeting decides about, the oldest first.

    Those are all that came in since the last one, and those that it put off.
    """
    found = await _discussed(store, district, staff)
    return tuple(one for one in found if undecided(one, district))


async def agreed_of(store: Store, district: District, staff: Staff) -> tuple[Ticket, ...]:
    """Return the open cases to which *staff*'s meetings agreed, the oldest first."""
    found = await _discussed(store, district, staff)
    return tuple(one for one in found if agreed(one, district))


async def _discussed(store: Store, district: District, staff: Staff) -> tuple[Ticket, ...]:
    base = sieve_for(staff, district)
    if base is None:
        return ()
    found: dict[str, Ticket] = {}
    for code in topics(district):
        rows = await store.listed(replace(base, service=code), None, MOST)
        found |= {row.ticket.code: row.ticket for row in rows}
    fit = (one for one in found.values() if sees(staff, one, district))
    return tuple(sorted(fit, key=_age))


def _age(ticket: Ticket) -> tuple[datetime, str]:
    return ticket.opened_at, ticket.code
