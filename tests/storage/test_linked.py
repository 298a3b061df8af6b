"""Addresses of one person: linked by proof, found from each of them, let go of at a word."""

from datetime import timedelta

from conversations.messages import Address, Channel
from storage.store import Store
from storage.unit import Outcome
from tests.storage.samples import NOW, SITI

TEXTS = Address(Channel.SMS, "+6281100000001")
CHAT = Address(Channel.WHATSAPP, "6281100000009")


async def linked(store: Store, person: str, *addresses: Address) -> None:
    """Link *addresses*."""
    unit = store.unit()
    unit.link(person, addresses, NOW)
    assert await store.commit(unit) is Outcome.KEPT


async def test_each_address_knows_the_others(store: Store) -> None:
    """Whoever has one of them has all of them, and nobody else's."""
    assert await store.linked_to(SITI) == ()
    await linked(store, "p", SITI, TEXTS)
    await linked(store, "p", SITI, TEXTS, CHAT)
    assert set(await store.linked_to(SITI)) == {TEXTS, CHAT}
    assert set(await store.linked_to(CHAT)) == {SITI, TEXTS}
    await linked(store, "q", Address(Channel.SMS, "+628119"))
    assert await store.linked_to(Address(Channel.SMS, "+628119")) == ()


async def test_whoever_proved_it_last_has_it(store: Store) -> None:
    """A number that somebody else links now is theirs, as numbers are given out again."""
    await linked(store, "p", SITI, TEXTS)
    await linked(store, "q", CHAT, TEXTS)
    assert await store.linked_to(SITI) == ()
    assert await store.linked_to(CHAT) == (TEXTS,)


async def test_an_address_is_let_go_of(store: Store) -> None:
    """PUTUS at one address leaves the others together."""
    await linked(store, "p", SITI, TEXTS, CHAT)
    unit = store.unit()
    unit.unlink(CHAT)
    await store.commit(unit)
    assert await store.linked_to(CHAT) == ()
    assert await store.linked_to(SITI) == (TEXTS,)


async def test_who_is_erased_is_let_go_of(store: Store) -> None:
    """HAPUS forgets where else somebody is reached."""
    await linked(store, "p", SITI, TEXTS)
    unit = store.unit()
    unit.erase_talk(SITI)
    await store.commit(unit)
    assert await store.linked_to(TEXTS) == ()


async def test_a_code_leads_where_it_was_shown_for_a_while(store: Store) -> None:
    """It leads nowhere once its time is over, it was used, or it was forgotten."""
    until = NOW + timedelta(minutes=15)
    unit = store.unit()
    unit.offer_link("48291377", SITI, until)
    unit.offer_link("11111111", CHAT, until)
    await store.commit(unit)
    assert await store.link_offered("48291377", NOW) == SITI
    assert await store.link_offered("000000", NOW) is None
    assert await store.link_offered("48291377", until + timedelta(seconds=1)) is None

    unit = store.unit()
    unit.close_offer("48291377")
    await store.commit(unit)
    assert await store.link_offered("48291377", NOW) is None
    await store.forget_link_codes(until)
    assert await store.link_offered("11111111", NOW) == CHAT
    await store.forget_link_codes(until + timedelta(seconds=1))
    assert await store.link_offered("11111111", NOW) is None


async def test_links_move_with_an_address(store: Store) -> None:
    """Somebody who is reached under another id of the same channel stays linked."""
    await linked(store, "p", SITI, CHAT)
    anew = Address(Channel.WHATSAPP, "ID.1234567890")
    await store.move_address(CHAT, anew)
    assert await store.linked_to(SITI) == (anew,)
    assert await store.linked_to(CHAT) == ()
