"""The work list: tickets and offices' shares of them, by when something is due, a page at a time.

A row is what a ticket's log makes of it, as its row in `tickets` is, with the instants that the
district's calendar of the day gives. Who has taken it on is kept apart, in `holdings`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from referrals.due.listing import Share
from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.cases.tickets import read_ticket
from storage.console.worklist_terms import CLAUSES, OVER, TYPES, Shape, Sieve, Term, shape_of
from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.statements import Given, Insert, Statement, constant
from storage.database.writes import Writes
from storage.tables.cases import tickets
from storage.tables.worklist import holdings, worklist

NEVER = 2**63 - 1  # the highest instant there is: nothing is due
NOBODY = ""  # has taken it on

MOST = sa.column("most", sa.Integer)  # rows that are wanted at most
Clause = sa.ColumnElement[Any]


class Listed(Struct, frozen=True, kw_only=True):
    """A row of the work list, and who has taken it on."""

    ticket: Ticket
    leg: int
    agency: str
    state: str
    turn: str
    channel: str
    due: datetime | None
    risk: datetime | None
    holder: str  # id of an account, "" where nobody has
    held_until: datetime | None

    @property
    def key(self) -> tuple[int, str, int]:
        """What the next page comes after: the instant it is in order of, code and leg."""
        over = self.turn == "nobody"
        at = to_number(self.ticket.opened_at) if over else _number(self.due)
        return at, self.ticket.code, self.leg


def _list(given: Given) -> Insert:
    insert = given.insert(worklist)
    moved = (c.name for c in worklist.c if not c.primary_key and c.name != "channel")
    anew: dict[str, sa.ColumnElement[Any]] = {name: insert.excluded[name] for name in moved}
    known = insert.excluded.channel != constant("''")
    anew["channel"] = sa.case((known, insert.excluded.channel), else_=worklist.c.channel)
    keys = [worklist.c.code, worklist.c.leg]
    return insert.on_conflict_do_update(index_elements=keys, set_=anew)


LIST = Statement(_list, *worklist.c)
CODE = 0  # place in a row of LIST
UNLISTED = Statement(
    lambda given: (
        sa.select(tickets.c.code)
        .where(tickets.c.code > given["code"])
        .order_by(tickets.c.code)
        .limit(given["most"])
    ),
    tickets.c.code,
    sa.column("most", sa.Integer),
    alone=True,
)


class WorklistWrites(Writes):
    """Of a unit: a ticket stands elsewhere on the work list."""

    def list_case(self, ticket: Ticket, shares: Iterable[Share], channel: str = "") -> None:
        """Keep *shares* as what the lists say of *ticket*; an empty *channel* stays what it was.

        The unit opens, changes or guards the ticket, so that no older word overwrites a newer.
        """
        rows = self.rows[LIST]
        rows[:] = [row for row in rows if row[CODE] != ticket.code]
        rows += [_row(ticket, share, "" if is_vault(ticket) else channel) for share in shares]


class WorklistReads(Reads):
    """Of the store: what is to be done, the soonest due first; what is over, the newest first."""

    async def listed(
        self, sieve: Sieve, after: tuple[int, str, int] | None, most: int
    ) -> tuple[Listed, ...]:
        """Return at most *most* rows that pass *sieve*, those after the key *after*."""
        terms = sieve.terms()
        if after is not None:
            terms.append(Term("below" if sieve.over else "after", after))
        found = await self._fetch(_page(shape_of(terms)), *_values(terms), most)
        return tuple(_listed(row) for row in found)

    async def count_listed(
        self, sieve: Sieve, asked: Sequence[Sequence[Term]], most: int
    ) -> tuple[int, ...]:
        """Return how many rows pass *sieve* and each of *asked*, *most* where there are more."""
        scope, shapes = sieve.terms(), tuple(map(shape_of, asked))
        statement = _counts(shape_of(scope), shapes, few=bool(sieve.areas))
        (found,) = await self._fetch(statement, *_values(chain(scope, *asked)), most)
        return tuple(min(count, most) for count in found)

    async def codes_after(self, code: str, limit: int) -> list[str]:
        """Return the codes of all tickets above *code* in their order, at most *limit*."""
        return [one for (one,) in await self._fetch(UNLISTED, code, limit)]


SHOWN = ("leg", "agency", "state", "turn", "channel", "due_at", "risk_at")


@lru_cache(maxsize=512)
def _page(shape: Shape) -> Statement:
    """Return what finds a page of rows that pass terms of *shape*.

    Which they are is found first: of what does not come onto the page no ticket is read.
    """
    over = OVER in shape
    at = worklist.c.opened_at if over else worklist.c.due_at
    names = (at.name, worklist.c.code.name, worklist.c.leg.name)

    def in_order(rows: sa.FromClause) -> list[Clause]:
        return [rows.c[name].desc() if over else rows.c[name] for name in names]

    def build(given: Given) -> sa.Executable:
        some = sa.select(*worklist.c).where(*_clauses(shape, given)).order_by(*in_order(worklist))
        row = some.limit(given["most"]).subquery("row")
        held = sa.and_(holdings.c.code == row.c.code, holdings.c.leg == row.c.leg)
        rows = row.join(tickets, tickets.c.code == row.c.code).outerjoin(holdings, held)
        shown = (row.c[name] for name in SHOWN)
        wanted = sa.select(*shown, tickets.c.body, holdings.c.holder, holdings.c.until)
        return wanted.select_from(rows).order_by(*in_order(row))

    return Statement(build, *_columns(shape), MOST, alone=True)


@lru_cache(maxsize=512)
def _counts(scope: Shape, asked: tuple[Shape, ...], *, few: bool) -> Statement:
    """Return what counts rows of *scope* that pass each shape of *asked*, in one statement.

    Where *few* rows are expected they are gone through once for all counts; else each count stops
    at a given number by itself.
    """

    def build(given: Given) -> sa.Executable:
        reach = _clauses(scope, given)
        narrowed = [_clauses(shape, given, f"_{n}") for n, shape in enumerate(asked)]
        if few:
            passing = (sa.func.count().filter(sa.true(), *clauses) for clauses in narrowed)
            return sa.select(*passing).select_from(worklist).where(*reach)
        return sa.select(*(_bounded([*reach, *more], given["most"]) for more in narrowed))

    columns = (_columns(shape, f"_{n}") for n, shape in enumerate(asked))
    return Statement(build, *_columns(scope), *chain(*columns), MOST, alone=True)


def _bounded(clauses: Iterable[Clause], most: Clause) -> "sa.ScalarSelect[int]":
    """Return the number of rows that pass *clauses*, *most* where there are more.

    They are counted in the order of the list, so that SQLite goes through the index of what is
    open, and not through all that an office ever had.
    """
    passing = sa.select(worklist.c.code).where(*clauses)
    some = passing.order_by(worklist.c.due_at).limit(most).subquery()
    return sa.select(sa.func.count()).select_from(some).scalar_subquery()


def _clauses(shape: Shape, given: Given, mark: str = "") -> list[Clause]:
    """Return what a row of *shape* asks; *mark* tells its values from those of other shapes."""
    return [
        CLAUSES[name]([given[f"{name}{mark}_{place}"] for place in range(count)])
        for name, count in shape
    ]


def _columns(shape: Shape, mark: str = "") -> tuple[sa.ColumnClause[object], ...]:
    """Return the columns of the values that `_clauses` takes."""
    return tuple(
        sa.column(f"{name}{mark}_{place}", TYPES[name][place % len(TYPES[name])])
        for name, count in shape
        for place in range(count)
    )


def _values(terms: Iterable[Term]) -> tuple[str | int, ...]:
    return tuple(value for term in terms for value in term.values)


def _row(ticket: Ticket, share: Share, channel: str) -> Row:
    return (
        ticket.code,
        share.leg,
        share.agency,
        ticket.service,
        ticket.area,
        share.state.value,
        share.turn,
        ticket.priority.value,
        ticket.sensitivity.value,
        "".join(f"|{role}|" for role in ticket.kept_out),
        channel,
        to_number(ticket.opened_at),
        _number(share.due),
        _number(share.risk),
    )


def _listed(row: Row) -> Listed:
    leg, agency, state, turn, channel, due, risk, body, holder, until = row
    return Listed(
        ticket=read_ticket(body),
        leg=leg,
        agency=agency,
        state=state,
        turn=turn,
        channel=channel,
        due=_instant(due),
        risk=_instant(risk),
        holder=holder or NOBODY,
        held_until=from_number(until) if until is not None else None,
    )


def _number(at: datetime | None) -> int:
    return NEVER if at is None else to_number(at)


def _instant(number: int) -> datetime | None:
    return None if number == NEVER else from_number(number)
