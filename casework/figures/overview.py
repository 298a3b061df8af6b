"""The figures as a head of office sees them: a few large numbers, then tables to be drawn."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from casework.figures.gathering import Gathered, Gathering, Period, named
from casework.figures.hiding import is_small
from casework.figures.kinds import Kind
from casework.figures.looking import Asked, Look
from casework.figures.middle import buckets, middle
from casework.figures.offices import rows_of, together
from casework.figures.tables import (
    Cells,
    Mark,
    Ready,
    Shown,
    Sides,
    Table,
    grid,
    share,
    shown,
    table,
)
from referrals.district.directory import District
from storage.store import Store

VERDICTS = (
    Kind.CONFIRMED,
    Kind.AUTO_CONFIRMED,
    Kind.NOT_SOLVED,
    Kind.FALSE_CLOSURE,
    Kind.REOPENED,
)
JUDGED = (Kind.RECEIVED, *VERDICTS)
STANDING = (Kind.OPEN, Kind.PROMISED, Kind.UNHEARD)
WEEK_AT, AREA_AT = 0, 1  # the parts of a group by week and area
AGES = (8, 15, 31, 61)  # days at which the next bucket begins
QUIET = (7, 14, 21)
CITIZENS_TURN = "citizen"
HOURS = (24, 4 * 24, 8 * 24, 15 * 24)


class Tile(Struct, frozen=True):
    """A large number: now, and in the period before; *key* names it and its unit."""

    key: str
    now: Shown
    before: Shown | None = None  # None: there is nothing to compare a stock with


class Overview(Struct, frozen=True):
    """Everything on the page."""

    asked: Asked
    period: Period
    tiles: tuple[Tile, ...]
    tables: tuple[Table, ...]

    def table(self, key: str) -> Table | None:
        """Return the table *key*, or None where it has no lines."""
        return next((one for one in self.tables if one.key == key and one.lines), None)


class _Known(Struct, frozen=True):
    """All counts that the page is made of; each kind is read as seldom as it can be."""

    before: Gathered
    places: Gathered  # by week and area
    services: Gathered
    agencies: Gathered
    days: Gathered
    areas: Gathered  # what stands, by area
    hours: Gathered
    hours_before: Gathered
    unmet: Gathered


async def overview(
    store: Store, district: District, asked: Asked, look: Look, today: date
) -> Overview:
    """Return the figures that *asked* is for, which `looking.allowed` let pass."""
    period = Period.until(today, asked.weeks)
    # an office's own view counts what came to it: tickets are filed at no office
    came, stock = (Kind.RECEIVED, Kind.HELD) if asked.agency else (Kind.FILED, Kind.OPEN)
    known = await _known(Gathering(store, asked, look), period, came, stock)
    builder = _Builder(known, district, (came, stock), today.toordinal(), period)
    tables = await asyncio.to_thread(builder.tables)  # hiding takes its time
    return Overview(asked, period, builder.tiles(), tables)


async def _known(gather: Gathering, period: Period, came: Kind, stock: Kind) -> _Known:
    counts, days, back = gather.counts, period.days, period.before().days
    flows = (came, Kind.ANSWERED, Kind.SOLVED)
    return _Known(
        before=await counts((*flows, *VERDICTS), days=back),
        places=(await counts((*flows, Kind.ENDED), "area", "week", days=days)).turned(),
        services=(await counts(flows, "service", days=days)).and_(
            await counts((stock,), "service")
        ),
        agencies=(await counts((*JUDGED, Kind.ANSWERED), "agency", days=days)).and_(
            await counts((Kind.HELD,), "agency")
        ),
        days=await counts(tuple({stock, *STANDING}), "day"),
        areas=await counts((stock,), "area"),
        hours=await counts((Kind.FIRST_ANSWER,), "value", days=days),
        hours_before=await counts((Kind.FIRST_ANSWER,), "value", days=back),
        unmet=(await counts((Kind.UNFUNDED,), "service", "area", days=days)).and_(
            await counts((Kind.WAITLISTED, Kind.AT_CENTRE), "service", "area")
        ),
    )


class _Builder:
    """Makes tiles and tables of what is known."""

    def __init__(
        self,
        known: _Known,
        district: District,
        kinds: tuple[Kind, Kind],
        today: int,
        period: Period,
    ) -> None:
        self._known = known
        self._district = district
        self._today = today
        self._period = period
        self._came, self._open = kinds
        self._now = known.places.and_(known.agencies.only(*VERDICTS))

    def tiles(self) -> tuple[Tile, ...]:
        """Return the large numbers, the most telling first."""
        known = self._known
        late = sum(n for day, n in known.days.by(Kind.PROMISED).items() if day < self._today)
        still = known.days.n(Kind.OPEN) - late
        return (
            self._both("filed", lambda one: shown(one.n(self._came))),
            Tile("open", shown(known.days.n(self._open))),
            Tile("late", Mark.HIDDEN if is_small(still) else shown(late)),
            self._both(
                "on_time", lambda one: share(one.total(Kind.ANSWERED), one.n(Kind.ANSWERED))
            ),
            Tile(
                "first_answer",
                middle(known.hours.by(Kind.FIRST_ANSWER)),
                middle(known.hours_before.by(Kind.FIRST_ANSWER)),
            ),
            self._both("village", lambda one: share(one.total(Kind.SOLVED), one.n(Kind.SOLVED))),
            self._both("agreed", _agreed),
            self._both("reopened", lambda one: shown(_came_back(one))),
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the tables, in the order of the page."""
        return (
            self._weeks(),
            self._ages(),
            self._shares(),
            self._hours(),
            self._agencies(),
            self._silences(),
            self._unmet(),
            self._other_wants(),
            self._areas(),
            self._services(),
            self._by_week_and_area,
        )

    def _both(self, key: str, of: Callable[[Gathered], Shown]) -> Tile:
        return Tile(key, of(self._now), of(self._known.before))

    def _weeks(self) -> Table:
        came = self._by_week_and_area
        columns: dict[str, Cells] = {
            "filed": Ready(came.margin, came.total[-1]),
            "ended": named(self._known.places.by(Kind.ENDED, WEEK_AT)),
        }
        return table("weeks", "week", self._week_names(), columns)

    def _shares(self) -> Table:
        weeks = self._known.places
        columns = {"on_time": weeks.sides(Kind.ANSWERED), "village": weeks.sides(Kind.SOLVED)}
        return table("shares", "week", self._week_names(), columns)

    def _ages(self) -> Table:
        open_since = self._known.days.by(self._open)
        ages = Counter({self._today - day: n for day, n in open_since.items()})
        return table("ages", "age", _names(AGES), {"open": buckets(ages, AGES)})

    def _hours(self) -> Table:
        waited = buckets(self._known.hours.by(Kind.FIRST_ANSWER), HOURS)
        return table("first_answers", "hours", _names(HOURS), {"answers": waited})

    def _silences(self) -> Table:
        last = self._known.days.by(Kind.UNHEARD)
        quiet = buckets(Counter({self._today - day: n for day, n in last.items()}), QUIET)
        waits = self._known.days.n(Kind.OPEN) - sum(last.values())
        lines = [*_names(QUIET), CITIZENS_TURN]
        return table("silences", "quiet", lines, {"open": {**quiet, CITIZENS_TURN: waits}})

    def _agencies(self) -> Table:
        known = self._known.agencies
        counts = {
            kind.value: together(known.by(kind), self._district)
            for kind in (*JUDGED[:1], Kind.HELD, *JUDGED[1:])
        }
        answered = Sides(
            together(known.values(Kind.ANSWERED), self._district),
            together(known.by(Kind.ANSWERED), self._district),
        )
        lines = rows_of(counts[Kind.RECEIVED], *counts.values(), answered.all)
        return table("agencies", "agency", lines, {**counts, "on_time": answered})

    def _areas(self) -> Table:
        """Return what each kecamatan had; what came is hidden as in the table of weeks."""
        came = self._by_week_and_area
        lines = [column.key for column in came.columns[:-1]]
        of_line = dict(zip(lines, came.total, strict=False))
        known, stock = self._known.places, self._known.areas.by(self._open)
        shares = {kind: known.sides(kind, AREA_AT) for kind in (Kind.ANSWERED, Kind.SOLVED)}
        lines = rows_of(known.by(self._came, AREA_AT), stock, shares[Kind.ANSWERED].all)
        filed = Ready(tuple(of_line.get(one, 0) for one in lines), came.total[-1])
        columns: dict[str, Cells] = {
            "filed": filed,
            "open": stock,
            "on_time": shares[Kind.ANSWERED],
            "village": shares[Kind.SOLVED],
        }
        return table("areas", "area", lines, columns)

    def _services(self) -> Table:
        known = self._known.services
        lines = rows_of(known.by(self._came), known.by(self._open), known.by(Kind.ANSWERED))
        columns: dict[str, Cells] = {
            "filed": known.by(self._came),
            "open": known.by(self._open),
            "on_time": known.sides(Kind.ANSWERED),
            "village": known.sides(Kind.SOLVED),
        }
        return table("services", "service", lines, columns)

    @cached_property
    def _by_week_and_area(self) -> Table:
        pairs = self._known.places.pairs(self._came)
        areas = sorted({area for _, area in pairs})
        return grid("weeks_by_area", "week", self._week_names(), areas, pairs)

    def _unmet(self) -> Table:
        """Return who waits for the budget; other wants stand apart, so that nobody subtracts."""
        pairs = self._known.unmet.pairs(Kind.WAITLISTED)
        services = rows_of(self._known.unmet.by(Kind.WAITLISTED))
        return grid("unmet", "service", services, sorted({area for _, area in pairs}), pairs)

    def _other_wants(self) -> Table:
        known = self._known.unmet
        columns = {one.value: known.by(one) for one in (Kind.UNFUNDED, Kind.AT_CENTRE)}
        return table("wants", "service", rows_of(*columns.values()), columns)

    def _week_names(self) -> Sequence[str]:
        return [str(week) for week in self._period.weeks]


def _agreed(one: Gathered) -> Shown:
    """Return the share of answers "done" that citizens themselves agreed with."""
    said = one.n(Kind.CONFIRMED)
    return share(said, said + one.n(Kind.AUTO_CONFIRMED) + one.n(Kind.NOT_SOLVED))


def _came_back(one: Gathered) -> int:
    return sum(one.n(kind) for kind in (Kind.NOT_SOLVED, Kind.FALSE_CLOSURE, Kind.REOPENED))


def _names(edges: Sequence[int]) -> list[str]:
    return [str(place) for place in range(len(edges) + 1)]
