"""Taking over replies: those that fell due, and those that a dead worker left."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct

from storage.database.instants import to_number
from storage.database.link import Link
from storage.database.statements import Statement
from storage.replies.outbox import LATER, LET_GO, NOTHING, WAITING, Claimed
from storage.replies.workers import CHANGING_WORKERS, DEAD, LEAVE, alive_since
from storage.tables.replies import outbox, workers

_older = outbox.alias("older")
_due = outbox.alias("due")


def _first_in_line(now: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Say of a due row whether no older one of the same citizen is somebody's or due later."""
    return ~(
        sa.select(_older.c.id)
        .where(
            _older.c.address == _due.c.address,
            _older.c.id < _due.c.id,
            _older.c.state == WAITING,
            (_older.c.owner != NOTHING) | (_older.c.due_at > now),
        )
        .correlate(_due)
        .exists()
    )


COME_DUE = Statement(
    lambda given: (
        sa.update(outbox)
        .values(state=WAITING)
        .where(outbox.c.state == LATER, outbox.c.due_at <= given["due_at"])
    ),
    outbox.c.due_at,
)
CLAIM = Statement(
    lambda given: (
        sa.update(outbox)
        .values(owner=given["owner"])
        .where(
            outbox.c.id.in_(
                sa.select(_due.c.id)
                .where(
                    _due.c.owner == NOTHING,
                    _due.c.state == WAITING,
                    _due.c.due_at <= given["due_at"],
                    _first_in_line(given["due_at"]),
                )
                .order_by(_due.c.id)
                .limit(given["attempts"])
            )
        )
        .returning(*(outbox.c[name] for name in Claimed._fields))
    ),
    outbox.c.owner,
    outbox.c.due_at,
    outbox.c.attempts,
    alone=True,
)
TAKE_BACK = Statement(
    lambda given: (
        sa.update(outbox)
        .values(owner=NOTHING)
        .where(outbox.c.owner == given["owner"], outbox.c.id <= given["id"])
    ),
    outbox.c.owner,
    outbox.c.id,
)
ORPHAN = Statement(
    lambda given: sa.update(outbox).values(owner=NOTHING).where(outbox.c.owner == given["name"]),
    workers.c.name,
)


class Claim(Struct, frozen=True, kw_only=True):
    """Who claims, when, and what is known to be nobody's."""

    owner: str
    now: datetime
    limit: int
    judges: bool = True  # whether it may tell who is dead
    before: int = 0  # own rows up to this id are from an earlier life


async def claim(link: Link, wish: Claim, doubtful: dict[int, bytes]) -> Sequence[Claimed]:
    """Take over at most *limit* replies, in order.

    Own rows that are *doubtful* are set free first; what is taken is doubtful until the caller,
    who may never hear of it, has it and says so.
    """
    await link.begin()
    await link.alone(CHANGING_WORKERS)
    await _set_free(link, wish, tuple(doubtful))
    await link.run(COME_DUE, [(to_number(wish.now),)])
    found = await link.fetch(CLAIM, [(wish.owner, to_number(wish.now), wish.limit)])
    rows = sorted(map(Claimed._make, found))
    doubtful.update({row.id: row.address for row in rows})
    await link.commit()
    return rows


async def _set_free(link: Link, wish: Claim, doubtful: Sequence[int]) -> None:
    if wish.before:
        await link.run(TAKE_BACK, [(wish.owner, wish.before)])
    if doubtful:
        await link.run(LET_GO, [(number, wish.owner) for number in doubtful])
    if not wish.judges:
        return
    if dead := await link.fetch(DEAD, [(wish.owner, alive_since(wish.now))]):
        await link.run(ORPHAN, dead)
        await link.run(LEAVE, dead)
