"""Somebody is reached under another address: what is theirs goes with them.

Timers that hold an address for some minutes, such as a late answer's, are left as they are.
"""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct, msgpack
from msgspec.structs import replace

from conversations.messages import Address
from storage.cases.tickets import read_contact
from storage.chats.inbox import FIRST_TIME
from storage.chats.linked import JOIN, LEAVE
from storage.database.instants import to_number
from storage.database.link import Link, Row
from storage.database.reads import Reads
from storage.database.sealing import Purpose, SealBroken
from storage.database.statements import Given, Statement
from storage.replies.enclosed import disclose, enclose
from storage.replies.outbox import LATER
from storage.tables.arrivals import arrivals
from storage.tables.cases import parties, tickets
from storage.tables.chats import consents, sessions, stopped
from storage.tables.linked import linked
from storage.tables.replies import outbox

OLD, NEW = sa.column("old", sa.LargeBinary), sa.column("new", sa.LargeBinary)
Build = Callable[[Given], sa.sql.base.Executable]


def _taken_over(table: sa.Table, *apart: sa.Column[str]) -> tuple[Statement, Statement]:
    """Return what gives rows of *table* to the new address, and what forgets those it has.

    Rows are told apart by the address and the columns in *apart*.
    """
    theirs = table.alias()
    same = [theirs.c[column.name] == column for column in apart]

    def give(given: Given) -> sa.Update:
        known = sa.exists().where(theirs.c.address == given["new"], *same)
        mine = table.c.address == given["old"]
        return sa.update(table).values(address=given["new"]).where(mine, ~known)

    def forget(given: Given) -> sa.Delete:
        return sa.delete(table).where(table.c.address == given["old"])

    return Statement(give, OLD, NEW, alone=True), Statement(forget, OLD, alone=True)


TAKEN_OVER = (
    _taken_over(sessions),
    _taken_over(consents, consents.c.version),
    _taken_over(stopped),
)
IS_KNOWN = Statement(
    lambda given: sa.select(
        sa.exists().where(sessions.c.address == given["old"])
        | sa.exists().where(tickets.c.address == given["old"])
        | sa.exists().where(parties.c.address == given["old"])
    ),
    OLD,
    alone=True,
)
TICKETS = Statement(
    lambda given: sa.select(tickets.c.purpose, tickets.c.contact, tickets.c.code).where(
        tickets.c.address == given["old"]
    ),
    OLD,
    alone=True,
)
GIVE_TICKET = Statement(
    lambda given: (
        sa.update(tickets)
        .values(contact=given["contact"], address=given["address"])
        .where(tickets.c.code == given["code"])
    ),
    tickets.c.contact,
    tickets.c.address,
    tickets.c.code,
    alone=True,
)
PARTIES = Statement(
    lambda given: sa.select(
        parties.c.purpose, parties.c.sealed, parties.c.code, parties.c.role
    ).where(parties.c.address == given["old"]),
    OLD,
    alone=True,
)
LEAVE_PARTY = Statement(
    lambda given: sa.delete(parties).where(
        parties.c.code == given["code"],
        parties.c.role == given["role"],
        parties.c.address == given["address"],
    ),
    parties.c.code,
    parties.c.role,
    parties.c.address,
    alone=True,
)
GIVE_PARTY = Statement(
    lambda given: (
        sa.update(parties)
        .values(sealed=given["sealed"], address=given["address"])
        .where(
            parties.c.code == given["code"],
            parties.c.role == given["role"],
            parties.c.address == given["old"],
        )
    ),
    parties.c.sealed,
    parties.c.address,
    parties.c.code,
    parties.c.role,
    OLD,
    alone=True,
)
LINKED = Statement(
    lambda given: sa.select(linked.c.person, linked.c.at).where(linked.c.address == given["old"]),
    OLD,
    alone=True,
)
KEPT_BACK = Statement(
    lambda given: sa.select(outbox.c.sealed, outbox.c.id).where(
        outbox.c.address == given["old"], outbox.c.state == LATER
    ),
    OLD,
    alone=True,
)
GIVE_KEPT_BACK = Statement(
    lambda given: (
        sa.update(outbox)
        .values(sealed=given["sealed"], address=given["address"])
        .where(outbox.c.id == given["id"])
    ),
    outbox.c.sealed,
    outbox.c.address,
    outbox.c.id,
    alone=True,
)


