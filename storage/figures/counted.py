"""Figures: what was counted of each ticket, kept apart so that no page reads logs.

A row of `tickets` says how many entries of its log its figures know. Whatever changes a ticket
changes its number of entries, so that nobody has to tell the figures about it.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from msgspec import Struct
from msgspec.structs import replace

from referrals.log import Entry
from storage.cases.logs import LOG_OF, read_entry
from storage.database.link import Link
from storage.database.reads import Reads
from storage.database.statements import Given, Statement, constant
from storage.figures.sums import (
    CHANGING_SUMS,
    DIMENSIONS,
    WEEK,
    WEEK_OF_DAY,
    replace_sums,
    sum_up,
    sums_by,
    whole_weeks,
)
from storage.notes import KEEP as KEEP_NOTE
from storage.notes import READ as READ_NOTE
from storage.tables.cases import tickets
from storage.tables.figures import counted

FILTERS = ("service", "area", "agency", "hidden")
HIDDEN = sa.column("hidden", sa.Text)
EVERY = "area"  # the dimension with the fewest names: its sums add up to all there is
CHANGED = "figures changed"  # the key of the note
LONG = 180  # days; most rows of a kind lie in so long a span, and are read in their groups' order


class Row(Struct, frozen=True):
    """One thing that is counted: what, when, at whose office, and how much."""

    kind: str
    day: int  # proleptic ordinal, of the district's time zone
    agency: str = ""
    value: int = 0


class Tally(Struct, frozen=True):
    """All that is counted of one ticket, when its log had so many *events*."""

    code: str
    events: int
    service: str = ""
    area: str = ""
    rows: tuple[Row, ...] = ()


class Span(Struct, frozen=True):
    """Which rows are asked for: from day *first* to day *last*; an empty text is every one."""

    first: int
    last: int
    service: str = ""
    area: str = ""
    agency: str = ""
    hidden: str = ""  # services left out, as ",ONE,OTHER,"


class Count(Struct, frozen=True):
    """How many rows of *kind* share *group*, and what their values make together."""

    kind: str
    group: tuple[Any, ...]
    n: int
    total: int


UNFIGURED = Statement(
    lambda given: (
        sa.select(tickets.c.code)
        .where(tickets.c.figured != tickets.c.events, tickets.c.code > given["code"])
        .order_by(tickets.c.code)
        .limit(given["most"])
    ),
    tickets.c.code,
    sa.column("most", sa.Integer),
    alone=True,
)
FIGURED = Statement(
    lambda given: (
        sa.update(tickets).values(figured=given["figured"]).where(tickets.c.code == given["code"])
    ),
    tickets.c.code,
    tickets.c.figured,
)
FORGET = Statement(
    lambda given: sa.delete(counted).where(counted.c.code == given["code"]), counted.c.code
)
KEEP = Statement(lambda given: given.insert(counted), *counted.c)
GROUPS: dict[str, sa.ColumnElement[Any]] = {
    "week": WEEK_OF_DAY,
    **{name: counted.c[name] for name in ("day", "service", "area", "agency", "value")},
}


@cache
def _counts(by: tuple[str, ...], chosen: tuple[str, ...], *, long: bool) -> Statement:
    """Return what counts rows of one kind by the dimensions *by*, where the columns *chosen* fit.

    A statement of its own for each choice: a filter that is not there costs nothing. Where the
    span is *long*, no index by days is of use, and one that is in the groups' order saves sorting.
    """
    day = counted.c.day + constant("0") if long else counted.c.day
    dimensions = [GROUPS[name] for name in by]

    def build(given: Given) -> sa.Select[Any]:
        return (
            sa.select(counted.c.kind, *dimensions, sa.func.count(), sa.func.sum(counted.c.value))
            .where(counted.c.kind == given["kind"])
            .where(day >= given["day"], day <= given["last"])
            .where(*(_fits(given, name) for name in chosen))
            .group_by(counted.c.kind, *dimensions)
        )

    columns = (counted.c.get(name, HIDDEN) for name in chosen)
    return Statement(
        build, counted.c.kind, counted.c.day, sa.column("last", sa.Integer), *columns, alone=True
    )


def _fits(given: Given, name: str) -> sa.ColumnElement[bool]:
    if name != HIDDEN.name:
        return counted.c[name] == given[name]
    comma = constant("','")
    return ~given[name].contains(comma.concat(counted.c.service).concat(comma))


class FigureReads(Reads):
    """Of the store: what is counted, and what is yet to be. Raises StoreUnavailable."""

    async def unfigured(self, after: str, most: int) -> list[str]:
        """Return at most *most* codes above *after* that went on since they were counted."""
        return [code for (code,) in await self._fetch(UNFIGURED, after, most)]

    async def keep_figures(self, tallies: Iterable[Tally]) -> None:
        """Put *tallies* in the place of what was counted of their tickets before.

        One that is out of date when it comes leaves its ticket among the unfigured.
        """
        by_code = sorted(tallies, key=lambda tally: tally.code)
        rows = [row for one in by_code for row in _rows(one)]

        async def job(link: Link) -> None:
            await link.begin()
            await link.alone(CHANGING_SUMS)
            await replace_sums(link, [one.code for one in by_code], rows)
            await link.run(FIGURED, [(one.code, one.events) for one in by_code])
            await link.run(FORGET, [(one.code,) for one in by_code])
            if rows:
                await link.run(KEEP, rows)
            await link.run(KEEP_NOTE, [(CHANGED, secrets.token_hex(8))])
            await link.commit()

        if by_code:
            await self._engine.write(job)

    async def logs(self, codes: Sequence[str]) -> list[tuple[Entry, ...]]:
        """Return the logs of tickets *codes*, read in one go, each from its oldest entry on."""

        async def job(link: Link) -> list[list[Any]]:
            return [await link.fetch(LOG_OF, [(code,)]) for code in codes]

        return [tuple(map(read_entry, rows)) for rows in await self._engine.read(job)]

    async def figures_changed(self) -> str:
        """Return what is another text after each change of what is counted, by any process."""
        found = await self._fetch(READ_NOTE, CHANGED)
        return str(found[0][0]) if found else ""

    async def count(self, kinds: Sequence[str], span: Span, *by: str) -> tuple[Count, ...]:
        """Return how many rows of each of *kinds* are in *span*, by the dimensions *by*.

        Those are week (weeks since the year 1), day, service, area, agency and value.
        """
        by_sums = _by_sums(span, by)
        weeks = whole_weeks(span.first, span.last) if by_sums else None
        if not by_sums or weeks is None:
            return await self._count_rows(kinds, span, by)
        found = await self._sums(kinds, span, weeks, by_sums, by)
        for rest in _rests(span, weeks):
            found += await self._count_rows(kinds, rest, by)
        return _together(found)

    async def sum_figures(self, kind: str) -> None:
        """Find the weekly sums of *kind* anew, whatever they are now."""
        for dimension in DIMENSIONS:
            await self._engine.write(partial(sum_up, kind=kind, dimension=dimension))

    async def _sums(
        self,
        kinds: Sequence[str],
        span: Span,
        weeks: tuple[int, int],
        dimension: str,
        by: tuple[str, ...],
    ) -> tuple[Count, ...]:
        """Return what whole *weeks* come to."""
        name = getattr(span, dimension)
        picked = (name,) if name else ()
        rows = [(kind, dimension, *weeks, *picked) for kind in kinds]
        return _counted(await self._fetch_each(sums_by(by, picked=bool(picked)), rows))

    async def _count_rows(
        self, kinds: Sequence[str], span: Span, by: tuple[str, ...]
    ) -> tuple[Count, ...]:
        """Return what single rows come to."""
        chosen = tuple(name for name in FILTERS if getattr(span, name))
        where = (span.first, span.last, *(getattr(span, name) for name in chosen))
        rows = [(kind, *where) for kind in kinds]
        long = span.last - span.first > LONG and set(by) & {"service", "area"} != set()
        return _counted(await self._fetch_each(_counts(by, chosen, long=long), rows))


def _by_sums(span: Span, by: tuple[str, ...]) -> str:
    """Return by which dimension sums answer *span* and *by*; "" where single rows must."""
    names = {name for name in FILTERS if getattr(span, name)} | (set(by) - {"week"})
    if len(names) > 1 or not names <= set(DIMENSIONS):
        return ""
    return next(iter(names), EVERY)


def _rests(span: Span, weeks: tuple[int, int]) -> Iterator[Span]:
    """Yield the days of *span* before and after its whole *weeks*."""
    first, end = weeks[0] * WEEK + 1, (weeks[1] + 1) * WEEK
    if span.first < first:
        yield replace(span, last=first - 1)
    if end < span.last:
        yield replace(span, first=end + 1)


def _together(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Return *counts* with those of one group added up."""
    found: dict[tuple[str, tuple[Any, ...]], Count] = {}
    for one in counts:
        key = one.kind, one.group
        known = found.get(key, Count(*key, 0, 0))
        found[key] = Count(*key, known.n + one.n, known.total + one.total)
    return tuple(found.values())


def _counted(rows: Iterable[Any]) -> tuple[Count, ...]:
    return tuple(
        Count(kind, tuple(group), int(n), int(total or 0)) for kind, *group, n, total in rows
    )


def _rows(tally: Tally) -> Iterable[tuple[Any, ...]]:
    for n, row in enumerate(tally.rows):
        where = (row.day, tally.service, tally.area, row.agency, row.value)
        yield (tally.code, n, row.kind, *where)
