"""Plots as SVG, drawn here and coloured by our style sheet: no script, no style, no id in them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from msgspec import Struct

from casework.figures.tables import Shown, Table

WIDTH, HEIGHT, LINE = 440, 260, 26  # pixels of the drawing; its lines grow with the bars' number
TEXT = 14  # pixels: still readable where a telephone shows the drawing at two thirds
MOST = 10  # bars with long names below each other
LABELS = 5  # names below bars that stand side by side
WIDEST = 24  # characters of a name
UNSEEN = frozenset({"script", "style", "desc"})  # what pygal adds for tooltips
OVERLAY = "tooltip-overlay"


class Shape(Struct, frozen=True):
    """How a table is drawn: pygal's class, and which of its columns (none: all)."""

    kind: str
    columns: tuple[str, ...] = ()
    percent: bool = False

    @property
    def lying(self) -> bool:
        """Whether bars lie, with their names beside them."""
        return "Horizontal" in self.kind


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
    lines: Sequence[str]
    columns: Sequence[str]


def plot(table: Table, words: Words) -> str:
    """Return *table* drawn, or "" where it is only to be read; what is hidden leaves a gap."""
    shape = SHAPES.get(table.key)
    if shape is None:
        return ""
    count = min(len(table.lines), MOST) if shape.lying else len(table.lines)
    chart = _chart(shape, count, words.title)
    chart.x_labels = [_short(name) for name in words.lines[:count]]
    if not shape.lying and count > LABELS + 1:
        chart.x_labels_major_every = -(-count // LABELS)
        chart.show_minor_x_labels = False
    for at, column in enumerate(table.columns):
        if not shape.columns or column.key in shape.columns:
            values = [_drawn(line.cells[at]) for line in table.lines[:count]]
            chart.add(words.columns[at], values)
    drawn: str = chart.render(is_unicode=True)
    return drawn


def _chart(shape: Shape, count: int, title: str) -> Any:  # noqa: ANN401 - pygal ships no types
    import pygal  # noqa: PLC0415 - 0.2 s of a start, for who looks at figures alone
    from pygal.style import Style  # noqa: PLC0415 - the same

    sizes = ("label", "major_label", "legend", "value", "value_label", "no_data")
    chart = getattr(pygal, shape.kind)(
        width=WIDTH,
        height=max(HEIGHT, 90 + LINE * count) if shape.lying else HEIGHT,
        style=Style(**{f"{name}_font_size": TEXT for name in sizes}),
        css=[],
        js=[],
        margin=4,
        range=(0, 100) if shape.percent else None,
        min_scale=3,
        max_scale=5,
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        show_legend=shape.kind != "HorizontalBar",
        truncate_legend=-1,
        formatter=_whole,
        no_data_text="",
        disable_xml_declaration=True,
        dots_size=3,
    )
    chart.add_xml_filter(_cleaned(title))
    return chart


def _cleaned(title: str) -> Callable[[Element], Element]:
    """Return what takes from a drawing all but its lines and texts, and gives it its name."""

    def clean(root: Element) -> Element:
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag in UNSEEN or OVERLAY in child.get("class", "") or callable(child.tag):
                    parent.remove(child)
            for name in ("id", "style"):
                parent.attrib.pop(name, None)
        for old in root.findall("title"):
            root.remove(old)
        SubElement(root, "title").text = title
        root.set("role", "img")
        root.set("aria-label", title)
        return root

    return clean


def _drawn(cell: Shown) -> int | None:
    return cell if isinstance(cell, int) else None


def _short(name: str) -> str:
    return name if len(name) <= WIDEST else f"{name[: WIDEST - 1].rstrip()}…"


def _whole(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