GIVE_ARRIVALS = Statement(
    lambda given: (
        sa.update(arrivals).values(address=given["new"]).where(arrivals.c.address == given["old"])
    ),
    OLD,
    NEW,
    alone=True,
)


class News(Struct, frozen=True):
    """What told that somebody moved: a message of *channel*'s own, heard *at* a time of ours."""

    channel: str
    message_id: str
    at: datetime  # aware


class Moving(Reads):
    """Of the store: addresses that end. Raises StoreUnavailable."""

    async def is_known(self, address: Address) -> bool:
        """Say whether anything of somebody with *address* is kept."""
        ((known,),) = await self._find(IS_KNOWN, (self._address(address),))
        return bool(known)

    async def move_address(self, old: Address, new: Address, news: News | None = None) -> None:
        """Give *new* what is *old*'s, in one transaction; twice does nothing more.

        *news* is what told of it, kept with it: `happened` knows it from then on.

        What *new* has already counts before what *old* had. Notices kept for the morning go along;
        what is being sent goes where it was meant to.
        """
        keys = self._address(old), self._address(new)

        async def job(link: Link) -> None:
            await link.begin()
            if news is not None:
                mark = self._sealer.mac("inbox", news.channel, news.message_id)
                await link.run(FIRST_TIME, [(mark, to_number(news.at))])
            for give, forget in TAKEN_OVER:
                await link.run(give, [keys])
                await link.run(forget, [keys[:1]])
            await self._give_tickets(link, keys, new)
            await self._give_parties(link, keys, new)
            await self._give_kept_back(link, keys, new)
            await self._give_links(link, keys, new)
            await link.run(GIVE_ARRIVALS, [keys])
            await link.commit()

        await self._engine.write(job)

    async def _give_tickets(self, link: Link, keys: Row, new: Address) -> None:
        for purpose, sealed, code in await link.fetch(TICKETS, [keys[:1]]):
            anew = self._anew(sealed, purpose, new)
            if anew is not None:
                await link.run(GIVE_TICKET, [(anew, keys[1], code)])

    async def _give_parties(self, link: Link, keys: Row, new: Address) -> None:
        old, address = keys
        for purpose, sealed, code, role in await link.fetch(PARTIES, [(old,)]):
            anew = self._anew(sealed, purpose, new)
            if anew is not None:
                await link.run(LEAVE_PARTY, [(code, role, address)])
                await link.run(GIVE_PARTY, [(anew, address, code, role, old)])

    async def _give_kept_back(self, link: Link, keys: Row, new: Address) -> None:
        for sealed, number in await link.fetch(KEPT_BACK, [keys[:1]]):
            kept = disclose(self._sealer, sealed)
            anew = enclose(self._sealer, new, kept.reply, kept.past)
            await link.run(GIVE_KEPT_BACK, [(anew, keys[1], number)])

    async def _give_links(self, link: Link, keys: Row, new: Address) -> None:
        """Have *new* stand where the old address stood among those of one person."""
        for person, at in await link.fetch(LINKED, [keys[:1]]):
            sealed = self._sealer.seal(msgpack.encode(new), "contact")
            await link.run(JOIN, [(keys[1], person, sealed, at)])
            await link.run(LEAVE, [keys[:1]])

    def _anew(self, sealed: bytes, purpose: Purpose, new: Address) -> bytes | None:
        """Return the contact in *sealed* with its address changed; None where it stays shut."""
        try:
            contact = read_contact(self._sealer.open(sealed, purpose))
        except SealBroken:
            return None
        return self._sealer.seal(msgpack.encode(replace(contact, address=new)), purpose)
