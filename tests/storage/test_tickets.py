"""Tickets: opened once, changed by one at a time, logged whole, words apart."""

import asyncio

from referrals import log
from referrals.roles import Sensitivity
from storage.cases.tickets import Contact, StoredTicket
from storage.database.writes import Loss
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import BUDI, NOW, SITI, STORY, WEEK, open_ticket, opened, routed


async def test_a_ticket_comes_back_as_it_was(store: Store) -> None:
    """Row, contact, log and words are read as they were written."""
    ticket, entries = opened()
    assert await store.commit(open_ticket(store, ticket, entries)) is Outcome.KEPT
    kept = StoredTicket(ticket, Contact(SITI, "id"), entries[-1].hash)
    assert await store.ticket(ticket.code) == kept
    assert await store.entries(ticket.code) == entries
    assert await store.ticket_words(ticket.code) == {1: STORY.encode()}
    assert log.first_broken(await store.entries(ticket.code)) is None
    assert await store.ticket("000000000") is None


async def test_opened_and_routed_in_one_commit(store: Store) -> None:
    """Filing a need is one unit, however many events it makes."""
    ticket, entries = opened()
    sent, more = routed(ticket, entries)
    await store.commit(open_ticket(store, sent, (*entries, *more)))
    stored = await store.ticket(sent.code)
    assert stored is not None
    assert stored.last_hash == more[-1].hash
    assert log.replay(await store.entries(sent.code)) == sent


async def test_a_code_is_given_once(store: Store) -> None:
    """A second ticket under a taken code is refused whole."""
    ticket, entries = opened()
    await store.commit(open_ticket(store, ticket, entries))
    second = open_ticket(store, ticket, entries, BUDI)
    assert await store.commit(second) is Outcome.LOST
    assert second.lost is Loss.CODE
    stored = await store.ticket(ticket.code)
    assert stored is not None
    assert stored.contact.address == SITI


async def test_one_change_at_a_time(store: Store) -> None:
    """Of ten officers who act in the same instant, one is heard; the others look again."""
    ticket, entries = opened()
    await store.commit(open_ticket(store, ticket, entries))
    units = []
    for n in range(10):
        unit = store.unit()
        changed, more = routed(ticket, entries, f"agency {n}")
        unit.change_ticket(changed, ticket.events, more, {more[0].seq: b"said"})
        units.append(unit)
    outcomes = await asyncio.gather(*map(store.commit, units))
    assert outcomes.count(Outcome.KEPT) == 1
    assert {unit.lost for unit in units} == {None, Loss.TICKET}
    kept = await store.entries(ticket.code)
    assert len(kept) == len(entries) + 1
    assert log.first_broken(kept) is None
    assert await store.ticket_words(ticket.code) == {1: STORY.encode(), 2: b"said"}


async def test_own_tickets_the_newest_first(store: Store) -> None:
    """A citizen finds their own tickets and nobody else's."""
    for n, code in enumerate(("100000001", "100000002", "100000003")):
        ticket, entries = opened(code, now=NOW + WEEK * n)
        await store.commit(open_ticket(store, ticket, entries))
    ticket, entries = opened("100000009")
    await store.commit(open_ticket(store, ticket, entries, BUDI))
    assert [t.code for t in await store.tickets_of(SITI, 2)] == ["100000003", "100000002"]
    assert [t.code for t in await store.tickets_of(BUDI, 9)] == ["100000009"]


async def test_a_vault_ticket_opens_for_the_store(store: Store) -> None:
    """The vault's own key seals contact and words; the store reads both."""
    ticket, entries = opened(sensitivity=Sensitivity.VAULT)
    await store.commit(open_ticket(store, ticket, entries))
    stored = await store.ticket(ticket.code)
    assert stored is not None
    assert stored.contact == Contact(SITI, "id")
    assert await store.ticket_words(ticket.code) == {1: STORY.encode()}


async def test_letters_the_newest_first(store: Store) -> None:
    """An agency's letters, or all of them, come back as they were written."""
    for n, agency in enumerate(("dinsos", "bpjs", "dinsos")):
        unit = store.unit()
        unit.tell_agency(agency, "482109379", n, f"letter {n}".encode(), NOW)
        await store.commit(unit)
    assert [letter.leg for letter in await store.letters(None, 10)] == [2, 1, 0]
    assert [letter.body for letter in await store.letters("dinsos", 10)] == [
        b"letter 2",
        b"letter 0",
    ]
    assert len(await store.letters(None, 1)) == 1
