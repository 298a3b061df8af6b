"""Figures in words: what lines, columns and numbers are called in one language."""

from datetime import date

from casework.figures.gathering import WEEK
from casework.figures.offices import SUBDISTRICTS, VILLAGES
from casework.figures.overview import Overview, Tile
from casework.figures.tables import Column, Mark, Shown, Table, Unit
from referrals.district.directory import District
from web.console.figures.files import Text, Worksheet
from web.console.figures.plots import Words
from web.voice import Voice

PAGE = "console_figures"
HOURS_SAID = 48  # from so many on, days are said
HOURS_A_DAY = 24
IN_PERCENT = frozenset({"on_time", "village", "agreed"})


class FigureWords:
    """Says figures in the language of *say*."""

    def __init__(self, say: Voice, district: District) -> None:
        self._say = say
        self._district = district

    def text(self, key: str, **values: object) -> str:
        """Return the wording *key* of the page."""
        return self._say(f"{PAGE}.{key}", **values)

    def number(self, n: int) -> str:
        """Return *n* with its thousands apart."""
        return f"{n:,}".replace(",", self.text("thousands"))

    def cell(self, cell: Shown, unit: Unit = Unit.COUNT) -> str:
        """Return *cell* as a table shows it."""
        if isinstance(cell, Mark):
            return self.text(f"mark_{cell.value}")
        return f"{cell}%" if unit is Unit.PERCENT else self.number(cell)

    def tile(self, tile: Tile, value: Shown) -> str:
        """Return the number *value* of *tile* with its unit."""
        if tile.key == "first_answer" and not isinstance(value, Mark):
            days = value >= HOURS_SAID
            n = self.number(round(value / HOURS_A_DAY) if days else value)
            return self.text("days" if days else "hours", n=n)
        return self.cell(value, Unit.PERCENT if tile.key in IN_PERCENT else Unit.COUNT)

    def line(self, of: str, key: str) -> str:
        """Return what the line *key* of a table of *of* is called."""
        match of:
            case "week":
                return self._week(int(key))
            case "area":
                row = self._district.areas.get(key)
                return row.name if row else key or self.text("no_area")
            case "service":
                service = self._district.services.get(key)
                return self._say.told(service.label) if service else key
            case "agency":
                return self._agency(key)
            case _:
                return self.text(f"{of}_{key}")

    def column(self, table: Table, column: Column) -> str:
        """Return the heading of *column*; a grid's columns are kecamatan."""
        grid = table.key in {"weeks_by_area", "unmet"} and column.key != "total"
        return self.line("area", column.key) if grid else self.text(f"column_{column.key}")

    def words(self, table: Table) -> Words:
        """Return what a plot of *table* says."""
        return Words(
            self.text(f"table_{table.key}"),
            tuple(self.line(table.of, line.key) for line in table.lines),
            tuple(self.column(table, column) for column in table.columns),
        )

    def sheet(self, table: Table, seen: Overview) -> Worksheet:
        """Return *table* as a sheet of a file, with its totals below."""
        words = self.words(table)
        lines = [
            (name, *self._cells(line.cells))
            for name, line in zip(words.lines, table.lines, strict=True)
        ]
        if table.total:
            lines.append((self.text("total"), *self._cells(table.total)))
        heads = (self.text(f"of_{table.of}"), *words.columns)
        return Worksheet(words.title, f"{words.title}. {self.period(seen)}", heads, lines)

    def period(self, seen: Overview) -> str:
        """Return from when until when is counted."""
        first, last = (date.fromordinal(day) for day in seen.period.days)
        return self.text("period", first=self._say.day(first), last=self._say.day(last))

    def _cells(self, cells: tuple[Shown, ...]) -> tuple[Text, ...]:
        return tuple(self.cell(one) if isinstance(one, Mark) else one for one in cells)

    def _week(self, week: int) -> str:
        monday = date.fromordinal(week * WEEK + 1)
        month = self._say(f"page.month_{monday.month}")
        return f"{monday.day} {month[:3]}"

    def _agency(self, key: str) -> str:
        if key in {VILLAGES, SUBDISTRICTS}:
            return self.text(key)
        row = self._district.agencies.get(key)
        return self._say.told(row.name) if row else key
