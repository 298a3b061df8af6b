"""Contents of files in a bucket of an S3-compatible store, and what its troubles cost: nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count

import pytest

from bot.clock import SystemClock
from storage.database.errors import FilesUnavailable, StoreUnavailable
from storage.database.sealing import Sealer
from storage.shelf.bucket import Bucket, BucketUnreadableError, Lock
from storage.shelf.files import KeptFile
from storage.shelf.shelf import Shelf
from tests.fakes.bucket_server import KEY, SECRET, BucketServer, Mood

CONTENT = b"\xff\xd8\xff what a house looks like" * 40
OLD, NEW = Sealer.new_key(), Sealer.new_key()
names = count(1)


@pytest.fixture(scope="module")
def running() -> Iterator[BucketServer]:
    """Give a server of this file's own."""
    with BucketServer() as server:
        yield server


@pytest.fixture
def server(running: BucketServer) -> BucketServer:
    """Give the server in a good mood."""
    running.mood = "fine"
    return running


@pytest.fixture
def name(server: BucketServer) -> str:
    """Give the name of an empty bucket."""
    found = f"files-{next(names)}"
    server.make(found)
    return found


@pytest.fixture
def bucket(server: BucketServer, name: str) -> Bucket:
    """Give that bucket, of which we use a part; one request may take half a second."""
    return opened(server, name)


def opened(server: BucketServer, name: str, secret: str = SECRET) -> Bucket:
    """Return the part "kabupaten/x" of bucket *name*."""
    lock = Lock(endpoint=server.endpoint, access_key=KEY, secret_key=secret)
    return Bucket(f"s3://{name}/kabupaten/x", lock, timedelta(seconds=0.5))


def kept(number: int = 1, *, vault: bool = False) -> KeptFile:
    """Return the row of the file that holds CONTENT."""
    return KeptFile(
        id=f"{number:032x}",
        code="RT-7K3M9P",
        seq=1,
        place=number,
        kind="image/jpeg",
        size=len(CONTENT),
        digest=sha256(CONTENT).hexdigest(),
        vault=vault,
        at=datetime(2026, 7, 1, tzinfo=UTC),
    )


async def test_a_content_lies_sealed_in_its_part(
    server: BucketServer, name: str, bucket: Bucket
) -> None:
    """What the store holds is under our prefix, and nothing it could read."""
    shelf = Shelf(bucket, Sealer.read(OLD))
    await shelf.put(kept(), CONTENT)
    assert await shelf.get(kept()) == CONTENT
    sealed = server.holds(f"{name}/kabupaten/x/00/{kept().id}")
    assert sealed is not None
    assert b"house" not in sealed
    assert await shelf.get(kept(vault=True)) is None


async def test_what_is_not_there_reads_as_gone(bucket: Bucket) -> None:
    """A content that nobody put there is None, and removing it does no harm."""
    shelf = Shelf(bucket, Sealer.read(OLD))
    assert await shelf.get(kept()) is None
    await shelf.remove(kept().id)
    assert not await shelf.renew(kept().id, "file")


async def test_deletion_reaches_the_bucket(
    server: BucketServer, name: str, bucket: Bucket
) -> None:
    """What is removed is no longer in the store."""
    shelf = Shelf(bucket, Sealer.read(OLD))
    await shelf.put(kept(), CONTENT)
    await shelf.remove(kept().id)
    assert server.holds(f"{name}/kabupaten/x/00/{kept().id}") is None
    assert await shelf.get(kept()) is None


async def test_the_sweep_takes_from_the_bucket_what_no_row_names(bucket: Bucket) -> None:
    """What was erased, or left by a crash, goes a day later; what has a row stays."""
    shelf = Shelf(bucket, Sealer.read(OLD))
    for number in (1, 2, 3):
        await shelf.put(kept(number), CONTENT)

    async def known(ids: object) -> set[str]:
        return {kept(2).id}

    soon = SystemClock().now()
    later = soon + timedelta(days=1, minutes=1)
    assert await shelf.sweep(known, soon) == 0
    assert await shelf.sweep(known, later) == 2
    assert await shelf.get(kept(1)) is None
    assert await shelf.get(kept(2)) == CONTENT


async def test_a_content_is_sealed_anew_in_the_bucket(bucket: Bucket) -> None:
    """A new key reaches what lies in the bucket, once."""
    await Shelf(bucket, Sealer.read(f"1:{OLD}")).put(kept(), CONTENT)
    shelf = Shelf(bucket, Sealer.read(f"1:{OLD},2:{NEW}"))
    assert await shelf.renew(kept().id, "file")
    assert not await shelf.renew(kept().id, "file")
    assert await shelf.get(kept()) == CONTENT


@pytest.mark.parametrize("mood", ["away", "shut", "slow", "cut"])
async def test_trouble_says_try_again_and_loses_nothing(
    server: BucketServer, bucket: Bucket, mood: Mood
) -> None:
    """An outage, a refusal, a slow store or a broken line can be retried; then all is there."""
    shelf = Shelf(bucket, Sealer.read(OLD))
    await shelf.put(kept(), CONTENT)
    server.mood = mood
    with pytest.raises(FilesUnavailable) as told:
        await shelf.get(kept())
    if mood != "cut":  # a write has nothing to be cut short of
        with pytest.raises(FilesUnavailable):
            await shelf.put(kept(2), CONTENT)
    server.mood = "fine"
    assert await shelf.get(kept()) == CONTENT
    assert isinstance(told.value, StoreUnavailable)
    assert SECRET not in str(told.value)
    assert kept().id not in str(told.value)


async def test_an_outage_ends_neither_a_removal_nor_the_sweep_quietly(
    server: BucketServer, bucket: Bucket
) -> None:
    """Who wants something gone hears that it is not."""
    server.mood = "away"
    with pytest.raises(FilesUnavailable):
        await bucket.remove(kept().id)
    with pytest.raises(FilesUnavailable):
        _ = [one async for one in bucket.older_than(SystemClock().now())]


async def test_what_the_store_changed_is_not_shown(server: BucketServer, bucket: Bucket) -> None:
    """A content that is not what we sealed reads as gone."""
    shelf = Shelf(bucket, Sealer.read(OLD))
    await shelf.put(kept(), CONTENT)
    server.mood = "changed"
    assert await shelf.get(kept()) is None


async def test_a_bucket_that_is_not_there(server: BucketServer) -> None:
    """A misspelt bucket takes nothing, and says so."""
    with pytest.raises(FilesUnavailable, match="not there"):
        await opened(server, "files-nobody-made").write(kept().id, b"sealed")


@pytest.mark.parametrize("url", ["https://x/y", "s3://", "bucket", "s3://b/p?x=1"])
def test_an_address_that_is_no_bucket_is_refused(url: str) -> None:
    """An operator's slip is told before anything is kept."""
    with pytest.raises(BucketUnreadableError):
        Bucket(url, Lock())


def test_a_lock_prints_without_its_keys() -> None:
    """No log shows what opens the bucket."""
    assert SECRET not in repr(Lock(access_key=KEY, secret_key=SECRET))
