"""Proofs: whatever is changed or missing is found and named."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.commands.audit import Verified, broken_links
from casework.trail.anchoring import note_census, note_ends
from storage.audit import proving
from storage.audit.proving import RETENTION, Proven, erasure_told
from storage.audit.reading import End
from storage.cases.broken import Broken
from storage.database.statements import Statement, constant
from storage.store import Store
from storage.tables.audit import audit, audit_heads
from storage.tables.cases import ticket_events, tickets
from storage.unit import Outcome
from tests.storage.conftest import Open
from tests.storage.samples import NIK, NOW, open_ticket, opened, routed

LATER = NOW + timedelta(hours=2)
LINES = 5


async def looks(store: Store, count: int = LINES) -> None:
    """Have somebody look *count* times."""
    unit = store.unit()
    for n in range(count):
        unit.note("agency:dinsos", "page", NOW, code=str(n), subject=NIK, detail=b"why")
    assert await store.commit(unit) is Outcome.KEPT


async def meddle(store: Store, statement: sa.Update | sa.Delete) -> None:
    """Do to the database what nobody may."""
    await store._write(Statement(lambda _: statement, alone=True), [()])


def line(seq: int, chain: str = "one") -> sa.ColumnElement[bool]:
    """Return what picks a line of the audit."""
    return (audit.c.seq == constant(str(seq))) & (audit.c.chain == constant(f"'{chain}'"))


async def broken(store: Store, kept: Mapping[str, End] | None = None) -> list[Broken]:
    """Return every broken link."""
    return [found async for found in broken_links(store, Verified(), kept or {})]


async def places(store: Store) -> list[str]:
    """Return where links are broken."""
    return [found.where for found in await broken(store)]


async def test_what_nobody_touched_is_unbroken(open_store: Open) -> None:
    """Chains of two processes, their notes of each other, tickets and a census hold."""
    one, two = await open_store("one"), await open_store("two")
    await looks(one)
    await looks(two)
    await one.commit(open_ticket(one, *opened()))
    for store in (one, two):
        await note_ends(store, NOW)
        await note_census(store, LATER)
    verified = Verified()
    assert [found async for found in broken_links(one, verified, await one.audit_ends())] == []
    assert (verified.audit.lines, verified.tickets, verified.entries) == (2 * LINES + 4, 1, 1)


@pytest.mark.parametrize("column", ["at", "actor", "action", "code", "digest", "hash"])
async def test_a_changed_line_is_named(store: Store, column: str) -> None:
    """Whatever of a line is not as it was written, the line is the first broken link."""
    await looks(store)
    seven = constant("7" if column == "at" else "'7'")
    await meddle(store, sa.update(audit).values({column: seven}).where(line(3)))
    assert await places(store) == ["chain one, line 3"]


@pytest.mark.parametrize("column", ["subject", "sealed"])
async def test_changed_details_are_named(store: Store, column: str) -> None:
    """Whose data it was, and why, cannot be exchanged between lines either."""
    await looks(store)
    other = sa.select(audit.c.sealed).where(line(2)).scalar_subquery()
    await meddle(store, sa.update(audit).values({column: other}).where(line(4)))
    assert await places(store) == ["chain one, line 4"]


@pytest.mark.parametrize("seq", [1, 3])
async def test_a_line_taken_out_is_named(store: Store, seq: int) -> None:
    """A gap shows, at the beginning and in the middle."""
    await looks(store)
    await meddle(store, sa.delete(audit).where(line(seq)))
    assert [str(b.where) for b in await broken(store)] == [f"chain one, line {seq}"]


async def test_lines_cut_off_at_the_end_are_missed(store: Store) -> None:
    """The head knows how long its chain is."""
    await looks(store)
    await meddle(store, sa.delete(audit).where(line(LINES)))
    assert await broken(store) == [Broken("chain one, line 5", "lines are missing at the end")]


async def test_a_chain_cut_off_with_its_head_is_missed_by_the_others(open_store: Open) -> None:
    """Whoever takes lines away and moves the head back did not think of the other chains."""
    one, two = await open_store("one"), await open_store("two")
    await looks(one)
    await note_ends(two, NOW)
    last = sa.select(audit.c.hash).where(line(4)).scalar_subquery()
    head = audit_heads.c.chain == constant("'one'")
    await meddle(one, sa.update(audit_heads).values(seq=constant("4"), hash=last).where(head))
    await meddle(one, sa.delete(audit).where(line(5)))
    (found,) = await broken(one)
    assert found == Broken("chain one", "lines are missing that chain two, line 1 noted")


async def test_a_chain_that_is_gone_is_missed_by_the_others(open_store: Open) -> None:
    """A whole chain, lines and head, leaves a hole as well."""
    one, two = await open_store("one"), await open_store("two")
    await looks(one)
    await note_ends(two, NOW)
    for table in (audit, audit_heads):
        await meddle(one, sa.delete(table).where(table.c.chain == constant("'one'")))
    assert await places(one) == ["chain one"]


async def test_what_was_kept_outside_is_compared(store: Store) -> None:
    """Even everything taken back to an older copy differs from the ends somebody wrote down."""
    await looks(store)
    kept = await store.audit_ends()
    assert await broken(store, kept) == []
    for table in (audit, audit_heads):
        await meddle(store, sa.delete(table))
    assert await broken(store) == []
    assert [b.where for b in await broken(store, kept)] == ["chain one"]


async def test_details_that_were_erased_in_time_are_no_break(store: Store) -> None:
    """The chain holds without them, when a line says that they were to go; else it does not."""
    await looks(store)
    await meddle(
        store, sa.update(audit).values(sealed=sa.null(), subject=sa.null()).where(line(2))
    )
    assert await places(store) == ["chain one, line 2"]
    unit = store.unit()
    unit.note("program", RETENTION, NOW, detail=erasure_told(NOW + timedelta(seconds=1)))
    await store.commit(unit)
    assert await broken(store) == []


async def test_long_chains_are_proven_page_by_page(store: Store) -> None:
    """More lines than a page holds: nothing is passed over at the seams."""
    await asyncio.gather(*(looks(store, 500) for _ in range(5)))
    assert await broken(store) == []
    await meddle(store, sa.update(audit).values(actor=constant("'x'")).where(line(2001)))
    assert await places(store) == ["chain one, line 2001"]


async def test_a_proof_beside_writers_accuses_nobody(open_store: Open) -> None:
    """Lines and entries that come while we look are no break."""
    one, two = await open_store("one"), await open_store("two")
    ticket, entries = opened()
    await one.commit(open_ticket(one, ticket, entries))

    async def write() -> None:
        for n in range(30):
            await looks(two, 3)
            await two.commit(open_ticket(two, *opened(str(n))))

    async def prove() -> None:
        for _ in range(15):
            assert await broken(one) == []

    await asyncio.gather(write(), prove())


async def filed(store: Store, *codes: str) -> None:
    """Open tickets that went to an office."""
    for code in codes:
        ticket, entries = opened(code)
        await store.commit(open_ticket(store, ticket, entries))
        then, more = routed(ticket, entries)
        unit = store.unit()
        unit.change_ticket(then, 1, more, {})
        assert await store.commit(unit) is Outcome.KEPT


def entry(seq: int) -> sa.ColumnElement[bool]:
    """Return what picks an entry of ticket 2."""
    return (ticket_events.c.code == constant("'2'")) & (ticket_events.c.seq == constant(str(seq)))


SECOND = tickets.c.code == constant("'2'")
AT_TWO = "ticket 2, entry 2"
CHANGES: dict[str, tuple[sa.Update | sa.Delete, str]] = {
    "words": (sa.update(ticket_events).values(words=constant("'x'")).where(entry(2)), AT_TWO),
    "cut": (sa.delete(ticket_events).where(entry(2)), AT_TWO),
    "gap": (sa.delete(ticket_events).where(entry(1)), "ticket 2, entry 1"),
    "state": (sa.update(tickets).values(state=constant("'closed'")).where(SECOND), AT_TWO),
    "agency": (sa.update(tickets).values(agency=constant("'other'")).where(SECOND), AT_TWO),
    "gone": (sa.delete(tickets).where(SECOND), "ticket 2"),
}


@pytest.mark.parametrize(("change", "where"), CHANGES.values(), ids=CHANGES)
async def test_a_ticket_that_is_not_its_log_is_named(
    store: Store, change: sa.Update | sa.Delete, where: str
) -> None:
    """An entry changed, cut off or taken out, a row that says something else, a log alone."""
    await filed(store, "1", "2", "3")
    assert await broken(store) == []
    await meddle(store, change)
    assert await places(store) == [where]


async def test_a_chain_begun_meanwhile_is_not_accused(store: Store) -> None:
    """A head that was not there when the proof began may be there when it ends."""
    await looks(store)
    proven = Proven()
    found = await proving.Proving._broken_chain(store, "one", None, proven)
    assert found is None
