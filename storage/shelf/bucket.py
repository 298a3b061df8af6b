"""A shelf's place in a bucket of an S3-compatible store: AWS, MinIO, Ceph, a data centre's own."""

from collections.abc import AsyncIterator, Awaitable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from msgspec import Struct
from obstore.exceptions import (
    BaseError,
    NotFoundError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from storage.database.errors import FilesUnavailable

if TYPE_CHECKING:
    from obstore.store import S3Config  # a type that does not exist at run time

PATIENCE = timedelta(seconds=30)  # for one request
TRIES = 2  # more of one request, while the store is away
OVERALL = timedelta(seconds=20)  # after which none of them begins
T = TypeVar("T")


class BucketUnreadableError(ValueError):
    """The address of a bucket cannot be read; the text says what it must look like."""


class Lock(Struct, frozen=True, kw_only=True):
    """What opens a bucket. Without keys the machine's own role does. Prints without the secret.

    *endpoint* is the store's address; that of AWS in *region* where it is empty.
    """

    endpoint: str = ""
    region: str = "us-east-1"
    access_key: str = ""
    secret_key: str = ""

    def __repr__(self) -> str:
        return f"Lock({self.endpoint or self.region})"


class Bucket:
    """Sealed contents as objects; see `storage.shelf.shelf.ShelfPlace`.

    Each upload is signed with the digest of what it holds: the store refuses what arrives broken.
    """

    def __init__(self, url: str, lock: Lock, patience: timedelta = PATIENCE) -> None:
        """Open "s3://bucket/prefix". Raises BucketUnreadableError."""
        parts = urlsplit(url)
        if parts.scheme != "s3" or not parts.netloc or parts.query or parts.fragment:
            raise BucketUnreadableError("must look like s3://bucket/prefix")
        self._store = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            client_options={"timeout": patience, "connect_timeout": patience, "allow_http": True},
            retry_config={"max_retries": TRIES, "retry_timeout": OVERALL},
            config=_opening(lock),
        )

    async def write(self, number: str, sealed: bytes) -> None:
        try:
            await _answered(self._store.put_async(_key(number), sealed, use_multipart=False))
        except FileNotFoundError:
            raise FilesUnavailable("the bucket of files is not there") from None

    async def read(self, number: str) -> bytes | None:
        try:
            return await _answered(self._read(number))
        except FileNotFoundError:
            return None

    async def remove(self, number: str) -> None:
        try:
            await _answered(self._store.delete_async(_key(number)))
        except FileNotFoundError:
            return

    async def older_than(self, then: datetime) -> AsyncIterator[str]:
        pages = aiter(self._store.list())
        while (page := await _answered(anext(pages, None))) is not None:
            for found in page:
                if found["last_modified"] < then:
                    yield found["path"].rpartition("/")[2]

    async def _read(self, number: str) -> bytes:
        found = await self._store.get_async(_key(number))
        return bytes(await found.bytes_async())


async def _answered(asked: Awaitable[T]) -> T:
    """Return what the store answers. Raises FileNotFoundError, FilesUnavailable.

    The library's own text holds the object's address and the store's answer; ours does not.
    """
    try:
        return await asked
    except (NotFoundError, FileNotFoundError):
        raise FileNotFoundError from None
    except (PermissionDeniedError, UnauthenticatedError):
        raise FilesUnavailable("the bucket of files refuses our key") from None
    except (BaseError, OSError) as error:
        raise FilesUnavailable(f"the bucket of files: {type(error).__name__}") from None


def _key(number: str) -> str:
    return f"{number[:2]}/{number}"


def _opening(lock: Lock) -> "S3Config":
    found: S3Config = {"region": lock.region}
    if lock.endpoint:
        found["endpoint"] = lock.endpoint.rstrip("/")
    if lock.access_key:
        found["access_key_id"] = lock.access_key
        found["secret_access_key"] = lock.secret_key
    return found
