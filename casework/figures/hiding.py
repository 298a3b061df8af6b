"""No group of fewer than LEAST people is shown, nor one that the rest of a table would tell.

A small group is hidden, and with it as many others of its line as it takes that the hidden ones
together are LEAST or more and none of them follows from the totals. Nothing is a group of nobody:
a nought is shown. What is hidden for its own sake looks like what is hidden for another's.
"""

from collections.abc import Iterator, Sequence

from casework.figures.bridges import Cell, bridges

Line = Sequence[int]

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


def hide_grid(grid: Sequence[Line]) -> tuple[tuple[int | None, ...], ...]:
    """Return *grid* with a last column and a last row of totals, None for what may not be shown.

    In a table whose lines all add up, a hidden cell follows from the others exactly where, of the
    lines as points and the hidden cells as ways between two of them, it is a bridge.
    """
    if not grid:
        return ()
    whole = with_totals(grid)
    hidden = {at for at in _cells(whole) if is_small(_at(whole, at))}
    while found := _unsafe(whole, hidden):
        hidden |= found
    return tuple(
        tuple(None if (y, x) in hidden else n for x, n in enumerate(line))
        for y, line in enumerate(whole)
    )


def with_totals(grid: Sequence[Line]) -> list[list[int]]:
    """Return *grid* with the total of each line at its end, and below it that of each column."""
    lines = [[*line, sum(line)] for line in grid]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def _unsafe(whole: Sequence[Line], hidden: set[Cell]) -> set[Cell]:
    """Return what must be hidden too: a neighbour of each cell that could be found out."""
    weak = [cell for line in _lines(whole) for cell in _too_few(whole, line, hidden)]
    weak = weak or list(bridges(hidden))
    return {one for cell in weak if (one := _neighbour(whole, cell, hidden)) is not None}


def _too_few(whole: Sequence[Line], line: Sequence[Cell], hidden: set[Cell]) -> Iterator[Cell]:
    """Yield a hidden cell of *line* where those hidden are a small group by the shown total."""
    *cells, total = line
    own = [cell for cell in cells if cell in hidden]
    if own and total not in hidden and is_small(sum(_at(whole, cell) for cell in own)):
        yield own[0] if _at(whole, total) >= LEAST else total


def _neighbour(whole: Sequence[Line], cell: Cell, hidden: set[Cell]) -> Cell | None:
    """Return the smallest shown cell of the lines of *cell*; a nought only where no other is."""
    y, x = cell
    across = {(y, at) for at in range(len(whole[0]))} | {(at, x) for at in range(len(whole))}
    shown = ((_at(whole, one) == 0, _at(whole, one), one) for one in across - hidden)
    return min(shown, default=(False, 0, None))[2]


def _lines(whole: Sequence[Line]) -> Iterator[list[Cell]]:
    """Yield the cells of each line, its total last."""
    height, width = len(whole), len(whole[0])
    yield from ([(y, x) for x in range(width)] for y in range(height))
    yield from ([(y, x) for y in range(height)] for x in range(width))


def _cells(whole: Sequence[Line]) -> Iterator[Cell]:
    return ((y, x) for y, line in enumerate(whole) for x in range(len(line)))


def _at(whole: Sequence[Line], cell: Cell) -> int:
    return whole[cell[0]][cell[1]]
