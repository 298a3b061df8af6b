"""Chats from which people of the console work: an address is bound by a code, and let go of."""

from datetime import datetime

import sqlalchemy as sa
from msgspec import msgpack

from conversations.messages import Address
from storage.instants import to_number
from storage.reads import Reads
from storage.staff_chat_tables import staff_chat_codes, staff_chats
from storage.statements import Given, Insert, Statement
from storage.writes import Writes

_encode = msgpack.Encoder().encode
_decode = msgpack.Decoder(Address).decode


def _bind(given: Given) -> Insert:
    """Keep whose chat it is; whoever bound it last has it."""
    insert = given.insert(staff_chats)
    theirs = {name: insert.excluded[name] for name in ("staff", "sealed", "at")}
    return insert.on_conflict_do_update(index_elements=[staff_chats.c.address], set_=theirs)


def _offer(given: Given) -> Insert:
    insert = given.insert(staff_chat_codes)
    anew = {name: insert.excluded[name] for name in ("mark", "until")}
    return insert.on_conflict_do_update(index_elements=[staff_chat_codes.c.staff], set_=anew)


BIND = Statement(_bind, *staff_chats.c)
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
    lambda given: sa.select(staff_chats.c.staff).where(staff_chats.c.address == given["address"]),
    staff_chats.c.address,
    alone=True,
)
OF = Statement(
    lambda given: (
        sa.select(staff_chats.c.sealed)
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
        self.add(BIND, (key, staff, sealed, to_number(at)), key)
        self.add(WITHDRAW, (staff,), ("staff chat", staff))

    def let_chats_go(self, staff: str) -> None:
        """Keep that no chat is *staff*'s any more, and no code leads to one."""
        self.add(LET_GO, (staff,), ("staff chat", staff))
        self.add(WITHDRAW, (staff,))


class StaffChatReads(Reads):
    """Of the store: whose chat it is."""

    async def chats_of(self, staff: str) -> tuple[Address, ...]:
        """Return the chats of the account *staff*, the oldest first."""
        found = await self._fetch(OF, staff)
        return tuple(_decode(self._sealer.open(sealed, "contact")) for (sealed,) in found)

    async def chat_of(self, address: Address) -> str:
        """Return the account that works from *address*, empty where none does."""
        found = await self._find(WHOSE, (self._address(address),))
        return str(found[0][0]) if found else ""

    async def chat_offered(self, code: str, now: datetime) -> str:
        """Return the account that *code* binds to, empty where it binds to none by *now*."""
        mark = self._sealer.mac("staff chat", code)
        found = await self._find(OFFERED, (mark, to_number(now)))
        return str(found[0][0]) if found else ""
