"""Workers: processes that send. Each says that it lives; the rows of a dead one are taken over."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from storage.database.ids import NODES
from storage.database.instants import to_number
from storage.database.link import Link
from storage.database.statements import Statement
from storage.tables.replies import agency_inbox, outbox, workers

LEASE = timedelta(seconds=15)  # silence after which a worker counts as dead
CHANGING_WORKERS = 7_261_001  # what `Link.alone` waits for; any number of our own

NODES_TAKEN = Statement(lambda _: sa.select(workers.c.name, workers.c.node), alone=True)
JOIN = Statement(
    lambda given: given.insert(workers), workers.c.name, workers.c.node, workers.c.seen_at
)
SEEN = Statement(
    lambda given: (
        sa.update(workers).values(seen_at=given["seen_at"]).where(workers.c.name == given["name"])
    ),
    workers.c.name,
    workers.c.seen_at,
    key=workers.c.name,
)
DEAD = Statement(
    lambda given: sa.select(workers.c.name).where(
        workers.c.seen_at < given["seen_at"], workers.c.name != given["name"]
    ),
    workers.c.name,
    workers.c.seen_at,
    alone=True,
)
LEAVE = Statement(
    lambda given: sa.delete(workers).where(workers.c.name == given["name"]), workers.c.name
)
HIGHEST = Statement(
    lambda _: sa.select(
        sa.func.coalesce(sa.select(sa.func.max(outbox.c.id)).scalar_subquery(), sa.literal(0)),
        sa.func.coalesce(
            sa.select(sa.func.max(agency_inbox.c.id)).scalar_subquery(), sa.literal(0)
        ),
    ),
    alone=True,
)


async def join(link: Link, name: str, seen_at: int) -> int:
    """Return the node of worker *name*: its old one, or the smallest that is free."""
    await link.alone(CHANGING_WORKERS)
    taken: dict[str, int] = dict(await link.fetch(NODES_TAKEN, [()]))
    if name in taken:
        return taken[name]
    node = min(set(range(NODES)) - set(taken.values()))
    await link.run(JOIN, [(name, node, seen_at)])
    return node


async def enter(link: Link, name: str) -> tuple[int, int]:
    """Return worker *name*'s node, and the highest id given out so far."""
    await link.begin()
    node = await join(link, name, 0)
    highest = max((await link.fetch(HIGHEST, [()]))[0])
    await link.commit()
    return node, highest


async def beat(link: Link, name: str, now: datetime) -> int | None:
    """Say that *name* lives; None, or its new node when it had been taken for dead."""
    at = to_number(now)
    await link.begin()
    (known,) = await link.hits(SEEN, [(name, at)])
    node = None if known else await join(link, name, at)
    await link.commit()
    return node


class Pulse:
    """How steadily this process itself was seen.

    After a pause of its own, be it frozen or without a database, it cannot know who else had the
    same pause: it gives everybody one LEASE to be seen again.
    """

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._steady_since: datetime | None = None

    def beat(self, now: datetime) -> None:
        """Take note that this process was seen."""
        if self._last is None or now - self._last > LEASE / 2:
            self._steady_since = now
        self._last = now

    def judges(self, now: datetime) -> bool:
        """Say whether this process may tell who is dead."""
        return self._steady_since is not None and now - self._steady_since >= LEASE


def alive_since(now: datetime) -> int:
    """Return the instant since which a living worker was seen, as the database has it."""
    return to_number(now - LEASE)
