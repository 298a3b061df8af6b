"""The work list of somebody of the console: what is theirs to do, the soonest due first."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from casework.access.scope import sees
from casework.board.people import People
from casework.board.returning import came_back
from casework.board.sieving import sieve_for
from casework.board.views import Filters, Line, Listing, View
from casework.desk.seeing import Seeing
from casework.staff.person import Staff
from referrals.roles import Role
from referrals.ticket import TicketState
from storage.console.worklist import NEVER, Listed
from storage.console.worklist_terms import Sieve
from storage.store import Store

PAGE = 50  # lines
MOST_COUNTED = 100  # beyond that a count says no more than "many"
CURSOR = re.compile(r"([0-9]{1,19})-([0-9]{9})-([0-9]{1,4})")
USUAL = {  # whose turn, or which state, a role's list begins with
    Role.VERIFIER: {"turn": "desk"},
    Role.APPEAL_OFFICER: {"state": "appeal"},
}
NARROWED = frozenset({View.OPEN, View.FREE, View.OVERDUE, View.RISKY})

Key = tuple[int, str, int]


class WorkList:
    """Reads pages of it. Raises StoreUnavailable."""

    def __init__(self, store: Store, seeing: Seeing) -> None:
        self._store = store
        self._seeing = seeing
        self._district = seeing.district
        self._people = People(store, seeing.district)

    async def page(self, staff: Staff, filters: Filters, after: str, now: datetime) -> Listing:
        """Return the page of *staff*'s list that follows the cursor *after*, "" for the first.

        A row that turns out not to be theirs to see is left out, whatever the statement thought.
        """
        base = sieve_for(staff, self._district)
        if base is None:
            return Listing(filters=filters, lines=(), next="", counts={})
        sieve = narrowed(base, filters, staff, now)
        found = await self._store.listed(sieve, _read(after), PAGE + 1)
        rows, more = found[:PAGE], found[PAGE:]
        own = [row for row in rows if sees(staff, row.ticket, self._district)]
        names = await self._people.called(row.holder for row in own)
        return Listing(
            filters=filters,
            lines=tuple(self._line(row, staff, names, now) for row in own),
            next=_cursor(rows[-1]) if more else "",
            counts=await self._counts(base, staff, now),
        )

    async def _counts(self, base: Sieve, staff: Staff, now: datetime) -> Mapping[View, int]:
        """Return how much there is in each view as it opens, MOST_COUNTED for as many or more."""
        views = [view for view in View if view is not View.OVER]
        asked = [narrowed(base, usual(staff, view), staff, now).asked() for view in views]
        counts = await self._store.count_listed(base, asked, MOST_COUNTED)
        return dict(zip(views, counts, strict=True))

    def _line(self, row: Listed, staff: Staff, names: Mapping[str, str], now: datetime) -> Line:
        ticket, late = row.ticket, row.due is not None and row.due < now
        held = row.held_until is not None and row.held_until > now
        return Line(
            code=ticket.code,
            service=self._district.services[ticket.service].label,
            area=self._seeing.area_path(ticket.area),
            agency=self._seeing.name_of(row.agency) if row.agency else "",
            state=TicketState(row.state),
            turn=row.turn,
            priority=ticket.priority,
            channel=row.channel,
            opened_at=ticket.opened_at,
            due=row.due,
            overdue=late,
            risky=not late and row.risk is not None and row.risk <= now,
            holder=names.get(row.holder, "") if held else "",
            mine=held and row.holder == staff.id,
            returned=came_back(ticket),
        )


def usual(staff: Staff, view: View) -> Filters:
    """Return what *view* of *staff*'s list shows where nothing else is asked for."""
    role = staff.role.acts_as
    own = USUAL.get(role, {}) if role and view in NARROWED else {}
    return replace(Filters(view=view), **own)


def narrowed(base: Sieve, filters: Filters, staff: Staff, now: datetime) -> Sieve:
    """Return *base* with what *filters* ask for."""
    view = filters.view
    return replace(
        base,
        over=view is View.OVER,
        service=filters.service,
        agency=filters.agency,
        area=filters.area,
        state=filters.state,
        turn="citizen" if view is View.CITIZEN else filters.turn,
        channel=filters.channel,
        opened_before=now - timedelta(days=filters.age) if filters.age else None,
        overdue_at=now if view is View.OVERDUE else None,
        risky_at=now if view is View.RISKY else None,
        held_by=(staff.id, now) if view is View.MINE else None,
        free_at=now if view is View.FREE else None,
    )


def _read(cursor: str) -> Key | None:
    """Return the key that *cursor* names, None for the first page or for what is no cursor."""
    found = CURSOR.fullmatch(cursor)
    if found is None or int(found[1]) > NEVER:
        return None
    return int(found[1]), found[2], int(found[3])


def _cursor(row: Listed) -> str:
    return "-".join(str(part) for part in row.key)
