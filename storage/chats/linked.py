"""Where one person is reached: addresses are linked by proof, and let go of at a word."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from msgspec import msgpack

from conversations.messages import Address
from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.tables.linked import link_codes, linked

_encode = msgpack.Encoder().encode
_decode = msgpack.Decoder(Address).decode
_own = linked.alias("own")


def _join(given: Given) -> Insert:
    """Keep whose an address is; whoever proved it last has it."""
    insert = given.insert(linked)
    theirs = {name: insert.excluded[name] for name in ("person", "sealed", "at")}
    return insert.on_conflict_do_update(index_elements=[linked.c.address], set_=theirs)


JOIN = Statement(_join, *linked.c)
ADOPT = Statement(
    lambda given: (
        sa.update(linked)
        .values(person=given["person"])
        .where(linked.c.address == given["address"])
    ),
    linked.c.person,
    linked.c.address,
)
SINCE = Statement(
    lambda given: sa.select(linked.c.at).where(linked.c.address == given["address"]),
    linked.c.address,
    alone=True,
)
LEAVE = Statement(
    lambda given: sa.delete(linked).where(linked.c.address == given["address"]), linked.c.address
)
OFFER = Statement(lambda given: given.insert(link_codes).on_conflict_do_nothing(), *link_codes.c)
WITHDRAW = Statement(
    lambda given: sa.delete(link_codes).where(link_codes.c.address == given["address"]),
    link_codes.c.address,
)
CLOSE = Statement(
    lambda given: sa.delete(link_codes).where(link_codes.c.mark == given["mark"]),
    link_codes.c.mark,
)
OTHERS = Statement(
    lambda given: sa.select(linked.c.sealed).where(
        linked.c.person.in_(sa.select(_own.c.person).where(_own.c.address == given["address"])),
        linked.c.address != given["address"],
    ),
    linked.c.address,
    alone=True,
)
OFFERED = Statement(
    lambda given: sa.select(link_codes.c.sealed).where(
        link_codes.c.mark == given["mark"], link_codes.c.until >= given["until"]
    ),
    link_codes.c.mark,
    link_codes.c.until,
    alone=True,
)
FORGET = Statement(
    lambda given: sa.delete(link_codes).where(link_codes.c.until < given["until"]),
    link_codes.c.until,
    alone=True,
)


class LinkWrites(Writes):
    """Of a unit: addresses are linked, or let go of."""

    def offer_link(self, code: str, address: Address, until: datetime) -> None:
        """Keep that *code* was shown at *address*; it leads there *until* then, or the next."""
        key, mark = self.pen.address(address), self.pen.sealer.mac("link code", code)
        sealed = self.pen.sealer.seal(_encode(address), "contact")
        self.add(WITHDRAW, (key,), key)
        self.add(OFFER, (mark, key, sealed, to_number(until)), key)

    def close_offer(self, code: str) -> None:
        """Forget *code*: it was used."""
        self.add(CLOSE, (self.pen.sealer.mac("link code", code),))

    def link(
        self,
        person: str,
        addresses: Iterable[Address],
        at: datetime,
        kin: Iterable[Address] = (),
    ) -> None:
        """Keep that all *addresses* were proven *at* now to be those of *person*, a new name.

        *kin* go with them, and count from their own proof.
        """
        for address in addresses:
            key = self.pen.address(address)
            sealed = self.pen.sealer.seal(_encode(address), "contact")
            self.add(JOIN, (key, person, sealed, to_number(at)), key)

        for address in kin:
            key = self.pen.address(address)
            self.add(ADOPT, (person, key), key)

    def unlink(self, address: Address) -> None:
        """Keep that *address* is nobody's but its own again."""
        key = self.pen.address(address)
        self.add(LEAVE, (key,), key)


class LinkReads(Reads):
    """Of the store: where else somebody is reached."""

    async def linked_to(self, address: Address) -> tuple[Address, ...]:
        """Return the other addresses of whoever has *address*."""
        found = await self._find(OTHERS, (self._address(address),))
        return tuple(_decode(self._sealer.open(sealed, "contact")) for (sealed,) in found)

    async def linked_since(self, address: Address) -> datetime | None:
        """Return when *address* was last proven to be whose it is; None where it never was."""
        found = await self._find(SINCE, (self._address(address),))
        return from_number(found[0][0]) if found else None

    async def link_offered(self, code: str, now: datetime) -> Address | None:
        """Return the address at which *code* was shown, None where it leads nowhere by *now*."""
        mark = self._sealer.mac("link code", code)
        found = await self._find(OFFERED, (mark, to_number(now)))
        return _decode(self._sealer.open(found[0][0], "contact")) if found else None

    async def forget_link_codes(self, now: datetime) -> None:
        """Forget the codes that lead nowhere any more."""
        await self._write(FORGET, [(to_number(now),)])
