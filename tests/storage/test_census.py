"""Tickets and logs that are gone, cut or set back: missed by their seals and by the census."""

from datetime import timedelta

import sqlalchemy as sa

from casework.trail.anchoring import note_census
from referrals.commands import Route
from referrals.log import replay
from storage.cases.broken import Broken
from storage.cases.census import Census, Counting, worth
from storage.cases.tickets import moving, seal_of
from storage.database.instants import to_number
from storage.database.statements import constant
from storage.store import Store
from storage.tables.cases import ticket_events, ticket_words, tickets
from storage.unit import Outcome
from tests.storage.samples import NOW, after, open_ticket, opened
from tests.storage.test_proving import LATER, broken, filed, meddle, places


async def test_a_ticket_that_is_gone_is_missed_by_the_census(store: Store) -> None:
    """Row, log and words taken out together leave every count before them wrong."""
    await filed(store, "1", "2")
    await note_census(store, LATER)
    for table in (tickets, ticket_events):
        await meddle(store, sa.delete(table).where(table.c.code == constant("'2'")))
    (found,) = await broken(store)
    assert found.where == "tickets"
    assert "2 were opened" in found.why


async def test_a_ticket_put_in_anothers_place_is_missed_too(store: Store) -> None:
    """As many tickets as there were, but not the same ones."""
    await filed(store, "1", "2")
    await note_census(store, LATER)
    await filed(store, "3")
    for table in (tickets, ticket_events):
        await meddle(store, sa.delete(table).where(table.c.code == constant("'2'")))
    (found,) = await broken(store)
    assert "does not say any more" in found.why


async def cut(store: Store, code: str, left: int, *, seal: bool = False) -> None:
    """Take what came after entry *left* out of a ticket's log, and have the row agree.

    With *seal*, as who kept a copy of the row from then can.
    """
    entries = (await store.entries(code))[:left]
    row = moving(replay(entries), entries)
    if seal:
        row |= {"seal": seal_of(store.sealer, code, entries[-1].hash)}
    mine = ticket_events.c.code == constant(f"'{code}'")
    later = ticket_events.c.seq > constant(str(left))
    await meddle(store, sa.delete(ticket_events).where(mine & later))
    values = {name: constant("'" + str(value) + "'") for name, value in row.items()}
    await meddle(
        store, sa.update(tickets).where(tickets.c.code == constant(f"'{code}'")).values(values)
    )


async def test_a_log_that_was_cut_is_named(store: Store) -> None:
    """Who writes into the database but has no key cannot make an earlier entry the last one."""
    await filed(store, "1", "2")
    assert await broken(store) == []
    await cut(store, "1", 1)
    (found,) = await broken(store)
    assert found == Broken("ticket 1, entry 1", "somebody without the key made it the last one")


async def test_a_log_that_was_set_back_is_missed_by_the_census(store: Store) -> None:
    """A row and log as they stood before a census do not agree with it, whole as they look."""
    await filed(store, "1", "2")
    await note_census(store, LATER)
    await cut(store, "1", 1, seal=True)
    (found,) = await broken(store)
    assert found.where == "tickets"
    assert "does not say any more" in found.why


async def test_words_that_an_open_ticket_lost_are_named(store: Store) -> None:
    """Nobody erases what was said about a ticket that is still open."""
    ticket, entries = opened("1")
    await store.commit(open_ticket(store, ticket, entries))
    assert await places(store) == []
    await meddle(store, sa.delete(ticket_words))
    (found,) = await broken(store)
    assert found == Broken("ticket 1, entry 1", "its words are gone, and the ticket is still open")


def test_an_older_census_is_of_first_entries(store: Store) -> None:
    """Lines that an earlier version wrote still prove what they told."""
    _, entries = opened("1")
    until = to_number(LATER)
    total = f"{worth(store.sealer, '1', entries[0].hash):x}"
    counting = Counting(store.sealer, [Census(until, 1, total)])
    counting.saw("1", entries)
    assert list(counting.broken()) == []
    wrong = Counting(store.sealer, [Census(until, 1, "0")])
    wrong.saw("1", entries)
    assert [one.where for one in wrong.broken()] == ["tickets"]


async def test_an_audit_that_is_gone_as_a_whole_is_missed(store: Store) -> None:
    """Tickets of many nights and no line that counted them: somebody took the audit away."""
    ticket, entries = opened("1")
    await store.commit(open_ticket(store, ticket, entries))
    assert await places(store) == []
    later, more = after(
        ticket, entries[-1].hash, Route(agency="dinsos", rule="role"), NOW + timedelta(days=4)
    )
    unit = store.unit()
    unit.change_ticket(later, 1, more, {})
    assert await store.commit(unit) is Outcome.KEPT
    assert await places(store) == ["audit"]
