"""The vault's own key: who has the house's alone reads nothing of a violence ticket."""

import base64
from hashlib import sha256
from pathlib import Path

import pytest
import sqlalchemy as sa

from referrals.roles import Sensitivity
from storage.database.sealing import KeyUnreadableError, SealBroken, Sealer, VaultClosed
from storage.database.statements import Statement
from storage.shelf.files import KeptFile
from storage.shelf.folder import Folder
from storage.shelf.shelf import Shelf
from storage.store import Store
from storage.tables.cases import ticket_words
from storage.unit import Outcome
from tests.storage.conftest import Open
from tests.storage.samples import NOW, SITI, STORY, open_ticket, opened

HOUSE, NEWER, VAULT, NEXT = (
    base64.b64encode(bytes(range(at, at + 32))).decode() for at in (0, 32, 64, 96)
)
WORDS = Statement(lambda _: sa.select(ticket_words.c.purpose, ticket_words.c.sealed), alone=True)
ORDINARY, VIOLENCE = "1", "2"
PHOTO = b"a photo"


async def file_both(store: Store) -> None:
    """Open an ordinary ticket and one of violence."""
    for code, kind in ((ORDINARY, Sensitivity.ORDINARY), (VIOLENCE, Sensitivity.VAULT)):
        unit = open_ticket(store, *opened(code, kind))
        assert await store.commit(unit) is Outcome.KEPT


async def marks(store: Store) -> dict[str, int]:
    """Return the id of the key that sealed the words of each purpose."""
    return {purpose: sealed[0] for purpose, sealed in await store._fetch(WORDS)}


def test_a_closed_vault_says_so() -> None:
    """Without the key one hears that another process may open it; with it, it opens."""
    both = Sealer.read(HOUSE, VAULT)
    sealed = both.seal(b"hai", "vault")
    assert both.open(sealed, "vault") == b"hai"
    assert sealed[0] == 192
    with pytest.raises(VaultClosed):
        Sealer.read(HOUSE).open(sealed, "vault")


def test_the_vaults_key_opens_nothing_else() -> None:
    """What is not the vault's is sealed by the house, whatever key id it claims."""
    both = Sealer.read(HOUSE, VAULT)
    assert both.seal(b"hai", "ticket")[0] == 1
    with pytest.raises(SealBroken):
        both.open(bytes((192,)) + both.seal(b"hai", "ticket")[1:], "ticket")


def test_without_a_key_of_its_own_the_vault_has_a_derived_one() -> None:
    """It is another than the other purposes' all the same."""
    house = Sealer.read(HOUSE)
    assert not house.own_vault
    with pytest.raises(SealBroken):
        house.open(house.seal(b"hai", "vault"), "ticket")


@pytest.mark.parametrize(
    ("key", "vault"), [(f"192:{HOUSE}", ""), (HOUSE, f"1:{VAULT}"), (HOUSE, f"192:{VAULT},{NEXT}")]
)
def test_ids_tell_whose_a_key_is(key: str, vault: str) -> None:
    """The house's are below 192, the vault's above, and none is given twice."""
    with pytest.raises(KeyUnreadableError):
        Sealer.read(key, vault)


async def test_a_process_without_the_key_runs_on(open_store: Open) -> None:
    """It reads every other ticket, and of the vault's neither words nor whose it is."""
    whole = await open_store("one", Sealer.read(HOUSE, VAULT))
    await file_both(whole)
    partly = await open_store("two", Sealer.read(HOUSE))
    assert await partly.ticket_words(ORDINARY) == {1: STORY.encode()}
    assert {ticket.code for ticket in await partly.tickets_of(SITI, 9)} == {ORDINARY, VIOLENCE}
    with pytest.raises(VaultClosed):
        await partly.ticket_words(VIOLENCE)
    with pytest.raises(VaultClosed):
        await partly.ticket(VIOLENCE)


async def test_a_key_for_the_vault_takes_over_what_the_house_sealed(open_store: Open) -> None:
    """Given later, the key is used from then on, and resealing brings the rest under it."""
    await file_both(await open_store("one", Sealer.read(HOUSE)))
    store = await open_store("one", Sealer.read(HOUSE, VAULT))
    assert await store.ticket_words(VIOLENCE) == {1: STORY.encode()}
    while await store.reseal(1):
        pass
    assert await marks(store) == {"ticket": 1, "vault": 192}
    assert await store.ticket_words(VIOLENCE) == {1: STORY.encode()}


async def test_both_kinds_of_keys_are_replaced_apart(open_store: Open) -> None:
    """A new key of the vault's changes the vault alone; the house's can be resealed without it."""
    await file_both(await open_store("one", Sealer.read(HOUSE, VAULT)))
    store = await open_store("one", Sealer.read(HOUSE, f"192:{VAULT},193:{NEXT}"))
    while await store.reseal(100):
        pass
    assert await marks(store) == {"ticket": 1, "vault": 193}
    keyless = await open_store("one", Sealer.read(f"1:{HOUSE},2:{NEWER}"))
    while await keyless.reseal(100):
        pass
    assert await marks(keyless) == {"ticket": 2, "vault": 193}


async def test_contents_of_files_are_sealed_anew(open_store: Open, tmp_path: Path) -> None:
    """Photos follow the keys as rows do: the vault's its own, others the house's; once."""
    old = Sealer.read(HOUSE)
    store, shelf = await open_store("one", old), Shelf(Folder(tmp_path), old)
    for name, vault in (("a", False), ("b", True)):
        file = photo(name * 32, vault=vault)
        await shelf.put(file, PHOTO)
        unit = store.unit()
        unit.keep_file(file)
        await store.commit(unit)
    new = Sealer.read(f"1:{HOUSE},2:{NEWER}", VAULT)
    store, shelf = await open_store("one", new), Shelf(Folder(tmp_path), new)
    assert await store.reseal_files(shelf) == 2
    assert await store.reseal_files(shelf) == 0
    assert first_byte(tmp_path, "a") == 2
    assert first_byte(tmp_path, "b") == 192
    assert await shelf.get(photo("a" * 32, vault=False)) == PHOTO
    stranger = Shelf(Folder(tmp_path), Sealer.read(NEXT))
    assert not await stranger.renew("b" * 32, "vault")
    assert not await stranger.renew("c" * 32, "file")


def first_byte(folder: Path, name: str) -> int:
    """Return the id of the key that sealed the content of file *name*."""
    return (folder / (name * 2) / (name * 32)).read_bytes()[0]


def photo(number: str, *, vault: bool) -> KeptFile:
    """Return the row of a photo."""
    return KeptFile(
        id=number, code="1", seq=1, place=1, kind="image/png", size=len(PHOTO),
        digest=sha256(PHOTO).hexdigest(), vault=vault, at=NOW,
    )  # fmt: skip
