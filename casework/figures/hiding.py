"""No group of fewer than LEAST people is shown, nor one that the rest of a table would tell.

A small group is hidden, and with it as many others of its line as it takes that the hidden ones
together are LEAST or more and none of them follows from the totals. Nothing is a group of nobody:
a nought is shown. What is hidden for its own sake looks like what is hidden for another's.
"""

from collections.abc import Iterator, Sequence

from casework.figures.bridges import Cell, bridges

Line = Sequence[int]
Ranked = tuple[bool, int, Cell]  # whether it is a nought, how many, where
Order = tuple[Sequence[Sequence[Ranked]], Sequence[Sequence[Ranked]]]

LEAST = 5


def is_small(n: int) -> bool:
    """Tell whether *n* people are too few to be shown."""
    return 0 < n < LEAST


def hide_line(line: Line) -> tuple[tuple[int | None, ...], int | None]:
    """Return *line* and its total, with None for what may not be shown."""
    hidden = {at for at, n in enumerate(line) if is_small(n)}
    others = sorted((n, at) for at, n in enumerate(line) if n >= LEAST)
    while hidden and others and (len(hidden) == 1 or sum(line[at] for at in hidden) < LEAST):
        hidden.add(others.pop(0)[1])
    total = sum(line)
    cells = tuple(None if at in hidden else n for at, n in enumerate(line))
    return cells, None if is_small(total) else total


def hide_sides(some: Line, rest: Line) -> tuple[frozenset[int], bool]:
    """Return which lines of shares must be hidden, and whether their total must be too.

    A share that is hidden hides both its sides and their sum. What the total leaves of them is
    of two lines or more, and on each side LEAST people or more: these cannot be told apart.
    """
    sizes = [a + b for a, b in zip(some, rest, strict=True)]
    hidden = {at for at in range(len(sizes)) if is_small(some[at]) or is_small(rest[at])}
    others = sorted((n, at) for at, n in enumerate(sizes) if n and at not in hidden)
    while hidden and others and not _apart(hidden, some, rest):
        hidden.add(others.pop(0)[1])
    small = is_small(sum(some)) or is_small(sum(rest))
    return frozenset(hidden), small or (bool(hidden) and not _apart(hidden, some, rest))


def _apart(hidden: set[int], *sides: Line) -> bool:
    """Tell whether the *hidden* lines are several, and on each of the *sides* no small group."""
    return len(hidden) > 1 and all(sum(side[at] for at in hidden) >= LEAST for side in sides)


def hide_grid(grid: Sequence[Line]) -> tuple[tuple[int | None, ...], ...]:
    """Return *grid* with a last column and a last row of totals, None for what may not be shown.

    In a table whose lines all add up, a hidden cell follows from the others exactly where, of the
    lines as points and the hidden cells as ways between two of them, it is a bridge.
    """
    if not grid:
        return ()
    whole = with_totals(grid)
    hidden = {at for at in _cells(whole) if is_small(_at(whole, at))}
    lines, order = list(_lines(whole)), _order(whole)
    while found := _unsafe(whole, lines, order, hidden):
        hidden |= found
    return tuple(
        tuple(None if (y, x) in hidden else n for x, n in enumerate(line))
        for y, line in enumerate(whole)
    )


def with_totals(grid: Sequence[Line]) -> list[list[int]]:
    """Return *grid* with the total of each line at its end, and below it that of each column."""
    lines = [[*line, sum(line)] for line in grid]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def _unsafe(
    whole: Sequence[Line], lines: Sequence[Sequence[Cell]], order: Order, hidden: set[Cell]
) -> set[Cell]:
    """Return what must be hidden too: a neighbour of each cell that could be found out."""
    weak = [cell for line in lines for cell in _too_few(whole, line, hidden)]
    weak = weak or list(bridges(hidden))
    found = {one for cell in weak if (one := _neighbour(order, cell, hidden)) is not None}
    return found | {line[-1] for line in lines if _tells_noughts(whole, line, hidden)}


def _too_few(whole: Sequence[Line], line: Sequence[Cell], hidden: set[Cell]) -> Iterator[Cell]:
    """Yield a hidden cell of *line* where those hidden are a small group by the shown total."""
    *cells, total = line
    own = [cell for cell in cells if cell in hidden]
    few = sum(_at(whole, cell) for cell in own) < LEAST
    if own and few and total not in hidden and _at(whole, total) >= LEAST:
        yield own[0]


def _tells_noughts(whole: Sequence[Line], line: Sequence[Cell], hidden: set[Cell]) -> bool:
    """Tell whether a shown total of nobody gives away that hidden cells are noughts."""
    *cells, total = line
    return total not in hidden and not _at(whole, total) and not hidden.isdisjoint(cells)


def _neighbour(order: Order, cell: Cell, hidden: set[Cell]) -> Cell | None:
    """Return the smallest shown cell of the lines of *cell*; a nought only where no other is."""
    firsts = (_first_shown(line, hidden) for line in (order[0][cell[0]], order[1][cell[1]]))
    return min((one for one in firsts if one), default=(False, 0, None))[2]


def _first_shown(line: Sequence[Ranked], hidden: set[Cell]) -> Ranked | None:
    return next((one for one in line if one[2] not in hidden), None)


def _order(whole: Sequence[Line]) -> Order:
    """Return the cells of each line across and down, the first to be hidden first."""
    ranked = [[(n == 0, n, (y, x)) for x, n in enumerate(line)] for y, line in enumerate(whole)]
    return [sorted(line) for line in ranked], [sorted(line) for line in zip(*ranked, strict=True)]


def _lines(whole: Sequence[Line]) -> Iterator[list[Cell]]:
    """Yield the cells of each line, its total last."""
    height, width = len(whole), len(whole[0])
    yield from ([(y, x) for x in range(width)] for y in range(height))
    yield from ([(y, x) for y in range(height)] for x in range(width))


def _cells(whole: Sequence[Line]) -> Iterator[Cell]:
    return ((y, x) for y, line in enumerate(whole) for x in range(len(line)))


def _at(whole: Sequence[Line], cell: Cell) -> int:
    return whole[cell[0]][cell[1]]
