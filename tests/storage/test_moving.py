"""Somebody is reached under another address: everything that is theirs goes with them."""

from datetime import timedelta

import pytest

from conversations.messages import Address, Channel, Reply
from referrals.roles import Sensitivity
from storage.cases.tickets import Contact
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import BUDI, CONSENTS, NOW, SITI, opened, turn

NEW = Address(Channel.WHATSAPP, "ID.13491208655302741918")
TOMORROW = NOW + timedelta(days=1)


async def live(store: Store, sensitivity: Sensitivity = Sensitivity.ORDINARY) -> str:
    """Have Siti talk, agree, file, follow, and ask for silence; return her ticket's code."""
    ticket, entries = opened(sensitivity=sensitivity)
    unit = turn(store)
    unit.consent(SITI, "1", "id", "message", NOW)
    unit.stop(SITI, NOW)
    unit.open_ticket(ticket, Contact(SITI, "id"), None, {}, entries)
    unit.join_party("482109380", "reporter", Contact(SITI, "id"), NOW)
    unit.send_later(SITI, Reply("kabar"), NOW, TOMORROW, ticket.code)
    assert await store.commit(unit) is Outcome.KEPT
    return ticket.code


@pytest.mark.parametrize("sensitivity", [Sensitivity.ORDINARY, Sensitivity.VAULT])
async def test_everything_moves(store: Store, sensitivity: Sensitivity) -> None:
    """Talk, consent, silence, tickets, parts in others' tickets, and notices kept back."""
    code = await live(store, sensitivity)
    assert await store.is_known(SITI)
    await store.move_address(SITI, NEW)
    stored = await store.ticket(code)
    assert stored
    assert stored.contact.address == NEW
    assert [ticket.code for ticket in await store.tickets_of(NEW, 5)] == [code]
    assert await store.session(NEW) == (1, b"session 1")
    assert await store.has_stopped(NEW)
    assert [c.version for c in await store.consents_of(NEW)] == ["1"]
    assert len(await store.parts_of(NEW)) == 1
    kept_back = [item for item in await store.claim(TOMORROW, 9) if item.reply.text == "kabar"]
    assert [item.address for item in kept_back] == [NEW]


async def test_nothing_stays_behind(store: Store) -> None:
    """The old address is a stranger's again; moving it once more does nothing."""
    await live(store)
    for _ in range(2):
        await store.move_address(SITI, NEW)
    assert not await store.is_known(SITI)
    assert await store.session(SITI) is None
    assert not await store.has_stopped(SITI)
    assert len(await store._fetch(CONSENTS)) == 1
    assert await store.session(NEW) == (1, b"session 1")


async def test_what_the_new_address_has_counts_first(store: Store) -> None:
    """Two talks become one: the one that goes on under the new address."""
    await live(store)
    for version in (0, 1):
        assert await store.commit(turn(store, NEW, version)) is Outcome.KEPT
    await store.move_address(SITI, NEW)
    assert await store.session(NEW) == (2, b"session 2")
    assert await store.session(SITI) is None
    assert len(await store.tickets_of(NEW, 5)) == 1


async def test_nobody_elses_moves(store: Store) -> None:
    """Another citizen keeps what is theirs."""
    assert await store.commit(turn(store, BUDI)) is Outcome.KEPT
    await live(store)
    await store.move_address(SITI, NEW)
    assert await store.session(BUDI) == (1, b"session 1")
