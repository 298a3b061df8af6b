"""Plots as SVG, drawn here and coloured by our style sheet: no script, no style, no id in them."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from textwrap import wrap
from typing import Any, TypeVar
from xml.etree.ElementTree import Element, SubElement

from msgspec import Struct

from casework.figures.tables import Mark, Shown, Table

WIDTH, HEIGHT, LINE = 440, 230, 26  # pixels of the drawing; its lines grow with the bars' number
TEXT = 14  # pixels: still readable where a telephone shows the drawing at two thirds
MOST = 10  # bars with long names below each other
LABELS = 5  # names below bars that stand side by side
WIDEST = 24  # characters of a name's line; a longer name goes on below, by whole words
TALL = 36  # pixels of a line where some names have two lines
SIDE_BY_SIDE = 14  # characters of two names in one line of the legend, below standing bars
ROOM = 48  # characters of all names below standing bars together
HIDDEN = "*"  # where a bar would be whose number is hidden, as in tables
KEPT = 256  # drawings: figures change by the day, and are looked at by the hour
T = TypeVar("T")
Drawn = tuple[str, list[Shown]]
Name = tuple[str, ...]  # its lines

UNSEEN = frozenset({"script", "style", "desc"})  # what pygal adds for tooltips
OVERLAY = "tooltip-overlay"
FIRST = re.compile(r"translate\([^,]*, ?")
FRACTION = re.compile(r"\d+\.\d{2,}")  # of a pixel: a tenth is enough


class Shape(Struct, frozen=True):
    """How a table is drawn: pygal's class, and which of its columns (none: all)."""

    kind: str
    columns: tuple[str, ...] = ()
    percent: bool = False

    @property
    def lying(self) -> bool:
        """Whether bars lie, with their names beside them."""
        return "Horizontal" in self.kind

    @property
    def bars(self) -> bool:
        """Whether it has bars, from which a hidden one is missing: a line has its gap."""
        return "Bar" in self.kind


SHAPES: Mapping[str, Shape] = {
    "weeks": Shape("Bar"),
    "ages": Shape("Bar"),
    "shares": Shape("Line", percent=True),
    "first_answers": Shape("Bar"),
    "agencies": Shape(
        "HorizontalStackedBar", ("confirmed", "auto_confirmed", "not_solved", "false_closure")
    ),
    "silences": Shape("Bar"),
    "unmet": Shape("HorizontalBar", ("total",)),
    "wants": Shape("HorizontalStackedBar"),
    "areas": Shape("HorizontalBar", ("filed",)),
    "services": Shape("HorizontalBar", ("filed",)),
}


