"""Bridges: the ways of a net without which one part of it is cut off (Tarjan)."""

from collections.abc import Iterable, Iterator

Cell = tuple[int, int]
Point = tuple[str, int]


def bridges(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield those of *cells* that are bridges, each being a way between its row and its column."""
    net = _Net(cells)
    for point in net.ways:
        if point not in net.order:
            yield from net.visit(point, None)


class _Net:
    """Rows and columns as points: when each was reached, and how early it leads back."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self.ways: dict[Point, list[tuple[Point, Cell]]] = {}
        self.order: dict[Point, int] = {}
        self._low: dict[Point, int] = {}
        for cell in sorted(cells):
            row, column = ("row", cell[0]), ("column", cell[1])
            self.ways.setdefault(row, []).append((column, cell))
            self.ways.setdefault(column, []).append((row, cell))

    def visit(self, point: Point, came: Cell | None) -> Iterator[Cell]:
        """Yield the bridges beyond *point*, which was reached by *came*."""
        self.order[point] = self._low[point] = len(self.order)
        for other, way in self.ways[point]:
            if way == came:
                continue
            if other not in self.order:
                yield from self.visit(other, way)
                if self._low[other] > self.order[point]:
                    yield way
            self._low[point] = min(self._low[point], self._low[other])
