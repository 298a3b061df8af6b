"""What a work list can be asked for, term by term: a statement names only what is asked.

A statement with "or nothing was asked" in it would be planned for the worst of its uses.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from storage.database.instants import to_number
from storage.database.statements import constant
from storage.tables.worklist import holdings, worklist

Shape = tuple[tuple[str, int], ...]  # names of terms, and how many values each has
Values = list[sa.ColumnElement[Any]]
OVER = ("over", 0)  # in a shape: what is finished, the newest first
NOBODYS = constant("'nobody'")
WHOLE = constant("0")
ORDINARY = constant("'ordinary'")
NO_ROLE = constant("''")
_shares, _near = worklist.alias("shares"), worklist.alias("near")
_held_ones = holdings.alias("held_ones")


class Term(Struct, frozen=True):
    """One thing that is asked of a row: the name of a clause, and its values."""

    name: str
    values: tuple[str | int, ...] = ()


class Sieve(Struct, frozen=True, kw_only=True):
    """Which rows are wanted; what is left empty asks for nothing.

    *shares_of* are offices: their shares, else tickets as wholes. *areas* hold what lies in them
    too, and where *or_shares_of* names an office, what is ordinary there, and tickets from
    anywhere with a share of it. An empty tuple of *sensitivities* lets nothing pass, and nothing
    passes that is kept from any of the roles *kept_from*.
    """

    shares_of: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    or_shares_of: str = ""
    sensitivities: tuple[str, ...]
    hidden: tuple[str, ...] = ()  # services
    kept_from: tuple[str, ...] = ()  # roles of whose office reads
    over: bool = False  # what is finished, instead of what is open
    service: str = ""
    agency: str = ""
    area: str = ""
    state: str = ""
    turn: str = ""
    channel: str = ""
    opened_before: datetime | None = None
    overdue_at: datetime | None = None
    risky_at: datetime | None = None
    held_by: tuple[str, datetime] | None = None  # an account, and the time it is
    free_at: datetime | None = None

    def terms(self) -> list[Term]:
        """Return what is asked, the closest terms first."""
        return [*self.scope(), *self.asked()]

    def asked(self) -> list[Term]:
        """Return what is asked beyond whose rows they are and whether they are open."""
        return [*self._filters(), *self._views()]

    def scope(self) -> list[Term]:
        """Return whose rows are wanted, the open or the finished ones."""
        terms = [
            Term("shares", self.shares_of) if self.shares_of else Term("whole"),
            Term("over" if self.over else "open"),
            Term("sensitivity", self.sensitivities),
        ]
        if self.hidden:
            terms.append(Term("hidden", self.hidden))
        if self.kept_from:
            terms.append(Term("kept_from", tuple(f"|{role}|" for role in self.kept_from)))
        if self.areas and self.or_shares_of:
            name = "joined_over" if self.over else "joined"
            terms.append(Term(name, (*_around(self.areas), self.or_shares_of)))
        elif self.areas:
            terms.append(Term("area", _around(self.areas)))
        return terms

    def _filters(self) -> list[Term]:
        exact = ("service", "agency", "state", "turn", "channel")
        asked = [Term(name, (value,)) for name in exact if (value := getattr(self, name))]
        if self.area:
            asked.append(Term("place", _around((self.area,))))
        if self.opened_before:
            asked.append(Term("before", (to_number(self.opened_before),)))
        return asked

    def _views(self) -> list[Term]:
        asked = []
        if self.overdue_at:
            asked.append(Term("overdue", (to_number(self.overdue_at),)))
        if self.risky_at:
            now = to_number(self.risky_at)
            asked.append(Term("risky", (now, now)))
        if self.held_by:
            holder, now_ = self.held_by
            asked.append(Term("held", (holder, to_number(now_))))
        if self.free_at:
            asked.append(Term("free", (to_number(self.free_at),)))
        return asked


def shape_of(terms: Sequence[Term]) -> Shape:
    """Return what the statement for *terms* is known by."""
    return tuple((term.name, len(term.values)) for term in terms)


def _around(areas: tuple[str, ...]) -> tuple[str, ...]:
    """Return each area's code, and between what the codes of all areas in it lie."""
    return tuple(bound for code in areas for bound in (code, f"{code}.", f"{code}/"))


