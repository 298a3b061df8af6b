"""What citizens sent as a file: fetched as it arrives, and kept until a ticket has it.

A row begins with the turn that keeps the file in mind, learns what became of it, and goes with
the ticket's own row of the file, with the citizen's conversation, or once nobody needs it.
"""

from datetime import datetime

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from conversations.messages import Address, Attachment, Channel
from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.sealing import SealBroken
from storage.database.statements import Given, Insert, Statement, constant
from storage.database.writes import Writes
from storage.tables.arrivals import arrivals
from storage.tables.chats import sessions

NOTHING = constant("''")


class Found(Struct, frozen=True):
    """What a file is that was fetched; of one that never came only *lost* is said."""

    kind: str = ""
    size: int = 0  # bytes
    digests: tuple[str, ...] = ()
    look: tuple[str, ...] = ()
    lost: str = ""  # why it is not to be had


class Arrival(Struct, frozen=True, kw_only=True):
    """A file on its way: *file* is its content on the shelf, *code* the ticket that has it."""

    ref: str
    channel: Channel
    code: str
    file: str
    found: Found | None  # None while it is being fetched
    at: datetime  # aware, UTC
    owner: bytes  # key of whose it is

    def __repr__(self) -> str:
        return f"Arrival({self.channel.value})"


class _Sealed(Struct, frozen=True):
    ref: str
    channel: Channel
    found: Found | None = None


_open = msgspec.msgpack.Decoder(_Sealed).decode


def _arrive(given: Given) -> Insert:
    insert = given.insert(arrivals, code=NOTHING, file=NOTHING)
    return insert.on_conflict_do_nothing()


ARRIVE = Statement(_arrive, arrivals.c.mark, arrivals.c.address, arrivals.c.sealed, arrivals.c.at)
FILE = Statement(
    lambda given: (
        sa.update(arrivals)
        .values(code=given["code"])
        .where(arrivals.c.mark == given["mark"], arrivals.c.code == NOTHING)
    ),
    arrivals.c.code,
    arrivals.c.mark,
)
SETTLE = Statement(
    lambda given: (
        sa.update(arrivals)
        .values(file=given["file"], sealed=given["sealed"])
        .where(arrivals.c.mark == given["mark"])
    ),
    arrivals.c.file,
    arrivals.c.sealed,
    arrivals.c.mark,
)
FORGET = Statement(
    lambda given: sa.delete(arrivals).where(arrivals.c.mark == given["mark"]), arrivals.c.mark
)
FORGET_UNWANTED = Statement(
    lambda given: sa.delete(arrivals).where(
        arrivals.c.mark == given["mark"], arrivals.c.code == NOTHING
    ),
    arrivals.c.mark,
)
FORGET_UNFILED = Statement(
    lambda given: sa.delete(arrivals).where(
        arrivals.c.address == given["address"], arrivals.c.code == NOTHING
    ),
    arrivals.c.address,
)
FORGET_FILED = Statement(
    lambda given: sa.delete(arrivals).where(arrivals.c.code == given["code"]), arrivals.c.code
)
FIND = Statement(
    lambda given: sa.select(*arrivals.c).where(arrivals.c.mark == given["mark"]),
    arrivals.c.mark,
    alone=True,
)
NAMED = Statement(
    lambda given: sa.select(arrivals.c.file).where(arrivals.c.file == given["file"]),
    arrivals.c.file,
)
TALK = Statement(
    lambda given: sa.select(sessions.c.sealed).where(sessions.c.address == given["address"]),
    sessions.c.address,
    alone=True,
)


class ArrivalWrites(Writes):
    """Of a unit: a file came, was filed, was fetched, or is no longer needed."""

    def arrive(self, address: Address, sent: Attachment, at: datetime) -> str:
        """Keep that *address* sent a file, and return what `arrival` finds it by."""
        mark = self._mark(sent.ref)
        sealed = self._what(_Sealed(sent.ref, address.channel))
        self.add(ARRIVE, (mark, self.pen.address(address), sealed, to_number(at)), mark)
        return mark.hex()

    def file_arrival(self, ref: str, code: str) -> None:
        """Have ticket *code* take what the channel calls *ref*, if it is on its way."""
        mark = self._mark(ref)
        self.add(FILE, (code, mark), mark)

    def settle_arrival(self, arrival: Arrival, found: Found, file: str = "") -> None:
        """Keep what became of *arrival*; its content lies on the shelf as *file*."""
        mark = self._mark(arrival.ref)
        sealed = self._what(_Sealed(arrival.ref, arrival.channel, found))
        self.add(SETTLE, (file, sealed, mark), mark)

    def forget_arrival(self, arrival: Arrival) -> None:
        """Let go of *arrival*: a row of its ticket has it, or nobody wants it."""
        mark = self._mark(arrival.ref)
        self.add(FORGET, (mark,), mark)

    def forget_unwanted(self, arrival: Arrival) -> None:
        """Let go of *arrival*, unless a ticket has it by the time this is written."""
        mark = self._mark(arrival.ref)
        self.add(FORGET_UNWANTED, (mark,), mark)

    def forget_unfiled(self, address: Address) -> None:
        """Let go of all that *address* sent and no ticket has; the shelf's sweep takes it."""
        key = self.pen.address(address)
        self.add(FORGET_UNFILED, (key,), key)

    def forget_filed(self, code: str) -> None:
        """Let go of all that ticket *code* waits for."""
        self.add(FORGET_FILED, (code,))

    def _mark(self, ref: str) -> bytes:
        return self.pen.sealer.mac("arrival", ref)

    def _what(self, what: _Sealed) -> bytes:
        return self.pen.sealer.seal(msgspec.msgpack.encode(what), "file")


class ArrivalReads(Reads):
    """Of the store: files on their way."""

    async def arrival(self, name: str) -> Arrival | None:
        """Return what `arrive` called *name*, None where it was dealt with."""
        rows = await self._fetch(FIND, bytes.fromhex(name))
        if not rows:
            return None
        _, owner, code, file, sealed, at = rows[0]
        what = _open(self._sealer.open(sealed, "file"))
        return Arrival(
            ref=what.ref,
            channel=what.channel,
            code=code,
            file=file,
            found=what.found,
            at=from_number(at),
            owner=owner,
        )

    async def arrival_of(self, ref: str) -> Arrival | None:
        """Return the file on its way that its channel calls *ref*."""
        return await self.arrival(self._sealer.mac("arrival", ref).hex())

    async def is_held(self, arrival: Arrival) -> bool:
        """Tell whether the conversation with whoever sent *arrival* still has it in mind."""
        for (sealed,) in await self._fetch(TALK, arrival.owner):
            try:
                return arrival.ref.encode() in self._sealer.open(sealed, "session")
            except SealBroken:
                return True  # a key may come back
        return False
