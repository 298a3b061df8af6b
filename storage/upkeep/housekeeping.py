"""Housekeeping: what is no longer needed goes, a little at a time."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from storage.database.instants import to_number
from storage.database.reads import Reads
from storage.database.statements import Given, Statement
from storage.replies.outbox import NOTHING
from storage.replies.tolls import hour_of
from storage.tables.chats import inbox, proof_counts, sessions
from storage.tables.replies import outbox, workers
from storage.tables.sent import sent_messages, sent_parts, toll_hours
from storage.tables.staff import staff_invitations, staff_sessions, staff_tries

CHUNK = 1000  # rows in one transaction
SEEN_BEFORE = timedelta(days=30)  # longer than any provider delivers again
RECEIPTS = timedelta(days=7)  # longer than any gateway tries to deliver
TRIES = timedelta(days=1)  # longer than any password tried is remembered
PROOFS = timedelta(days=2)  # a day is over everywhere


def _old(column: sa.Column[int], key: sa.Column[Any]) -> Statement:
    """Return what finds keys of *key* above the given one whose *column* is too low."""
    return Statement(
        lambda given: (
            sa.select(key)
            .where(key > given["key"], column < given["before"])
            .order_by(key)
            .limit(sa.literal(CHUNK, sa.Integer))
        ),
        sa.column("key", key.type),
        sa.column("before", sa.BigInteger),
        alone=True,
    )


def _removal(column: sa.Column[int], key: sa.Column[Any]) -> Statement:
    """Return what deletes a given key and gives it back, unless its row was renewed meanwhile.

    A row that a turn is just working with stays until next time: nobody waits for anybody.
    """
    row = key.table.alias("old")
    name, at = row.c[key.name], row.c[column.name]

    def build(given: Given) -> sa.sql.dml.ReturningDelete[Any]:
        old = sa.select(name).where(name == given["key"], at < given["before"]).order_by(name)
        free = old.with_for_update(of=row, skip_locked=True)
        return sa.delete(key.table).where(key.in_(free)).returning(key)

    return Statement(
        build,
        sa.column("key", key.type),
        sa.column("before", sa.BigInteger),
    )


LEAST = {"id": 0, "message": 0, "hour": 0}  # what every key is above; other keys are bytes
STALE = tuple(
    (_old(column, key), _removal(column, key), LEAST.get(key.name, b""))
    for column, key in (
        (inbox.c.at, inbox.c.key),
        (sessions.c.expires_at, sessions.c.address),
        (proof_counts.c.day, proof_counts.c.key),
        (sent_messages.c.at, sent_messages.c.id),
        (sent_parts.c.at, sent_parts.c.message),
        (toll_hours.c.hour, toll_hours.c.hour),
        (staff_sessions.c.until, staff_sessions.c.mark),
        (staff_invitations.c.until, staff_invitations.c.mark),
        (staff_tries.c.at, staff_tries.c.key),
    )
)
_stray = outbox.alias("stray")
STRAYS = Statement(
    lambda _: (
        sa.update(outbox)
        .values(owner=NOTHING)
        .where(
            outbox.c.id.in_(
                sa.select(_stray.c.id)
                .where(_stray.c.owner != NOTHING, _stray.c.owner.not_in(sa.select(workers.c.name)))
                .order_by(_stray.c.id)
                .with_for_update(of=_stray, skip_locked=True)
            )
        )
    ),
    alone=True,
)


class Housekeeping(Reads):
    """Of the store: tidy up."""

    async def tidy(self, now: datetime) -> int:
        """Delete what is over, and return how many rows went.

        That is: messages seen a month ago, conversations that expired, the proofs of past days,
        what was sent a week ago and what each hour cost, sessions and invitations of staff that
        are over. Replies whose owner nobody knows become anybody's.
        """
        ends = (
            to_number(now - SEEN_BEFORE),
            to_number(now),
            (now - PROOFS).date().toordinal(),
            to_number(now - RECEIPTS),
            to_number(now - RECEIPTS),
            hour_of(now - RECEIPTS),
            to_number(now),
            to_number(now),
            to_number(now - TRIES),
        )
        removed = 0
        for (find, remove, least), end in zip(STALE, ends, strict=True):
            removed += await self._sweep(find, remove, least, end)
        await self._write(STRAYS, [()])
        return removed

    async def _sweep(self, find: Statement, remove: Statement, last: bytes | int, end: int) -> int:
        removed = 0
        while found := await self._fetch(find, last, end):
            removed += len(await self._write(remove, [(key, end) for (key,) in found]))
            last = found[-1][0]
        return removed
