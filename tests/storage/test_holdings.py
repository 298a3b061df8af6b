"""Who works on what: for a time, one at a time, and forgotten when it is over."""

from datetime import timedelta

from storage.console.holdings import Held
from storage.store import Store
from tests.storage.samples import NOW

CODE = "482109379"
AN_HOUR = timedelta(hours=1)


async def take(store: Store, who: str, now_after: timedelta = timedelta()) -> None:
    """Have *who* take the case on for an hour, so much after NOW."""
    unit, now = store.unit(), NOW + now_after
    unit.take(CODE, 0, who, now + AN_HOUR, now)
    await store.commit(unit)


async def test_who_comes_first_has_it(store: Store) -> None:
    """A second one gets it only when the first one's time is over."""
    await take(store, "siti")
    await take(store, "budi")
    assert await store.held(CODE, 0, NOW) == Held("siti", NOW + AN_HOUR)
    await take(store, "budi", AN_HOUR)
    assert await store.held(CODE, 0, NOW + AN_HOUR) == Held("budi", NOW + 2 * AN_HOUR)


async def test_whoever_has_it_keeps_it_by_doing_something(store: Store) -> None:
    """Their hour begins anew; another share of the case is another's."""
    await take(store, "siti")
    await take(store, "siti", AN_HOUR / 2)
    held = await store.held(CODE, 0, NOW)
    assert held == Held("siti", NOW + 1.5 * AN_HOUR)
    assert await store.held(CODE, 1, NOW) is None


async def test_only_its_holder_lets_go(store: Store) -> None:
    """A stranger's wish changes nothing."""
    await take(store, "siti")
    for who, left in (("budi", "siti"), ("siti", None)):
        unit = store.unit()
        unit.let_go(CODE, 0, who)
        await store.commit(unit)
        held = await store.held(CODE, 0, NOW)
        assert (held.holder if held else None) == left


async def test_what_is_over_is_forgotten(store: Store) -> None:
    """Neither who looked nor who had it is kept longer than it counts."""
    await take(store, "siti")
    await store.be_present(CODE, "siti", NOW + AN_HOUR)
    assert await store.present(CODE, NOW) == ("siti",)
    await store.forget_idle(NOW)
    assert await store.present(CODE, NOW) == ("siti",)
    await store.forget_idle(NOW + 2 * AN_HOUR)
    assert await store.present(CODE, NOW) == ()
    assert await store.held(CODE, 0, NOW) is None