class Words(Struct, frozen=True):
    """What a drawing is called, and what its lines and columns are."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[str, ...]


@lru_cache(maxsize=KEPT)
def plot(table: Table, words: Words) -> str:
    """Return *table* drawn, or "" where there is nothing to draw; what is hidden is a star."""
    shape = SHAPES.get(table.key)
    if shape is None:
        return ""
    columns = _columns(table, words, shape)
    if not any(isinstance(cell, int) and cell for _, cells in columns for cell in cells):
        return ""
    names = [_wrapped(name, WIDEST) for name in _in_order(words.lines, shape)]
    if not shape.lying and len(names) <= LABELS + 1:
        names = [_wrapped(name, ROOM // len(names)) for name in words.lines]
    chart = _chart(shape, columns, words.title, names)
    chart.x_labels = [max(name, key=len) for name in names]
    if not shape.lying and len(table.lines) > LABELS + 1:
        chart.x_labels_major_every = -(-len(table.lines) // LABELS)
        chart.show_minor_x_labels = False
    for name, cells in columns:
        chart.add(name, [_drawn(cell, shape) for cell in cells])
    drawn: str = chart.render(is_unicode=True)
    return drawn


def _columns(table: Table, words: Words, shape: Shape) -> list[Drawn]:
    """Return what is drawn: the name of each column that shows any number, and its cells."""
    found = [
        (words.columns[at], [line.cells[at] for line in _in_order(table.lines, shape)])
        for at, column in enumerate(table.columns)
        if not shape.columns or column.key in shape.columns
    ]
    return [one for one in found if any(isinstance(cell, int) for cell in one[1])]


def _in_order(lines: Sequence[T], shape: Shape) -> Sequence[T]:
    """Return *lines* as they are drawn: lying bars, at most MOST, from below upwards."""
    return lines[:MOST][::-1] if shape.lying else lines


@lru_cache(maxsize=1)
def _drawing() -> Any:  # noqa: ANN401 - pygal ships no types
    """Return pygal without the hook for maps that it leaves: Python warns of it at imports."""
    import pygal  # noqa: PLC0415 - 0.2 s of a start, for who looks at figures alone

    sys.meta_path[:] = [hook for hook in sys.meta_path if type(hook).__module__ != "pygal"]
    return pygal


def _chart(shape: Shape, columns: Sequence[Drawn], title: str, names: Sequence[Name]) -> Any:  # noqa: ANN401 - pygal ships no types
    pygal = _drawing()
    sizes = ("label", "major_label", "legend", "value", "value_label", "no_data")
    legend = len(columns) > 1
    beside = 2 if not shape.lying and all(len(name) <= SIDE_BY_SIDE for name, _ in columns) else 1
    below = LINE * -(-len(columns) // beside) if legend else 0
    bars = (TALL if any(name[1:] for name in names) else LINE) * len(names) + 50
    chart = getattr(pygal, shape.kind)(
        width=WIDTH,
        height=below + (bars if shape.lying else HEIGHT),
        style=pygal.style.Style(**{f"{name}_font_size": TEXT for name in sizes}),
        css=[],
        js=[],
        margin=4,
        range=(0, 100) if shape.percent else None,
        min_scale=3,
        max_scale=5,
        legend_at_bottom=True,
        legend_at_bottom_columns=beside,
        show_legend=legend,
        truncate_legend=-1,
        truncate_label=-1,
        formatter=_whole,
        print_values=shape.bars,
        print_zeroes=True,
        no_data_text="",
        disable_xml_declaration=True,
        dots_size=4,
    )
    if not shape.lying and any(name[1:] for name in names):
        chart.config.margin_bottom = LINE
    chart.add_xml_filter(_cleaned(title))
    chart.add_xml_filter(_below_each_other(names, shape))
    chart.add_xml_filter(_legend_from_the_edge)
    return chart


def _cleaned(title: str) -> Callable[[Element], Element]:
    """Return what takes from a drawing all but its lines and texts, and gives it its name."""

    def clean(root: Element) -> Element:
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag in UNSEEN or callable(child.tag) or _says_nothing(child):
                    parent.remove(child)
            for name in ("id", "style", "rx", "ry"):
                parent.attrib.pop(name, None)
            for name, value in parent.attrib.items():
                parent.set(name, FRACTION.sub(_tenth, value))
        for old in root.findall("title"):
            root.remove(old)
        SubElement(root, "title").text = title
        root.set("role", "img")
        root.set("aria-label", title)
        return root

    return clean


def _says_nothing(part: Element) -> bool:
    kind = part.get("class", "")
    return OVERLAY in kind or (kind == "value" and not part.text)


def _legend_from_the_edge(root: Element) -> Element:
    """Begin the legend below the names of lying bars: beside them its words would be cut."""
    for one in root.iter("g"):
        if one.get("class", "") == "legends":
            one.set("transform", FIRST.sub("translate(8, ", one.get("transform", "")))
    return root


def _below_each_other(names: Sequence[Name], shape: Shape) -> Callable[[Element], Element]:
    """Return what writes the lines of each name below each other: pygal knows one line only."""

    def write(root: Element) -> Element:
        which, first = ("axis y", "-0.55em") if shape.lying else ("axis x", "0")
        axis = next(one for one in root.iter("g") if one.get("class", "").startswith(which))
        for label, name in zip(axis.iter("text"), names, strict=False):
            if name[1:]:
                label.text = None
                for n, line in enumerate(name):
                    down = {"x": label.get("x", "0"), "dy": "1.1em" if n else first}
                    SubElement(label, "tspan", down).text = line
        return root

    return write


def _tenth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}"


def _drawn(cell: Shown, shape: Shape) -> object:
    """Return *cell* as pygal takes it: what is hidden is a mark where its bar would begin."""
    if isinstance(cell, int):
        return {"value": cell, "formatter": _unsaid}
    if cell is Mark.HIDDEN and shape.bars:
        return {"value": 0, "formatter": _hidden}
    return None


def _unsaid(_: float) -> str:
    return ""


def _hidden(_: float) -> str:
    return HIDDEN


def _wrapped(name: str, widest: int) -> Name:
    """Return *name* on one line or two; what is longer still loses its last words."""
    return tuple(wrap(name, widest, max_lines=2, placeholder=" …")) or ("",)


def _whole(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
