"""Counted rows follow the logs, on both databases, whatever happens to tickets."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
import structlog
from msgspec.structs import replace

from casework.figures.counting import tally
from casework.figures.keeping import MARK, Keeping
from casework.figures.kinds import Kind
from casework.privacy.retention import Retention
from referrals.log import Entry, replay
from storage.cases.tickets import Contact
from storage.database.statements import Statement, constant
from storage.figures.counted import Row, Span, Tally
from storage.figures.sums import Key
from storage.store import Store
from storage.tables.figures import summed
from storage.unit import Outcome
from tests.referrals.lives import OfDice
from tests.referrals.wild import DISTRICT, Life
from tests.storage.samples import NIK, NOW, SITI, STORY, open_ticket, opened
from tests.storage.seen import figures_of

EVER = Span(1, 3_000_000)
TICKETS, STEPS = 30, 25
SUMS = Statement(lambda _: sa.select(*summed.c), alone=True)
SPOILT = Statement(lambda _: sa.update(summed).values(n=summed.c.n + constant("1")), alone=True)


def life(seed: int) -> tuple[Entry, ...]:
    """Return the log of a random life."""
    one = Life(OfDice(seed))
    one.file()
    for _ in range(STEPS):
        one.step()
    return one.entries


async def write(store: Store, code: str, entries: Sequence[Entry], known: int) -> None:
    """Keep *entries* of ticket *code*, of which the first *known* are kept already."""
    unit, ticket = store.unit(), replace(replay(entries), code=code)
    if known:
        unit.change_ticket(ticket, known, entries[known:], {})
    else:
        unit.open_ticket(ticket, Contact(SITI, "id"), NIK, {1: STORY.encode()}, entries)
    assert await store.commit(unit) is Outcome.KEPT


async def counted(store: Store) -> dict[str, tuple[Row, ...]]:
    """Return what is counted of every ticket."""
    return {f"{n:09}": await figures_of(store, f"{n:09}") for n in range(TICKETS)}


async def sums(store: Store) -> list[Any]:
    """Return all weekly sums."""
    return sorted(await store._fetch(SUMS))


async def written(store: Store) -> dict[str, tuple[Entry, ...]]:
    """Keep many random lives piece by piece, counting after each round what went on."""
    lives = {f"{n:09}": life(n) for n in range(TICKETS)}
    keeping, dice = Keeping(store, DISTRICT), OfDice(1)
    known = dict.fromkeys(lives, 0)
    while any(known[code] < len(lives[code]) for code in lives):
        for code, entries in lives.items():
            until = min(known[code] + dice.whole(0, 9), len(entries))
            if until > known[code]:
                await write(store, code, entries[:until], known[code])
                known[code] = until
        await keeping.catch_up()
    return lives


async def test_what_is_kept_is_what_a_rebuild_finds(store: Store) -> None:
    """After random histories, merges among them, and again after erasing by retention."""
    lives = await written(store)
    kept = await counted(store)
    assert kept == {code: tally(code, log, DISTRICT).rows for code, log in lives.items()}
    assert await store.unfigured("", 9) == []

    await Keeping(store, DISTRICT).rebuild()
    assert await counted(store) == kept

    went = await Retention(store, DISTRICT).run(NOW + timedelta(days=366 * 12))
    assert sum(one.count for one in went)
    assert await counted(store) == kept
    await Keeping(store, DISTRICT).rebuild()
    assert await counted(store) == kept


async def test_sums_kept_in_step_are_those_of_all_rows(store: Store) -> None:
    """After random histories, merges among them; and what they are otherwise, a rebuild mends."""
    lives = await written(store)
    expected: Counter[Key] = Counter()
    totals: Counter[Key] = Counter()
    for code, entries in lives.items():
        one = tally(code, entries, DISTRICT)
        for row in one.rows:
            names = {"service": one.service, "area": one.area, "agency": row.agency}
            for dimension, name in names.items():
                key = row.kind, dimension, (row.day - 1) // 7, name
                expected[key] += 1
                totals[key] += row.value
    kept = await sums(store)
    assert kept == sorted((*key, n, totals[key]) for key, n in expected.items())

    await store._write(SPOILT, ((),))
    assert await sums(store) != kept
    await Keeping(store, DISTRICT).rebuild()
    assert await sums(store) == kept


@pytest.mark.parametrize("by", [(), ("area",), ("area", "week"), ("week",), ("service",)])
async def test_sums_and_rows_come_to_the_same(store: Store, by: tuple[str, ...]) -> None:
    """Whatever days are asked for, of all, of one office or of one kecamatan."""
    lives = await written(store)
    rows = [
        (one, row)
        for one in (tally(code, log, DISTRICT) for code, log in lives.items())
        for row in one.rows
        if row.kind in {Kind.RECEIVED, Kind.FIRST_ANSWER}
    ]
    first, last = spread(rows)
    dice = OfDice(3)
    for _ in range(12):
        days = sorted((dice.whole(first - 9, last + 9), dice.whole(first - 9, last + 9)))
        one, row = rows[dice.whole(0, len(rows) - 1)]
        for chosen in ({}, {"agency": row.agency}, {"area": one.area}):
            span = Span(days[0], days[1], **chosen)
            plain = plainly(rows, span, by)
            found = await store.count((Kind.RECEIVED, Kind.FIRST_ANSWER), span, *by)
            assert {(n.kind, n.group): (n.n, n.total) for n in found if n.n} == plain


def plainly(
    rows: Sequence[tuple[Tally, Row]], span: Span, by: tuple[str, ...]
) -> dict[tuple[str, tuple[Any, ...]], tuple[int, int]]:
    """Return what *rows* in *span* come to, row by row."""
    counts: Counter[tuple[str, tuple[Any, ...]]] = Counter()
    totals: Counter[tuple[str, tuple[Any, ...]]] = Counter()
    for one, row in rows:
        names = {"area": one.area, "service": one.service, "agency": row.agency}
        fits = all(getattr(span, name) in {"", own} for name, own in names.items())
        if fits and span.first <= row.day <= span.last:
            key = row.kind, tuple({**names, "week": (row.day - 1) // 7}[name] for name in by)
            counts[key] += 1
            totals[key] += row.value
    return {key: (n, totals[key]) for key, n in counts.items()}


async def test_counts_are_grouped_as_asked(store: Store) -> None:
    """The database adds up what a plain count of the rows gives."""
    lives = await written(store)
    tallies = [tally(code, log, DISTRICT) for code, log in lives.items()]
    for kind in (Kind.FILED, Kind.RECEIVED, Kind.FIRST_ANSWER):
        rows = [(one, row) for one in tallies for row in one.rows if row.kind == kind]
        by_agency = Counter((row.agency,) for _, row in rows)
        found = await store.count((kind,), EVER, "agency")
        assert {one.group: one.n for one in found} == by_agency
        weeks = Counter((one.area, (row.day - 1) // 7) for one, row in rows)
        for span in (EVER, Span(*spread(rows))):
            found = await store.count((kind,), span, "area", "week")
            assert {one.group: one.n for one in found} == weeks
        (total,) = await store.count((kind,), EVER)
        assert (total.n, total.total) == (len(rows), sum(row.value for _, row in rows))


def spread(rows: Sequence[tuple[Tally, Row]]) -> tuple[int, int]:
    """Return the first and the last day of *rows*."""
    days = [row.day for _, row in rows]
    return min(days), max(days)


async def test_filters_leave_out_what_they_do_not_name(store: Store) -> None:
    """A service, a kecamatan, an office, some days, and services that nobody may see."""
    rows = (Row("filed", 10, "a"), Row("filed", 20, "b"))
    await store.keep_figures(
        [Tally("1", 1, "ONE", "99.01.01", rows), Tally("2", 1, "TWO", "99.01.02", rows[:1])]
    )

    async def n(**known: str | int) -> int:
        span = replace(Span(1, 99), **known)
        return sum(one.n for one in await store.count(("filed", "ended"), span))

    assert await n() == 3
    assert await n(service="ONE") == 2
    assert await n(area="99.01.02") == 1
    assert await n(agency="a") == 2
    assert await n(first=11) == 1
    assert await n(last=10) == 2
    assert await n(hidden=",ONE,THREE,") == 1
    assert await n(hidden=",WO,ON,") == 3


async def test_a_ticket_that_goes_on_is_counted_again(store: Store) -> None:
    """Nobody tells the figures: its log is longer than what they know."""
    entries = life(3)
    await write(store, "1", entries[:1], 0)
    assert await store.unfigured("", 9) == ["1"]
    assert await Keeping(store, DISTRICT).catch_up(1) == 1
    assert await store.unfigured("", 9) == []
    await write(store, "1", entries, 1)
    assert await store.unfigured("", 9) == ["1"]


async def test_a_log_that_tells_no_story_stops_nobody(store: Store) -> None:
    """It counts for nothing, is named in our log, and the tickets after it are counted."""
    ticket, entries = opened("1")
    await store.commit(open_ticket(store, ticket, (*entries, replace(entries[0], seq=2))))
    ticket, entries = opened("2")
    await store.commit(open_ticket(store, ticket, entries))
    with structlog.testing.capture_logs() as logs:
        assert await Keeping(store, DISTRICT).catch_up() == 2
    assert [line["event"] for line in logs] == ["a log cannot be counted"]
    assert await figures_of(store, "1") == ()
    assert len(await figures_of(store, "2")) == 4


async def test_a_change_of_the_calendar_counts_all_anew(store: Store) -> None:
    """What is due when changes with a holiday, and so does what was in time."""
    ticket, entries = opened("1")
    await store.commit(open_ticket(store, ticket, entries))
    keeping = Keeping(store, DISTRICT)
    await keeping.keep_up()
    assert await store.kept_note(MARK) == keeping.edition()
    before = {row.kind: row.day for row in await figures_of(store, "1")}

    holidays = DISTRICT.calendar.holidays | {NOW.date() + timedelta(days=2)}
    shorter = replace(DISTRICT, calendar=replace(DISTRICT.calendar, holidays=holidays))
    await Keeping(store, shorter).keep_up()
    after = {row.kind: row.day for row in await figures_of(store, "1")}
    assert after[Kind.PROMISED] > before[Kind.PROMISED]
