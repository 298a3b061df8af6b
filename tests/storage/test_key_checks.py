"""A process with other keys than the database was sealed with is told so, before it does harm."""

import asyncio
from base64 import b64encode

import pytest

from storage.database.sealing import KEY, Sealer
from storage.upkeep.key_checks import FIRST, KeyFault, Misfit
from tests.storage.conftest import Open
from tests.storage.samples import NOW
from tests.storage.test_sealing import lived

ONE, TWO, THREE, STRANGE, FOR_VAULT = (b64encode(bytes([n]) * KEY).decode() for n in range(5))
K1, K2, K3 = f"1:{ONE}", f"2:{TWO}", f"3:{THREE}"
V1, V2 = f"192:{FOR_VAULT}", f"193:{TWO}"


async def test_keys_come_and_go_as_the_manual_says(open_store: Open) -> None:
    """An empty database takes any key; then K1, K1,K2, resealed K1,K2,K3 and K1,K3 all fit."""
    store = await open_store("one", Sealer.read(K1))
    assert await store.hold_to_keys() is None
    await lived(store)
    for ring in (K1, f"{K1},{K2}", f"{K1},{K2},{K3}"):
        store = await open_store("one", Sealer.read(ring))
        assert await store.hold_to_keys() is None
    while await store.reseal(100):
        pass
    for _ in range(2):  # the key that went is forgotten, and looked for no more
        store = await open_store("one", Sealer.read(f"{K1},{K3}"))
        assert await store.hold_to_keys() is None
    assert "sealing key 2" not in await store._noted()


@pytest.mark.parametrize(
    ("ring", "fault"),
    [
        (f"1:{STRANGE}", KeyFault(Misfit.OTHER, 1)),
        (f"9:{STRANGE}", KeyFault(Misfit.NOT_FIRST, 1)),
        (K3, KeyFault(Misfit.NOT_FIRST, 1)),
        (K2, KeyFault(Misfit.NOT_FIRST, 1)),
        (f"{K2},{K1}", KeyFault(Misfit.NOT_FIRST, 1)),
        (K1, KeyFault(Misfit.MISSING, 2)),
        (f"{K1},2:{STRANGE}", KeyFault(Misfit.OTHER, 2)),
        (f"{K1},{K3}", KeyFault(Misfit.MISSING, 2)),
    ],
)
async def test_a_wrong_ring_is_told(open_store: Open, ring: str, fault: KeyFault) -> None:
    """Another key of an id, another first one, one that went before its time: each is found."""
    store = await open_store("one", Sealer.read(f"{K1},{K2}"))
    assert await store.hold_to_keys() is None
    await lived(store)
    other = await open_store("two", Sealer.read(ring))
    assert await other.key_fault() == fault
    assert await other.hold_to_keys() == fault
    assert "sealing key 3" not in await other._noted()


@pytest.mark.parametrize(
    ("ring", "fault"),
    [
        (f"1:{STRANGE}", KeyFault(Misfit.OTHER, 1)),
        (f"9:{STRANGE}", KeyFault(Misfit.MISSING, 1)),
        (f"{K2},{K1}", KeyFault(Misfit.NOT_FIRST, 1)),
        (f"{K1},{K2}", None),
        (K1, None),
    ],
)
async def test_a_database_without_notes_is_looked_through(
    open_store: Open, ring: str, fault: KeyFault | None
) -> None:
    """What an earlier version sealed must open, and the audit tells which key was the first."""
    store = await open_store("one", Sealer.read(K1))
    await lived(store)
    unit = store.unit()
    unit.note("operator", "look", NOW, subject="9901014107800001")
    await store.commit(unit)
    other = await open_store("two", Sealer.read(ring))
    assert await other.hold_to_keys() == fault
    assert (FIRST in await other._noted()) is (fault is None)


async def test_the_vaults_keys_may_be_away_but_not_others(open_store: Open) -> None:
    """A process without the vault's key runs; one with another of the same id does not."""
    store = await open_store("one", Sealer.read(K1, V1))
    assert await store.hold_to_keys() is None
    await lived(store)
    for vault in ("", V1, f"{V1},{V2}"):
        beside = await open_store("two", Sealer.read(K1, vault))
        assert await beside.hold_to_keys() is None
    strange = await open_store("two", Sealer.read(K1, f"192:{STRANGE}"))
    assert await strange.hold_to_keys() == KeyFault(Misfit.OTHER, 192)


async def test_of_two_that_start_at_once_with_different_keys_one_is_refused(
    open_store: Open,
) -> None:
    """Whoever notes its key first has the empty database, and the other one is told."""
    one = await open_store("one", Sealer.read(K1))
    two = await open_store("two", Sealer.read(f"1:{STRANGE}"))
    faults = await asyncio.gather(one.hold_to_keys(), two.hold_to_keys())
    assert sorted(fault is None for fault in faults) == [False, True]


def test_a_check_tells_nothing_of_its_key() -> None:
    """What is noted is a hash: neither the key nor what seals a value."""
    assert Sealer.read(K1).check(1) != Sealer.read(K2).check(2)
    assert ONE not in Sealer.read(K1).check(1)


async def test_a_vault_key_is_held_to_what_it_sealed(open_store: Open) -> None:
    """A process without the vault's key, which starts first, takes nobody's word for that key."""
    store = await open_store("one", Sealer.read(K1, V1))
    await lived(store)
    house = await open_store("two", Sealer.read(K1))
    assert await house.hold_to_keys() is None
    wrong = await open_store("three", Sealer.read(K1, f"192:{STRANGE}"))
    assert await wrong.hold_to_keys() == KeyFault(Misfit.OTHER, 192)
    right = await open_store("four", Sealer.read(K1, V1))
    assert await right.hold_to_keys() is None


async def test_a_start_with_the_old_ring_forgets_no_newer_key(open_store: Open) -> None:
    """While processes take a new key on one by one, nobody comes in with another of its id."""
    for ring in (f"{K1},{K2}", K1):
        store = await open_store("one", Sealer.read(ring))
        assert await store.hold_to_keys() is None
    other = await open_store("two", Sealer.read(f"{K1},2:{STRANGE}"))
    assert await other.hold_to_keys() == KeyFault(Misfit.OTHER, 2)
