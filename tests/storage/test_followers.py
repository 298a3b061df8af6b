"""Who follows a ticket that took a duplicate in."""

import pytest

from referrals.choosing import Refusal
from referrals.commands import Join
from referrals.lifecycle import decide
from referrals.log import append
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, Ticket
from storage.cases.tickets import Contact
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import BUDI, NOW, SITI, open_ticket, opened


async def joined(store: Store, *followers: Contact) -> Ticket:
    """Keep a ticket of SITI that took a duplicate of each of *followers* in."""
    ticket, entries = opened("100000001", Sensitivity.ORDINARY)
    assert await store.commit(open_ticket(store, ticket, entries)) is Outcome.KEPT
    desk = Actor(Role.VERIFIER, "desk")
    events = decide(ticket, Join(code="100000002", opened_at=NOW), desk, NOW)
    assert not isinstance(events, Refusal)
    after, more = append(ticket, entries[-1].hash, events, desk)
    unit = store.unit()
    unit.change_ticket(after, ticket.events, more, {})
    for contact in followers:
        unit.follow(ticket.code, contact, NOW)
    assert await store.commit(unit) is Outcome.KEPT
    return after


@pytest.mark.parametrize("times", [1, 2])
async def test_who_follows_comes_with_the_ticket(store: Store, times: int) -> None:
    """Each follower once, in their own language."""
    budi = Contact(BUDI, "en")
    ticket = await joined(store, *([budi] * times))
    stored = await store.ticket(ticket.code)
    assert stored
    assert stored.contact == Contact(SITI, "id")
    assert stored.followers == (budi,)


async def test_nobody_follows_an_ordinary_ticket(store: Store) -> None:
    """A ticket that took nothing in has no followers, and one that is not there is None."""
    ticket, entries = opened("100000001", Sensitivity.ORDINARY)
    await store.commit(open_ticket(store, ticket, entries))
    stored = await store.ticket(ticket.code)
    assert stored
    assert stored.followers == ()
    assert await store.ticket("000000000") is None
