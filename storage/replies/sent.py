"""Replies that a channel took without vouching that they arrive: how far each part came.

A reply has a letter for each part. A letter only ever rises, whatever the order in which receipts
come: a part that arrived is never lost again, and one given up may still turn out to have arrived.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from msgspec import DecodeError, Struct

from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import SealBroken, Sealer
from storage.database.statements import Given, Statement
from storage.database.writes import Writes
from storage.replies.enclosed import Enclosed, disclose, enclose
from storage.replies.outbox import WAITING, OutboxItem, within
from storage.tables.replies import outbox
from storage.tables.sent import sent_messages, sent_parts

TAKEN: Final = "t"
FAILED: Final = "f"
DELIVERED: Final = "d"
READ: Final = "r"
RISING: Final = TAKEN + FAILED + DELIVERED + READ
ARRIVED: Final = frozenset(DELIVERED + READ)

OLD, NEW = sa.column("old", sa.Text), sa.column("new", sa.Text)

KEEP = Statement(
    lambda given: given.insert(sent_messages).on_conflict_do_nothing(), *sent_messages.c
)
KEEP_PART = Statement(
    lambda given: given.insert(sent_parts).on_conflict_do_nothing(), *sent_parts.c
)
# A gateway may give a number again after a while: the newest message of that number is meant.
FIND = Statement(
    lambda given: (
        sa.select(*sent_messages.c, sent_parts.c.part)
        .join(sent_parts, sent_parts.c.message == sent_messages.c.id)
        .where(sent_parts.c.mark == given["mark"])
        .order_by(sent_messages.c.id.desc())
        .limit(sa.literal_column("1"))
    ),
    sent_parts.c.mark,
    alone=True,
)
ADVANCE = Statement(
    lambda given: (
        sa.update(sent_messages)
        .values(parts=given["new"])
        .where(sent_messages.c.id == given["id"], sent_messages.c.parts == given["old"])
    ),
    sent_messages.c.id,
    OLD,
    NEW,
    key=sent_messages.c.id,
)
SETTLE = Statement(
    lambda given: (
        sa.update(sent_messages)
        .values(parts=given["new"], sealed=sa.null())
        .where(
            sent_messages.c.id == given["id"],
            sent_messages.c.parts == given["old"],
            sent_messages.c.sealed.is_not(sa.null()),
        )
    ),
    sent_messages.c.id,
    OLD,
    NEW,
    key=sent_messages.c.id,
)


def _forget(which: Callable[[Given], sa.ColumnElement[bool]]) -> Callable[[Given], sa.Update]:
    return lambda given: sa.update(sent_messages).values(sealed=sa.null()).where(which(given))


FORGET_TO = Statement(
    _forget(lambda given: sent_messages.c.address == given["address"]), sent_messages.c.address
)
FORGET_ABOUT = Statement(
    _forget(
        lambda given: sa.and_(
            sent_messages.c.about >= given["about"], sent_messages.c.about < given["before"]
        )
    ),
    sent_messages.c.about,
    sa.column("before", sa.Text),
)

ABOUT = Statement(
    lambda given: (
        sa.select(sent_messages.c.about, sent_messages.c.parts, sent_messages.c.at)
        .where(sent_messages.c.about >= given["about"], sent_messages.c.about < given["before"])
        .order_by(sent_messages.c.id)
    ),
    sent_messages.c.about,
    sa.column("before", sa.Text),
    alone=True,
)
NOT_SENT = Statement(
    lambda given: (
        sa.select(outbox.c.about, outbox.c.state)
        .where(
            outbox.c.state != WAITING,  # the index knows no others
            outbox.c.about >= given["about"],
            outbox.c.about < given["before"],
        )
        .order_by(outbox.c.id)
    ),
    outbox.c.about,
    sa.column("before", sa.Text),
    alone=True,
)


class Trace(Struct, frozen=True):
    """How far a notice came: a letter for each part, or the state of one that was not sent.

    *at* is when its channel took it, None where none did.
    """

    about: str
    parts: str
    at: datetime | None


class Fare(Struct, frozen=True, kw_only=True):
    """How a channel took a reply: what receipts will call its parts, and what it charges for."""

    references: tuple[str, ...]
    units: int
    tariff: str
    at: datetime  # aware, in the zone whose days are counted


class SentReply(Struct, frozen=True, kw_only=True):
    """A reply whose channel took it, seen from one of its parts."""

    id: int
    part: int
    parts: str
    about: str
    at: datetime
    enclosed: Enclosed | None  # None once it is settled what became of it

    def risen(self, state: str) -> str:
        """Return all parts, with this one in *state* unless it came further before."""
        letter = max(self.parts[self.part], state, key=RISING.index)
        return self.parts[: self.part] + letter + self.parts[self.part + 1 :]

    def __repr__(self) -> str:
        return f"SentReply({self.id}, {self.parts!r})"


class SentWrites(Writes):
    """Of a unit: what became of replies after their channel took them."""

    def keep_sent(self, item: OutboxItem, fare: Fare) -> None:
        """Remember *item* until receipts tell of it; what has no reference is never told of."""
        references = dict.fromkeys(filter(None, fare.references))
        if not references:
            return
        at, sealer = to_number(fare.at), self.pen.sealer
        sealed = enclose(sealer, item.address, item.reply, item.past)
        parts = TAKEN * len(references)
        key = self.pen.address(item.address)
        self.add(KEEP, (item.id, key, item.about, parts, sealed, at))
        for part, reference in enumerate(references):
            mark = sealer.mac("receipt", item.address.channel, reference)
            self.add(KEEP_PART, (mark, item.id, part, at))

    def advance(self, sent: SentReply, parts: str) -> None:
        """Keep that *sent* came as far as *parts* say; lost when another receipt was quicker."""
        self.once(ADVANCE, (sent.id, sent.parts, parts), ("sent", sent.id))

    def settle(self, sent: SentReply, parts: str) -> None:
        """Do as `advance`, and forget what it said: nothing more will be done about it."""
        self.once(SETTLE, (sent.id, sent.parts, parts), ("sent", sent.id))

    def erase_sent_to(self, key: bytes) -> None:
        """Erase what was said in replies to the address of *key*."""
        self.add(FORGET_TO, (key,))

    def erase_sent_about(self, code: str) -> None:
        """Erase what was said in replies about ticket *code*."""
        self.add(FORGET_ABOUT, within(code))


class SentReads(Reads):
    """Of the store: what receipts tell of."""

    async def sent_reply(self, channel: str, reference: str) -> SentReply | None:
        """Return the newest reply of which *channel* calls a part *reference*, if it is known."""
        mark = self._sealer.mac("receipt", channel, reference)
        found = await self._find(FIND, (mark,))
        return _read(self._sealer, found[0]) if found else None

    async def traces_of(self, code: str) -> tuple[Trace, ...]:
        """Return what is known of notices about ticket *code*, the oldest first, no word of them.

        Of those that a channel vouched for there is nothing: they arrived.
        """
        sent = await self._fetch(ABOUT, *within(code))
        kept = await self._fetch(NOT_SENT, *within(code))
        return (
            *(Trace(about, parts, from_number(at)) for about, parts, at in sent),
            *(Trace(about, state, None) for about, state in kept),
        )


def _read(sealer: Sealer, row: Row) -> SentReply:
    number, _, about, parts, sealed, at, part = row
    return SentReply(
        id=number,
        part=part,
        parts=parts,
        about=about,
        at=from_number(at),
        enclosed=_opened(sealer, sealed),
    )


def _opened(sealer: Sealer, sealed: bytes | None) -> Enclosed | None:
    """Return what lies in *sealed*; what nobody can read any more cannot be sent anew either."""
    try:
        return disclose(sealer, sealed) if sealed else None
    except (SealBroken, DecodeError):
        return None
