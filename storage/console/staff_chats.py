"""Chats from which people of the console work: an address is bound by a code, and let go of."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct, msgpack

from conversations.messages import Address
from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.tables.staff_chats import staff_chat_codes, staff_chats

_encode = msgpack.Encoder().encode
_decode = msgpack.Decoder(Address).decode


class BoundChat(Struct, frozen=True):
    """A chat that is *staff*'s since *began*, and was worked from on the day of *seen*."""

    staff: str
    address: Address
    began: datetime  # aware, UTC
    seen: datetime  # aware, UTC


def _bind(given: Given) -> Insert:
    """Keep whose chat it is; whoever bound it last has it."""
    insert = given.insert(staff_chats)
    theirs = {name: insert.excluded[name] for name in ("staff", "sealed", "at", "seen")}
    return insert.on_conflict_do_update(index_elements=[staff_chats.c.address], set_=theirs)


def _offer(given: Given) -> Insert:
    insert = given.insert(staff_chat_codes)
    anew = {name: insert.excluded[name] for name in ("mark", "until")}
    return insert.on_conflict_do_update(index_elements=[staff_chat_codes.c.staff], set_=anew)


BIND = Statement(_bind, *staff_chats.c)
TOUCH = Statement(
    lambda given: (
        sa.update(staff_chats)
        .values(seen=given["seen"])
        .where(staff_chats.c.address == given["address"])
    ),
    staff_chats.c.seen,
    staff_chats.c.address,
)
OFFER = Statement(_offer, *staff_chat_codes.c)
WITHDRAW = Statement(
    lambda given: sa.delete(staff_chat_codes).where(staff_chat_codes.c.staff == given["staff"]),
    staff_chat_codes.c.staff,
)
LET_GO = Statement(
    lambda given: sa.delete(staff_chats).where(staff_chats.c.staff == given["staff"]),
    staff_chats.c.staff,
)
WHOSE = Statement(
    lambda given: sa.select(staff_chats.c.staff, staff_chats.c.at, staff_chats.c.seen).where(
        staff_chats.c.address == given["address"]
    ),
    staff_chats.c.address,
    alone=True,
)
OF = Statement(
    lambda given: (
        sa.select(staff_chats.c.sealed, staff_chats.c.at, staff_chats.c.seen)
        .where(staff_chats.c.staff == given["staff"])
        .order_by(staff_chats.c.at)
    ),
    staff_chats.c.staff,
    alone=True,
)
OFFERED = Statement(
    lambda given: sa.select(staff_chat_codes.c.staff).where(
        staff_chat_codes.c.mark == given["mark"], staff_chat_codes.c.until >= given["until"]
    ),
    staff_chat_codes.c.mark,
    staff_chat_codes.c.until,
    alone=True,
)


class StaffChatWrites(Writes):
    """Of a unit: a chat is bound to an account, or let go of."""

    def offer_chat(self, staff: str, code: str, until: datetime) -> None:
        """Keep that whoever types *code* in a chat until then works there as *staff*."""
        mark = self.pen.sealer.mac("staff chat", code)
        self.add(OFFER, (staff, mark, to_number(until)), ("staff chat", staff))

    def bind_chat(self, staff: str, address: Address, at: datetime) -> None:
        """Keep that *address* is *staff*'s; their code is used up."""
        key, sealed = self.pen.address(address), self.pen.sealer.seal(_encode(address), "contact")
        self.add(BIND, (key, staff, sealed, to_number(at), to_number(at)), key)
        self.add(WITHDRAW, (staff,), ("staff chat", staff))

    def touch_chat(self, address: Address, at: datetime) -> None:
        """Keep that somebody worked from *address*."""
        key = self.pen.address(address)
        self.add(TOUCH, (to_number(at), key), key)

    def let_chats_go(self, staff: str) -> None:
        """Keep that no chat is *staff*'s any more, and no code leads to one."""
        self.add(LET_GO, (staff,), ("staff chat", staff))
        self.add(WITHDRAW, (staff,))


class StaffChatReads(Reads):
    """Of the store: whose chat it is."""

    async def chats_of(self, staff: str) -> tuple[BoundChat, ...]:
        """Return the chats of the account *staff*, the oldest first."""
        found = await self._fetch(OF, staff)
        return tuple(
            BoundChat(staff, self._chat(sealed), from_number(at), from_number(seen))
            for sealed, at, seen in found
        )

    async def chat_of(self, address: Address) -> BoundChat | None:
        """Return whose the chat of *address* is, None where it is nobody's."""
        found = await self._find(WHOSE, (self._address(address),))
        if not found:
            return None
        staff, at, seen = found[0]
        return BoundChat(staff, address, from_number(at), from_number(seen))

    async def chat_offered(self, code: str, now: datetime) -> str:
        """Return the account that *code* binds to, empty where it binds to none by *now*."""
        mark = self._sealer.mac("staff chat", code)
        found = await self._find(OFFERED, (mark, to_number(now)))
        return str(found[0][0]) if found else ""

    def _chat(self, sealed: bytes) -> Address:
        return _decode(self._sealer.open(sealed, "contact"))