def _within(given: Values, rows: sa.FromClause = worklist) -> sa.ColumnElement[bool]:
    """Return that it lies in one of the areas: in a range that an index finds, then surely."""
    places = zip(given[::3], given[1::3], given[2::3], strict=True)
    area = rows.c.area
    return sa.or_(*(
        (area >= own) & (area < last) & ((area == own) | (area > first))
        for own, first, last in places
    ))  # fmt: skip


def _joined(given: Values, *, over: bool = False) -> sa.ColumnElement[bool]:
    """Return that it is ordinary and in one of the areas, or the office named last has a share.

    The few codes of both are found first, by an index each: a condition with "or" would be asked
    of every row.
    """
    *areas, office = given
    own = sa.select(_shares.c.code).where(_shares.c.agency == office, _shares.c.leg > WHOLE)
    standing = _near.c.turn == NOBODYS if over else _near.c.turn != NOBODYS
    near = sa.select(_near.c.code).where(
        _near.c.leg == WHOLE, standing, _near.c.sensitivity == ORDINARY, _within(areas, _near)
    )
    return worklist.c.code.in_(near.union(own))


def _open_to(given: Values) -> sa.ColumnElement[bool]:
    """Return that it is kept from none of these roles; most is kept from nobody at all."""
    kept = worklist.c.kept_out
    return (kept == NO_ROLE) | sa.and_(*(~kept.contains(role) for role in given))


def _held(given: Values) -> sa.ColumnElement[bool]:
    """Return that somebody has taken it on; found by who, for they have few among many."""
    theirs = sa.select(_held_ones.c.code, _held_ones.c.leg).where(
        _held_ones.c.holder == given[0], _held_ones.c.until > given[1]
    )
    return sa.tuple_(worklist.c.code, worklist.c.leg).in_(theirs)


def _free(given: Values) -> sa.ColumnElement[bool]:
    return ~sa.exists().where(
        _held_ones.c.code == worklist.c.code,
        _held_ones.c.leg == worklist.c.leg,
        _held_ones.c.until > given[0],
    )


def _beyond(at: sa.Column[int], given: Values) -> tuple[Any, Any]:
    return sa.tuple_(at, worklist.c.code, worklist.c.leg), sa.tuple_(*given)


def _after(given: Values) -> sa.ColumnElement[bool]:
    row, last = _beyond(worklist.c.due_at, given)
    later: sa.ColumnElement[bool] = row > last
    return later


def _below(given: Values) -> sa.ColumnElement[bool]:
    row, last = _beyond(worklist.c.opened_at, given)
    earlier: sa.ColumnElement[bool] = row < last
    return earlier


CLAUSES: Mapping[str, Callable[[Values], sa.ColumnElement[bool]]] = {
    "whole": lambda _: worklist.c.leg == WHOLE,
    "shares": lambda given: (worklist.c.leg > WHOLE) & worklist.c.agency.in_(given),
    "open": lambda _: worklist.c.turn != NOBODYS,
    "over": lambda _: worklist.c.turn == NOBODYS,
    "area": _within,
    "place": _within,
    "joined": _joined,
    "joined_over": partial(_joined, over=True),
    "hidden": worklist.c.service.not_in,
    "kept_from": _open_to,
    "sensitivity": worklist.c.sensitivity.in_,
    "service": lambda given: worklist.c.service == given[0],
    "agency": lambda given: worklist.c.agency == given[0],
    "state": lambda given: worklist.c.state == given[0],
    "turn": lambda given: worklist.c.turn == given[0],
    "channel": lambda given: worklist.c.channel == given[0],
    "before": lambda given: worklist.c.opened_at < given[0],
    "overdue": lambda given: worklist.c.due_at < given[0],
    "risky": lambda given: (worklist.c.risk_at <= given[0]) & (worklist.c.due_at >= given[1]),
    "held": _held,
    "free": _free,
    "after": _after,
    "below": _below,
}
"""What each term asks of a row, by its name."""

WORD, NUMBER = sa.Text(), sa.BigInteger()
KEY = (NUMBER, WORD, sa.Integer())
TYPES: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(CLAUSES, (WORD,)),
    **dict.fromkeys(("before", "overdue", "risky", "free"), (NUMBER,)),
    **dict.fromkeys(("after", "below"), KEY),
    "held": (WORD, NUMBER),
}
"""Of which types their values are, over and over; words are compared as their column says."""
