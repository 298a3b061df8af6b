"""Letters to agencies, and what became of them."""

from datetime import timedelta

import sqlalchemy as sa
from msgspec.structs import replace

from storage.database.statements import Statement
from storage.replies.deliveries import Delivery, DeliveryState
from storage.store import Store
from storage.tables.replies import deliveries
from tests.storage.samples import NOW

CODE = "482109379"
SEALED = Statement(lambda _: sa.select(deliveries.c.sealed), alone=True)


def tried(letter: int, turn: int = 0) -> Delivery:
    """Return a letter's first try on a way."""
    return Delivery(
        letter=letter,
        turn=turn,
        agency="dinsos",
        code=CODE,
        leg=1,
        way="email",
        state=DeliveryState.WAITING,
        at=NOW,
        reason="TryLater",
        attempts=1,
    )


async def keep(store: Store, *news: Delivery) -> None:
    """Commit *news*."""
    unit = store.unit()
    for one in news:
        unit.keep_delivery(one)
    await store.commit(unit)


async def test_the_newest_news_counts(store: Store) -> None:
    """A way's later state takes the place of the earlier one, and other ways stay."""
    await keep(store, tried(7), tried(7, 1), tried(8))
    later = replace(
        tried(7),
        state=DeliveryState.DELIVERED,
        reason="",
        attempts=2,
        reference="SR-12",
        at=NOW + timedelta(hours=1),
    )
    await keep(store, later)
    assert await store.deliveries((7, 9, 7)) == (later, tried(7, 1))
    assert await store.deliveries(()) == ()
    assert await store.deliveries_of(CODE, 1) == (later, tried(7, 1), tried(8))
    assert await store.deliveries_of(CODE, 2) == ()


async def test_the_other_sides_number_is_sealed(store: Store) -> None:
    """Another office's number of a case leads to somebody: it is not readable in the table."""
    await keep(store, replace(tried(7), reference="SR-12"))
    ((sealed,),) = await store._fetch(SEALED)
    assert b"SR-12" not in sealed


async def test_a_letter_is_found_by_its_number(store: Store) -> None:
    """Who carries it reads it back by the number that its timer names."""
    unit = store.unit()
    number = unit.tell_agency("dinsos", CODE, 1, b"dear office", NOW)
    await store.commit(unit)
    letter = await store.letter(number)
    assert letter
    assert (letter.agency, letter.body) == ("dinsos", b"dear office")
    assert await store.letter(number + 1) is None
