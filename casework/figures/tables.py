"""Tables of figures: counts and shares, with what may not be shown already hidden."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from casework.figures.hiding import LEAST, hide_grid, hide_line, hide_sides, is_small

PERCENT = 100


class Mark(StrEnum):
    """What stands in a cell instead of a number."""

    HIDDEN = "hidden"  # too few people, or somebody could reckon out too few
    NOTHING = "nothing"  # there is nothing to take a share of


class Unit(StrEnum):
    """What the numbers of a column are."""

    COUNT = "count"
    PERCENT = "percent"


Shown = int | Mark


class Column(Struct, frozen=True):
    """A column: the key of its heading, or its own label, and what its numbers are."""

    key: str
    unit: Unit = Unit.COUNT


class Line(Struct, frozen=True):
    """A line of a table: what it is about, as a code that the page has words for."""

    key: str
    cells: tuple[Shown, ...]


class Table(Struct, frozen=True):
    """What stands behind one plot; *of* says what its lines are, such as weeks."""

    key: str
    of: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: tuple[Shown, ...] = ()

    @property
    def margin(self) -> tuple[Shown, ...]:
        """The last cell of each line: in a grid, its total."""
        return tuple(line.cells[-1] for line in self.lines)


Counts = Mapping[str, int]


class Sides(Struct, frozen=True):
    """A share: how many of all there are, both by line."""

    some: Counts
    all: Counts


class Ready(Struct, frozen=True):
    """A column whose cells are hidden already, as in another table of the same people."""

    cells: tuple[Shown, ...]
    total: Shown


Cells = Counts | Sides | Ready


def table(key: str, of: str, lines: Sequence[str], columns: Mapping[str, Cells]) -> Table:
    """Return the table *key* of *columns* by *lines*, each column with its total or share."""
    filled = [_column(lines, values) for values in columns.values()]
    heads = tuple(
        Column(name, Unit.PERCENT if isinstance(values, Sides) else Unit.COUNT)
        for name, values in columns.items()
    )
    cells = zip(*(column for column, _ in filled), strict=True) if filled else ()
    rows = tuple(Line(name, tuple(own)) for name, own in zip(lines, cells, strict=True))
    return Table(key, of, heads, rows, tuple(total for _, total in filled))


def grid(
    key: str,
    of: str,
    lines: Sequence[str],
    columns: Sequence[str],
    counts: Mapping[tuple[str, str], int],
) -> Table:
    """Return the table *key* of counts by line and column, with the totals of both."""
    if not lines:
        return Table(key, of, (), ())
    whole = hide_grid([[counts.get((line, one), 0) for one in columns] for line in lines])
    shown = [_all_shown(line) for line in whole]
    heads = (*(Column(one) for one in columns), Column("total"))
    rows = tuple(Line(name, own) for name, own in zip(lines, shown, strict=False))
    return Table(key, of, heads, rows, shown[-1])


def share(some: int, whole: int) -> Shown:
    """Return *some* of *whole* in per cent; hidden where either side of it is a few people."""
    if whole == 0:
        return Mark.NOTHING
    few = whole < LEAST or is_small(some) or is_small(whole - some)
    return Mark.HIDDEN if few else round(PERCENT * some / whole)


def shown(n: int) -> Shown:
    """Return *n* where it may stand alone."""
    return Mark.HIDDEN if is_small(n) else n


def _column(lines: Sequence[str], values: Cells) -> tuple[tuple[Shown, ...], Shown]:
    if isinstance(values, Ready):
        return values.cells, values.total
    if isinstance(values, Sides):
        return _shares(lines, values)
    cells, total = hide_line([values.get(line, 0) for line in lines])
    return _all_shown(cells), _all_shown((total,))[0]


def _shares(lines: Sequence[str], sides: Sides) -> tuple[tuple[Shown, ...], Shown]:
    """Return shares in per cent, only of lines whose both sides may be shown."""
    some = [sides.some.get(line, 0) for line in lines]
    rest = [sides.all.get(line, 0) - n for line, n in zip(lines, some, strict=True)]
    hidden, total_too = hide_sides(some, rest)
    cells = tuple(
        Mark.HIDDEN if at in hidden else share(a, a + b)
        for at, (a, b) in enumerate(zip(some, rest, strict=True))
    )
    return cells, Mark.HIDDEN if total_too else share(sum(some), sum(some) + sum(rest))


def _all_shown(line: Iterable[int | None]) -> tuple[Shown, ...]:
    return tuple(Mark.HIDDEN if n is None else n for n in line)
