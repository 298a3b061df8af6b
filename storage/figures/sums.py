"""Weekly sums of what is counted, by one thing at a time: a year is read at once from few rows.

They are kept beside the counted rows, in the same transaction, and are found anew from them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from storage.database.link import Link, Row
from storage.database.statements import Given, Insert, Statement, constant
from storage.tables.figures import counted, summed

CHANGING_SUMS = 7_261_004  # what `Link.alone` waits for; any number of our own
WEEK = 7  # days; weeks are counted since Monday, 1 January 1
WEEK_OF_DAY = sa.literal_column(f"(day - 1) / {WEEK}", sa.Integer).label("week")
DIMENSIONS = ("service", "area", "agency")
KEY = (summed.c.kind, summed.c.dimension, summed.c.week, summed.c.name)
COLUMNS = [column.name for column in counted.c]
KIND, DAY, VALUE = map(COLUMNS.index, ("kind", "day", "value"))
PLACES = tuple((dimension, COLUMNS.index(dimension)) for dimension in DIMENSIONS)

Key = tuple[str, str, int, str]


def _add(given: Given) -> Insert:
    insert = given.insert(summed)
    return insert.on_conflict_do_update(
        index_elements=KEY,
        set_={name: summed.c[name] + insert.excluded[name] for name in ("n", "total")},
    )


def _empty(given: Given) -> sa.Delete:
    keys = [column == given[column.name] for column in KEY]
    return sa.delete(summed).where(*keys, summed.c.n == constant("0"))


ROWS = Statement(
    lambda given: sa.select(*counted.c).where(counted.c.code == given["code"]), counted.c.code
)
ADD = Statement(_add, *summed.c)
EMPTY = Statement(_empty, *KEY, alone=True)  # few, and each is found by its key
FORGET = Statement(
    lambda given: sa.delete(summed).where(
        summed.c.kind == given["kind"], summed.c.dimension == given["dimension"]
    ),
    summed.c.kind,
    summed.c.dimension,
    alone=True,
)


@cache
def _sum_up(dimension: str) -> Statement:
    """Return what finds the sums of one kind by *dimension* anew."""
    keys = (counted.c.kind, WEEK_OF_DAY, counted.c[dimension])
    sums = (sa.func.count(), sa.func.sum(counted.c.value), constant(f"'{dimension}'"))

    def build(given: Given) -> Insert:
        rows = sa.select(*keys, *sums).where(counted.c.kind == given["kind"]).group_by(*keys)
        names = ["kind", "week", "name", "n", "total", "dimension"]
        return given.into(summed).from_select(names, rows)

    return Statement(build, counted.c.kind, alone=True)


@cache
def sums_by(by: tuple[str, ...], *, picked: bool) -> Statement:
    """Return what adds up whole weeks of some kinds by *by*: nothing, a dimension, week, or both.

    *picked* takes one name of the dimension alone.
    """
    groups = [summed.c.week if name == "week" else summed.c.name for name in by]

    def build(given: Given) -> sa.Select[Any]:
        name = [summed.c.name == given["name"]] if picked else []
        return (
            sa.select(summed.c.kind, *groups, sa.func.sum(summed.c.n), sa.func.sum(summed.c.total))
            .where(summed.c.kind == given["kind"], summed.c.dimension == given["dimension"])
            .where(summed.c.week >= given["week"], summed.c.week <= given["last"], *name)
            .group_by(summed.c.kind, *groups)
        )

    name = (summed.c.name,) if picked else ()
    last = sa.column("last", sa.Integer)
    return Statement(build, summed.c.kind, summed.c.dimension, summed.c.week, last, *name)


async def replace_sums(link: Link, codes: Sequence[str], rows: Iterable[Row]) -> None:
    """Have the sums know *rows* in the place of those that tickets *codes* have until now.

    Before the rows themselves change, and where `CHANGING_SUMS` is held.
    """
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    _count(sums, await link.fetch(ROWS, [(code,) for code in codes]), -1)
    _count(sums, rows, 1)
    changed = [(*key, n, total) for key, (n, total) in sorted(sums.items()) if n or total]
    if changed:
        await link.run(ADD, changed)
    if fewer := [(*key,) for *key, n, _ in changed if n < 0]:
        await link.run(EMPTY, fewer)


async def sum_up(link: Link, kind: str, dimension: str) -> None:
    """Find the sums of *kind* by *dimension* anew from its rows, in a transaction of their own."""
    await link.begin()
    await link.alone(CHANGING_SUMS)
    await link.run(FORGET, [(kind, dimension)])
    await link.run(_sum_up(dimension), [(kind,)])
    await link.commit()


def whole_weeks(first: int, last: int) -> tuple[int, int] | None:
    """Return the first and the last week that lie within days *first* to *last*; None: none."""
    begins, ends = -(-(first - 1) // WEEK), last // WEEK - 1
    return (begins, ends) if begins <= ends else None


def _count(sums: dict[Key, list[int]], rows: Iterable[Row], sign: int) -> None:
    for row in rows:
        kind, week, value = row[KIND], (row[DAY] - 1) // WEEK, row[VALUE]
        for dimension, place in PLACES:
            sums_of = sums[kind, dimension, week, row[place]]
            sums_of[0] += sign
            sums_of[1] += sign * value
