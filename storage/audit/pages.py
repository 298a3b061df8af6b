"""The audit a page at a time, the newest first, as whoever reads it narrows it.

Of a vault's ticket nothing is given that would tell whose it is: lines that stand beside the same
person's other tickets are left out in SQL, so that no page is shorter for them, and a page's end
is sealed, because the numbers of a chain's lines would tell that some were.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from storage.audit.reading import PLACE, AuditLine, AuditReads
from storage.database.instants import to_number
from storage.database.sealing import SealBroken
from storage.database.statements import Given, Statement, constant
from storage.tables.audit import audit
from storage.tables.cases import tickets

Shape = tuple[tuple[str, int], ...]  # names of terms, and how many values each has
Values = list[sa.ColumnElement[Any]]
Place = tuple[int, str, int]

_unpack = msgspec.msgpack.Decoder(Place).decode

VAULT = constant("'vault'")
NONE = constant("''")
_is_open = sa.exists().where(tickets.c.code == audit.c.code, tickets.c.sensitivity != VAULT)


class Wanted(Struct, frozen=True, kw_only=True):
    """Which lines are wanted; what is left empty asks for nothing.

    *linking* are actors and *joining* are deeds whose lines about a vault's ticket are left out:
    they are written beside the same person's other tickets.
    """

    linking: tuple[str, ...]
    joining: tuple[str, ...]
    actors: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    but: tuple[str, ...] = ()  # actions that are not wanted
    code: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def terms(self) -> list[tuple[str, tuple[str | int, ...]]]:
        """Return what is asked, each by its name, with its values."""
        asked: list[tuple[str, tuple[str | int, ...]]] = [
            ("linking", self.linking),
            ("joining", self.joining),
            ("actors", self.actors),
            ("actions", self.actions),
            ("but", self.but),
            ("code", (self.code,) if self.code else ()),
            ("since", (to_number(self.since),) if self.since else ()),
            ("until", (to_number(self.until),) if self.until else ()),
        ]
        return [term for term in asked if term[1]]


class Seen(Struct, frozen=True):
    """A page: its lines, which of them are about a vault's ticket, and what names the next."""

    lines: tuple[AuditLine, ...]
    vault: frozenset[tuple[str, int]]  # chain and number
    after: str


class AuditPages(AuditReads):
    """Of the store: the audit, for whoever reads it in the console."""

    async def audit_page(self, wanted: Wanted, after: str, most: int) -> Seen:
        """Return the next *most* lines that are *wanted*, from what the page before named."""
        terms, place = wanted.terms(), self._place(after)
        if place is not None:
            terms.append(("below", place))
        shape = tuple((name, len(values)) for name, values in terms)
        given = [value for _, values in terms for value in values]
        rows = await self._fetch(_page(shape), *given, most + 1)
        told = [(AuditLine.from_row(row), is_open) for *row, is_open in rows[:most]]
        found = [line for line, _ in told]
        closed = {(line.chain, line.seq) for line, is_open in told if line.code and not is_open}
        return Seen(tuple(found), frozenset(closed), self._after(found, more=len(rows) > most))

    def _after(self, lines: Sequence[AuditLine], *, more: bool) -> str:
        if not more:
            return ""
        last = lines[-1]
        plain = msgspec.msgpack.encode((last.at, last.chain, last.seq))
        return urlsafe_b64encode(self._sealer.seal(plain, "audit")).decode()

    def _place(self, after: str) -> Place | None:
        """Return the place that *after* names, None for the first page and what we never gave."""
        try:
            plain = self._sealer.open(urlsafe_b64decode(after), "audit")
            place: Place = _unpack(plain)
        except (ValueError, SealBroken, msgspec.DecodeError):
            return None
        return place


def _told(given: Values, column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return (audit.c.code == NONE) | _is_open | column.not_in(given)


def _below(given: Values) -> sa.ColumnElement[bool]:
    return (audit.c.at <= given[0]) & (sa.tuple_(*given) > PLACE)


CLAUSES: Mapping[str, Callable[[Values], sa.ColumnElement[bool]]] = {
    "linking": lambda given: _told(given, audit.c.actor),
    "joining": lambda given: _told(given, audit.c.action),
    "actors": audit.c.actor.in_,
    "actions": audit.c.action.in_,
    "but": audit.c.action.not_in,
    "code": lambda given: (audit.c.code == given[0]) & _is_open,
    "since": lambda given: audit.c.at >= given[0],
    "until": lambda given: audit.c.at < given[0],
    "below": _below,
}
"""What each term asks of a line, by its name."""

NUMBER = sa.BigInteger()
TYPES: Mapping[str, tuple[Any, ...]] = {
    **dict.fromkeys(CLAUSES, (sa.Text(),)),
    **dict.fromkeys(("since", "until"), (NUMBER,)),
    "below": (NUMBER, sa.Text(), NUMBER),
}
"""Of which types their values are, over and over."""


@lru_cache(maxsize=256)
def _page(shape: Shape) -> Statement:
    """Return what finds lines that pass terms of *shape*, the newest first."""
    names = [(name, place) for name, count in shape for place in range(count)]
    columns = [
        sa.column(f"{name}_{place}", TYPES[name][place % len(TYPES[name])])
        for name, place in names
    ]

    def build(given: Given) -> "sa.Select[tuple[object, ...]]":
        asked = [
            CLAUSES[name]([given[f"{name}_{place}"] for place in range(count)])
            for name, count in shape
        ]
        newest = (audit.c.at.desc(), audit.c.chain.desc(), audit.c.seq.desc())
        found = sa.select(*audit.c, _is_open).where(*asked)
        return found.order_by(*newest).limit(given["most"])

    return Statement(build, *columns, sa.column("most", sa.Integer), alone=True)
