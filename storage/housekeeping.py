"""Housekeeping: what is no longer needed goes, a little at a time."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from storage.instants import to_number
from storage.outbox import NOTHING
from storage.reads import Reads
from storage.statements import Statement
from storage.tables import inbox, outbox, proof_counts, sessions, workers

CHUNK = 1000  # rows in one transaction
SEEN_BEFORE = timedelta(days=30)  # longer than any provider delivers again
PROOFS = timedelta(days=2)  # a day is over everywhere


def _old(column: sa.Column[int], key: sa.Column[bytes]) -> Statement:
    """Return what finds keys of *key* above the given one whose *column* is too low."""
    return Statement(
        lambda given: (
            sa.select(key)
            .where(key > given["key"], column < given["before"])
            .order_by(key)
            .limit(sa.literal(CHUNK, sa.Integer))
        ),
        sa.column("key", sa.LargeBinary),
        sa.column("before", sa.BigInteger),
        alone=True,
    )


def _removal(column: sa.Column[int], key: sa.Column[bytes]) -> Statement:
    """Return what deletes a given key, unless its row was renewed meanwhile."""
    return Statement(
        lambda given: sa.delete(key.table).where(key == given["key"], column < given["before"]),
        sa.column("key", sa.LargeBinary),
        sa.column("before", sa.BigInteger),
    )


STALE = tuple(
    (_old(column, key), _removal(column, key))
    for column, key in (
        (inbox.c.at, inbox.c.key),
        (sessions.c.expires_at, sessions.c.address),
        (proof_counts.c.day, proof_counts.c.key),
    )
)
STRAYS = Statement(
    lambda _: (
        sa.update(outbox)
        .values(owner=NOTHING)
        .where(outbox.c.owner != NOTHING, outbox.c.owner.not_in(sa.select(workers.c.name)))
    ),
    alone=True,
)


class Housekeeping(Reads):
    """Of the store: tidy up."""

    async def tidy(self, now: datetime) -> int:
        """Delete what is over, and return how many rows went.

        That is: messages seen a month ago, conversations that expired, the proofs of past days.
        Replies whose owner nobody knows become anybody's.
        """
        ends = (
            to_number(now - SEEN_BEFORE),
            to_number(now),
            (now - PROOFS).date().toordinal(),
        )
        removed = 0
        for (find, remove), end in zip(STALE, ends, strict=True):
            removed += await self._sweep(find, remove, end)
        await self._write(STRAYS, [()])
        return removed

    async def _sweep(self, find: Statement, remove: Statement, end: int) -> int:
        last, removed = b"", 0
        while found := await self._fetch(find, last, end):
            await self._write(remove, [(key, end) for (key,) in found])
            last = found[-1][0]
            removed += len(found)
        return removed
