"""Files: their rows, the marks of proofs, and the shelf with their sealed content."""

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from storage.database.sealing import Sealer
from storage.database.writes import Loss
from storage.shelf.files import KeptFile
from storage.shelf.folder import Folder
from storage.shelf.shelf import Shelf
from storage.store import Store
from storage.unit import Outcome, Unit
from tests.storage.samples import NOW
from tests.storage.seen import seen_before

CONTENT = b"\xff\xd8\xff a photo of a mended roof"
CODE = "482109379"
SEEN = sha256(CONTENT).hexdigest()


def kept(number: int = 1, *, vault: bool = False, code: str = CODE) -> KeptFile:
    """Return what a row would say of CONTENT."""
    return KeptFile(
        id=f"{number:032x}",
        code=code,
        seq=4,
        place=1,
        kind="image/jpeg",
        size=len(CONTENT),
        digest=SEEN,
        vault=vault,
        at=NOW,
    )


def proof(store: Store, file: KeptFile, *digests: str) -> Unit:
    """Return a unit that proves something with *file*."""
    unit = store.unit()
    unit.keep_file(file)
    unit.prove_with(file, digests or (file.digest,))
    return unit


@pytest.fixture
def shelf(tmp_path: Path, sealer: Sealer) -> Shelf:
    """Give a shelf of its own."""
    return Shelf(Folder(tmp_path / "files"), sealer)


async def test_a_photo_is_found_by_what_it_looks_like(store: Store) -> None:
    """Stripes are counted photo by photo: two that share half each are not one that shares all."""
    for number, look in ((1, ["a", "b"]), (2, ["c", "d"]), (3, ["a", "b", "c"])):
        unit = proof(store, kept(number), f"digest {number}")
        unit.remember_look(kept(number), look)
        assert await store.commit(unit) is Outcome.KEPT
    assert await store.most_alike(["a", "b", "c", "d"]) == 3
    assert await store.most_alike(["e"]) == 0
    assert await store.most_alike([]) == 0


@pytest.mark.parametrize("vault", [False, True])
async def test_a_file_reads_back_as_it_was_kept(store: Store, *, vault: bool) -> None:
    """Kind, size, place and digest come back; what is in a vault says so."""
    file = kept(vault=vault)
    assert await store.commit(proof(store, file)) is Outcome.KEPT
    assert await store.files_of(CODE) == (file,)
    assert await store.files_of("000000000") == ()
    assert await store.known_files([file.id, "0" * 32]) == {file.id}


async def test_a_proof_counts_once(store: Store) -> None:
    """What was seen before, by one of its marks, proves nothing again, on whatever ticket."""
    assert await store.commit(proof(store, kept(1), "bytes", "picture")) is Outcome.KEPT
    again = proof(store, kept(2, code="100000009"), "other bytes", "picture")

    assert await store.commit(again) is Outcome.LOST
    assert again.lost is Loss.REUSED
    assert await store.files_of("100000009") == ()
    assert await seen_before(store, ["other bytes", "picture"])
    assert not await seen_before(store, ["other bytes"])


async def test_of_two_at_once_one_counts(store: Store) -> None:
    """Two tickets proven with one photo at the same moment: one is kept, the other told."""
    units = [proof(store, kept(n, code=f"{n:09}")) for n in range(2)]
    first, second = (store.commit(unit) for unit in units)
    outcomes = {await first, await second}
    assert outcomes == {Outcome.KEPT, Outcome.LOST}


async def test_what_a_citizen_sent_is_no_proof(store: Store) -> None:
    """A photo of the need may come twice, and never counts as proof that it was met."""
    for number in (1, 2):
        unit = store.unit()
        unit.keep_file(kept(number))
        unit.remember(kept(number), [SEEN])
        assert await store.commit(unit) is Outcome.KEPT
    assert await store.commit(proof(store, kept(3))) is Outcome.LOST


async def test_dropped_files_leave_their_marks(store: Store) -> None:
    """After an erasure nothing is left of a file but that it was used."""
    await store.commit(proof(store, kept()))
    unit = store.unit()
    unit.drop_files(CODE)
    assert await store.commit(unit) is Outcome.KEPT
    assert await store.files_of(CODE) == ()
    assert await seen_before(store, [SEEN])


@pytest.mark.parametrize("vault", [False, True])
async def test_content_lies_sealed(tmp_path: Path, sealer: Sealer, *, vault: bool) -> None:
    """The disk holds nothing readable, and nobody else may read even that."""
    shelf, file = Shelf(Folder(tmp_path / "files"), sealer), kept(vault=vault)
    await shelf.put(file, CONTENT)
    (path,) = (tmp_path / "files").glob("*/*")
    assert await shelf.get(file) == CONTENT
    assert CONTENT not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


async def test_a_vaults_content_opens_for_its_vault_only(shelf: Shelf) -> None:
    """Content of a vault ticket is sealed by a key of its own."""
    await shelf.put(kept(vault=True), CONTENT)
    assert await shelf.get(kept(vault=False)) is None


async def test_what_was_changed_or_swapped_is_not_shown(tmp_path: Path, shelf: Shelf) -> None:
    """A content that is not what its row says reads as gone."""
    await shelf.put(kept(1), CONTENT)
    await shelf.put(kept(2), b"another")
    one, two = (tmp_path / "files" / "00" / kept(n).id for n in (1, 2))
    two.replace(one)
    assert await shelf.get(kept(1)) is None
    one.write_bytes(b"rubbish")
    assert await shelf.get(kept(1)) is None
    assert await shelf.get(kept(2)) is None


async def test_a_shelf_takes_no_path_for_an_id(shelf: Shelf) -> None:
    """Nothing outside the folder can be reached."""
    file = kept()
    for number in ("../../key", "", "A" * 32):
        with pytest.raises(ValueError, match="hexadecimal"):
            await shelf.remove(number)
    await shelf.remove(file.id)  # what is not there needs no removing


async def test_the_sweep_takes_what_no_row_names(
    tmp_path: Path, shelf: Shelf, store: Store
) -> None:
    """What a crash left goes after a day; what has a row or is being written stays."""
    await store.commit(proof(store, kept(1)))
    for number in (1, 2, 3):
        await shelf.put(kept(number), CONTENT)
    folder = tmp_path / "files" / "00"
    (folder / f"{kept(4).id}.77").write_bytes(b"half")
    yesterday = (NOW - timedelta(days=2)).timestamp()
    for name in (kept(1).id, kept(2).id, f"{kept(4).id}.77"):
        os.utime(folder / name, (yesterday, yesterday))
    os.utime(folder / kept(3).id, (NOW.timestamp(), NOW.timestamp()))

    assert await shelf.sweep(store.known_files, NOW) == 1
    assert sorted(path.name for path in folder.iterdir()) == [kept(1).id, kept(3).id]
    assert await Shelf(Folder(tmp_path / "none"), shelf._sealer).sweep(store.known_files, NOW) == 0
