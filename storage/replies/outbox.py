"""The outbox: replies are rows, written with the turn that gives them and deleted once sent.

A row belongs to the worker that made it or took it over. A row without an owner waits to be
claimed: it is due later, or an older reply to the same citizen must go first. A reply of which
nobody knows yet that it will come, such as a notice kept back for the morning, is in state
"later": it stands in nobody's way, and comes into the line when it is due.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import sqlalchemy as sa
from msgspec import Struct

from conversations.messages import Address, Reply
from storage.database.instants import to_number
from storage.database.link import Link, Row
from storage.database.sealing import Sealer
from storage.database.statements import Given, Statement, constant
from storage.database.writes import Pen, Writes
from storage.replies.enclosed import NEW, Enclosed, Past, disclose, enclose
from storage.tables.replies import outbox, workers

ID, ADDRESS, OWNER = 0, 1, 4  # places in a row of SEND

WAITING = constant("'waiting'")
PARKED = constant("'parked'")
LATER = constant("'later'")
NOTHING = constant("''")
NONE = constant("0")


class OutboxItem(Struct, kw_only=True):
    """One reply to send. Prints masked, as its parts do."""

    id: int
    address: Address
    reply: Reply
    attempts: int = 0
    about: str = ""  # what it is about, a ticket's code for example
    behind: bool = False  # an older reply must go first: not ours to send, `claim` brings it
    past: Past = NEW

    def __repr__(self) -> str:
        return f"OutboxItem({self.id}, {self.address!r})"


SEND = Statement(
    lambda given: given.insert(outbox, attempts=NONE, state=WAITING, reason=NOTHING),
    outbox.c.id,
    outbox.c.address,
    outbox.c.channel,
    outbox.c.sealed,
    outbox.c.owner,
    outbox.c.due_at,
    outbox.c.about,
)
SET_ASIDE = Statement(
    lambda given: given.insert(outbox, owner=NOTHING, attempts=NONE, state=PARKED),
    outbox.c.id,
    outbox.c.address,
    outbox.c.channel,
    outbox.c.sealed,
    outbox.c.due_at,
    outbox.c.about,
    outbox.c.reason,
)
SEND_LATER = Statement(
    lambda given: given.insert(outbox, owner=NOTHING, attempts=NONE, state=LATER, reason=NOTHING),
    outbox.c.id,
    outbox.c.address,
    outbox.c.channel,
    outbox.c.sealed,
    outbox.c.due_at,
    outbox.c.about,
)


def drop(given: Given, state: sa.ColumnElement[bool]) -> sa.Delete:
    """Return what deletes replies of *state* that are *about* something, up to *before* it."""
    kept = outbox.c.state != WAITING  # the index knows no others
    return sa.delete(outbox).where(
        kept, state, outbox.c.about >= given["about"], outbox.c.about < given["before"]
    )


DROP_LATER = Statement(
    lambda given: drop(given, outbox.c.state == LATER),
    outbox.c.about,
    sa.column("before", sa.Text),
)
# Replies that are not this worker's to send: does anybody have any?
STRANGERS = Statement(
    lambda given: sa.select(
        sa.exists().where(workers.c.name != given["name"])
        | sa.exists().where(outbox.c.owner == NOTHING, outbox.c.state == WAITING)
    ),
    workers.c.name,
    alone=True,
)
WAIT_FOR = Statement(
    lambda given: sa.select(outbox.c.address).where(
        outbox.c.address == given["address"],
        outbox.c.owner != given["owner"],
        outbox.c.state == WAITING,
    ),
    outbox.c.address,
    outbox.c.owner,
)
SENT = Statement(lambda given: sa.delete(outbox).where(outbox.c.id == given["id"]), outbox.c.id)
DEFER = Statement(
    lambda given: (
        sa.update(outbox)
        .values(due_at=given["due_at"], attempts=given["attempts"], reason=given["reason"])
        .where(outbox.c.id == given["id"])
    ),
    outbox.c.id,
    outbox.c.due_at,
    outbox.c.attempts,
    outbox.c.reason,
)
LET_GO_ALL = Statement(
    lambda given: (
        sa.update(outbox)
        .values(owner=NOTHING)
        .where(outbox.c.address == given["address"], outbox.c.owner == given["owner"])
    ),
    outbox.c.address,
    outbox.c.owner,
)
LET_GO = Statement(
    lambda given: (
        sa.update(outbox)
        .values(owner=NOTHING)
        .where(outbox.c.id == given["id"], outbox.c.owner == given["owner"])
    ),
    outbox.c.id,
    outbox.c.owner,
)
PARK = Statement(
    lambda given: (
        sa.update(outbox)
        .values(state=PARKED, owner=NOTHING, reason=given["reason"])
        .where(outbox.c.id == given["id"])
    ),
    outbox.c.id,
    outbox.c.reason,
)


class OutboxWrites(Writes):
    """Of a unit: replies to send, and what became of earlier ones."""

    def __init__(self, pen: Pen) -> None:
        super().__init__(pen)
        self.items: list[OutboxItem] = []

    def send(
        self, address: Address, reply: Reply, at: datetime, about: str = "", past: Past = NEW
    ) -> OutboxItem:
        """Have *reply* sent once this unit is kept; the item is ours to send unless `behind`."""
        pen, now = self.pen, to_number(at)
        key, number = pen.address(address), pen.ids.next(now)
        item = OutboxItem(id=number, address=address, reply=reply, about=about, past=past)
        sealed = enclose(pen.sealer, address, reply, past)
        self.add(SEND, (number, key, address.channel, sealed, pen.owner, now, about), key)
        self.items.append(item)
        return item

    def send_later(
        self, address: Address, reply: Reply, at: datetime, due: datetime, about: str
    ) -> None:
        """Have *reply*, made *at* now, sent when it is *due*; no other waits for it until then."""
        self.keep_back(Enclosed(address, reply), at, due, about)

    def keep_back(self, enclosed: Enclosed, at: datetime, due: datetime, about: str) -> None:
        """Do as `send_later` with a reply that has a past."""
        self.add(SEND_LATER, self._out_of_line(enclosed, at, due, about))

    def set_aside(self, enclosed: Enclosed, at: datetime, about: str, reason: str) -> None:
        """Keep for people to look at what did not arrive though its channel had taken it."""
        self.add(SET_ASIDE, (*self._out_of_line(enclosed, at, at, about), reason))

    def _out_of_line(self, enclosed: Enclosed, at: datetime, due: datetime, about: str) -> Row:
        """Return the row of a reply that nobody waits for."""
        number = self.pen.ids.next(to_number(at))
        to = enclosed.address
        sealed = enclose(self.pen.sealer, to, enclosed.reply, enclosed.past)
        return number, self.pen.address(to), to.channel.value, sealed, to_number(due), about

    def drop_later(self, prefix: str) -> None:
        """Forget what is kept back for later *about* anything that begins with *prefix*."""
        self.add(DROP_LATER, within(prefix))

    @property
    def lines(self) -> dict[int, bytes]:
        """Which replies it sends, and in whose line each stands."""
        return {row[ID]: row[ADDRESS] for row in self.rows.get(SEND, ())}

    def mark_sent(self, item: int) -> None:
        """Forget reply *item*: its channel took it."""
        self.add(SENT, (item,))

    def park(self, item: int, reason: str) -> None:
        """Set reply *item* aside for people to look at; later ones may go."""
        self.add(PARK, (item, reason))

    def defer(
        self, item: int, address: Address, due: datetime, attempts: int, reason: str
    ) -> None:
        """Leave *item* and what follows it to whoever claims it when it is *due*."""
        key = self.pen.address(address)
        self.add(DEFER, (item, to_number(due), attempts, reason), key)
        self.add(LET_GO_ALL, (key, self.pen.owner))


async def write_replies(link: Link, units: Sequence[OutboxWrites], rows: Sequence[Row]) -> None:
    """Write *rows*, the replies of *units*, which share a pen.

    One that must wait for somebody else's, or for a doubtful one, is nobody's yet.
    """
    waited_for = await _waited_for(link, rows)
    waited_for.update(tuple(units[0].pen.doubtful.values()))  # one step, as threads see it
    items = chain.from_iterable(unit.items for unit in units)
    for item, row in zip(items, rows, strict=True):
        item.behind = row[ADDRESS] in waited_for
    if waited_for:
        rows = [_nobodys(row) if row[ADDRESS] in waited_for else row for row in rows]
    await link.run(SEND, rows)


async def _waited_for(link: Link, rows: Sequence[Row]) -> set[bytes]:
    """Return the addresses for which somebody else holds a reply, or nobody does yet."""
    ((others,),) = await link.fetch(STRANGERS, [(rows[0][OWNER],)])
    if not others:
        return set()
    asked = set(map(itemgetter(ADDRESS, OWNER), rows))
    return {address for (address,) in await link.fetch(WAIT_FOR, list(asked))}


def within(prefix: str) -> tuple[str, str]:
    """Return the first text that begins with *prefix*, and the first one after all that do."""
    return prefix, prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _nobodys(row: Row) -> Row:
    return (*row[:OWNER], "", *row[OWNER + 1 :])


class Claimed(NamedTuple):
    """A reply as a claim finds its row; *address* is the key of whoever gets it."""

    id: int
    address: bytes
    sealed: bytes
    attempts: int
    about: str


def read_item(sealer: Sealer, row: Claimed) -> OutboxItem:
    """Return the reply in *row*.

    Raises SealBroken, or msgspec.DecodeError for the shape of another version.
    """
    found = disclose(sealer, row.sealed)
    return OutboxItem(
        id=row.id,
        address=found.address,
        reply=found.reply,
        attempts=row.attempts,
        about=row.about,
        past=found.past,
    )
