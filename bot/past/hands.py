"""Who of the demo's people has which case in hand on its first day: a few each, as on any day."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from bot.demo.staff import account_of, demo_staff
from casework.access.scope import claim_for
from casework.board.holding import Holding
from casework.board.sieving import listed_leg
from casework.staff.person import Staff
from referrals.district.directory import District
from referrals.due.listing import shares
from referrals.states import Turn
from referrals.ticket import Ticket
from storage.store import Store

AT_WORK = ("officer", "village_operator", "subdistrict", "trc", "verifier")
MOST = 3  # cases in one pair of hands
EVERY = 2  # of those that could be theirs, each so-manieth is
THEIRS: frozenset[Turn] = frozenset({"agency", "desk"})


async def take_on(
    store: Store, district: District, tickets: Iterable[Ticket], now: datetime
) -> None:
    """Have those at work hold a few of *tickets*, for as long as a case is held untouched."""
    unit, until, waiting = store.unit(), Holding(store, district).until(now), list(tickets)
    for staff in _at_work(district):
        own = list(_theirs(staff, waiting, district))[::EVERY]
        for code, leg in islice(own, MOST):
            unit.give(code, leg, staff.id, until, now)
    await store.commit(unit)


def _at_work(district: District) -> Iterator[Staff]:
    for one in demo_staff():
        if one.role in AT_WORK and one.role in district.staff_roles:
            role = district.staff_roles[one.role]
            yield Staff(id=account_of(one.role), name=role.label.id, role=role, office=one.office)


def _theirs(
    staff: Staff, tickets: Iterable[Ticket], district: District
) -> Iterator[tuple[str, int]]:
    """Yield code and leg of what waits for *staff*."""
    for ticket in tickets:
        claim = claim_for(staff, ticket, district)
        if claim is None:
            continue
        leg = listed_leg(claim)
        if any(one.leg == leg and one.turn in THEIRS for one in shares(ticket, district)):
            yield ticket.code, leg
