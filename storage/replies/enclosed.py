"""What lies sealed in a reply's row: to whom it goes, what it says, what was tried before."""

from msgspec import Struct, msgpack

from conversations.messages import Address, Reply
from storage.database.sealing import Sealer


class Past(Struct, frozen=True, array_like=True):
    """What went before with a reply: *tries* here that failed, and whom else it was meant for."""

    tries: int = 0
    failed: tuple[Address, ...] = ()


NEW = Past()


class Enclosed(Struct, frozen=True, array_like=True):
    """A reply and whose it is. Prints masked, as its parts do."""

    address: Address
    reply: Reply
    past: Past = NEW


_encode = msgpack.Encoder().encode
_decode = msgpack.Decoder(Enclosed).decode


def enclose(sealer: Sealer, address: Address, reply: Reply, past: Past = NEW) -> bytes:
    """Return all of it sealed; what has no past takes no room for one."""
    kept = (address, reply) if past is NEW else (address, reply, past)
    return sealer.seal(_encode(kept), "outbox")


def disclose(sealer: Sealer, sealed: bytes) -> Enclosed:
    """Return what lies in *sealed*.

    Raises SealBroken, or msgspec.DecodeError for the shape of another version.
    """
    return _decode(sealer.open(sealed, "outbox"))
