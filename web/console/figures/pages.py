"""The page that looks rather than reads: a few large numbers, plots, and tables behind them."""

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

import msgspec
from aiohttp import web
from msgspec import Struct

from casework.figures.desk import FigureDesk, NotShown
from casework.figures.looking import USUAL, WEEKS, Asked
from casework.figures.overview import Overview
from casework.figures.tables import Mark, Table
from referrals.district.directory import District
from referrals.district.staffing import Power
from web.console.addresses import FIGURES
from web.console.figures.files import as_csv, as_workbook
from web.console.figures.plots import plot
from web.console.figures.words import FigureWords
from web.console.guard import signed, staff_of
from web.console.shell import Shell

TEMPLATE = "console/figures.html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Section(Struct, frozen=True):
    """A table on the page: its plot, its words, its lines."""

    key: str
    title: str
    note: str
    drawing: str  # markup of our own, in which every text was escaped
    gaps: bool  # whether numbers of it are hidden
    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    file: str


@dataclass(frozen=True, slots=True)
class FigurePages:
    """The page and its files."""

    shell: Shell
    desk: FigureDesk
    district: District

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: the figures, by the filters of the query."""
        asked = _asked(request)
        seen = await self.desk.see(staff_of(request), asked)
        choices = self._choices(request, asked)
        if isinstance(seen, NotShown):
            return self.shell.page(
                request, TEMPLATE, why=seen.value, seen=None, asked=asked, choices=choices
            )
        words = FigureWords(self.shell.voice(request), self.district)
        query = _query(asked)
        sections = await asyncio.to_thread(lambda: list(_sections(seen, words, query)))
        return self.shell.page(
            request,
            TEMPLATE,
            why="",
            seen=seen,
            asked=asked,
            choices=choices,
            period=words.period(seen),
            tiles=[
                (
                    tile.key,
                    words.tile(tile, tile.now),
                    words.tile(tile, tile.before) if tile.before is not None else "",
                )
                for tile in seen.tiles
            ],
            sections=sections,
            workbook=f"{FIGURES}.xlsx{query}" if staff_of(request).may(Power.EXPORT) else "",
        )

    async def csv(self, request: web.Request) -> web.StreamResponse:
        """GET: one table as CSV."""
        key = request.match_info["table"]
        seen = await self._taken(request, f"{key}.csv")
        table = seen.table(key)
        if table is None:
            raise web.HTTPNotFound
        words = FigureWords(self.shell.voice(request), self.district)
        body = as_csv(words.sheet(table, seen))
        return _file(body, "text/csv", f"{key}.csv", charset="utf-8")

    async def workbook(self, request: web.Request) -> web.StreamResponse:
        """GET: all tables as one workbook."""
        seen = await self._taken(request, "xlsx")
        words = FigureWords(self.shell.voice(request), self.district)
        sheets = [words.sheet(table, seen) for table in seen.tables if table.lines]
        return _file(await asyncio.to_thread(as_workbook, sheets), XLSX, "figures.xlsx")

    async def _taken(self, request: web.Request, what: str) -> Overview:
        """Return the figures for a file, once the audit says who takes it."""
        asked, staff = _asked(request), staff_of(request)
        seen = await self.desk.see(staff, asked)
        if isinstance(seen, NotShown):
            raise web.HTTPForbidden
        await self.desk.note_taken(staff, asked, what)
        return seen

    def _choices(self, request: web.Request, asked: Asked) -> Mapping[str, list[tuple[str, str]]]:
        """Return what can be chosen from in each filter, with its words."""
        say = self.shell.voice(request)
        words = FigureWords(say, self.district)
        rows = self.district
        agencies = [a for a in rows.agencies.values() if not a.areas or a.code == asked.agency]
        services = [(one.code, say.told(one.label)) for one in rows.services.values()]
        return {
            "weeks": [(str(n), words.text("weeks", n=n)) for n in WEEKS],
            "service": sorted(services, key=lambda pair: pair[1]),
            "area": [(a.code, a.name) for a in rows.areas.values() if not a.parent],
            "agency": [(a.code, say.told(a.name)) for a in agencies],
        }


def _sections(seen: Overview, words: FigureWords, query: str) -> Iterator[Section]:
    for table in seen.tables:
        if table.lines:
            yield _section(table, words, query)


def _section(table: Table, words: FigureWords, query: str) -> Section:
    called = words.words(table)
    units = [column.unit for column in table.columns]

    def row(cells: tuple[object, ...]) -> tuple[str, ...]:
        return tuple(words.cell(cell, unit) for cell, unit in zip(cells, units, strict=True))  # type: ignore[arg-type]  # a table's own cells

    return Section(
        key=table.key,
        title=called.title,
        note=words.text(f"note_{table.key}"),
        drawing=plot(table, called),
        gaps=any(Mark.HIDDEN in line.cells for line in table.lines),
        heads=(words.text(f"of_{table.of}"), *called.columns),
        lines=tuple(
            (name, *row(line.cells)) for name, line in zip(called.lines, table.lines, strict=True)
        ),
        total=(words.text("total"), *row(table.total)) if table.total else (),
        file=f"{FIGURES}/{table.key}.csv{query}",
    )


def _asked(request: web.Request) -> Asked:
    """Return the filters of *request*; what is no number of weeks is the usual one."""
    asked = request.query
    weeks = asked.get("weeks", "")
    return Asked(
        int(weeks) if weeks in {str(n) for n in WEEKS} else USUAL,
        asked.get("service", ""),
        asked.get("area", ""),
        asked.get("agency", ""),
    )


def _query(asked: Asked) -> str:
    return f"?{urlencode(msgspec.to_builtins(asked))}"


def _file(body: bytes, kind: str, name: str, charset: str | None = None) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=body, content_type=kind, charset=charset, headers=headers)


def add_figures(app: web.Application, pages: FigurePages) -> None:
    """Serve the figures; the guard comes first."""
    app.router.add_get(FIGURES, signed(Power.FIGURES)(pages.show))
    app.router.add_get(f"{FIGURES}.xlsx", signed(Power.EXPORT)(pages.workbook))
    app.router.add_get(f"{FIGURES}/{{table:[a-z_]+}}.csv", signed(Power.EXPORT)(pages.csv))
