"""What falls due: done once, whichever process gets to it, a bounded number at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial

import structlog
from msgspec import Struct

from bot.clock import Clock
from bot.running.loops import forever
from storage.database.errors import StoreUnavailable
from storage.database.sealing import VaultClosed
from storage.store import Store
from storage.timers import DueTimer

TICK = 0.5  # seconds between looks
PAUSES = (  # before a failed timer is tried again; then it is parked
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(days=1),
    timedelta(days=1),
)
ANOTHERS = timedelta(minutes=1)  # in which another process may take what this one cannot open

log = structlog.get_logger()

Do = Callable[[DueTimer], Awaitable[None]]


class Work(Struct, frozen=True):
    """How timers of one kind are carried out; *do* finishes, postpones or drops its timer."""

    do: Do
    at_once: int = 64  # how many of them run side by side


class Timers:
    """Does what is due. Each kind has room of its own, so that none waits for another."""

    def __init__(self, store: Store, clock: Clock, kinds: Mapping[str, Work]) -> None:
        self._store = store
        self._clock = clock
        self._lanes = {kind: Lane(store, clock, kind, work) for kind, work in kinds.items()}

    async def run(self) -> None:
        """Look, for ever, for what is due."""
        await asyncio.gather(
            *(forever(f"timers of {kind}", lane.tick, TICK) for kind, lane in self._lanes.items())
        )

    async def tick(self) -> None:
        """Do everything that is due now, and return when it is done."""
        for lane in self._lanes.values():
            await lane.tick()
        for lane in self._lanes.values():
            await lane.rest()

    async def close(self) -> None:
        """Leave what is under way to whoever claims it next."""
        for lane in self._lanes.values():
            lane.close()


class Lane:
    """The timers of one kind."""

    def __init__(self, store: Store, clock: Clock, kind: str, work: Work) -> None:
        self._store = store
        self._clock = clock
        self._kind = kind
        self._work = work
        self._busy: set[asyncio.Future[None]] = set()

    async def tick(self) -> None:
        """Start everything that is due; return once nothing is left to claim."""
        while True:
            room = self._work.at_once - len(self._busy)
            if room < (self._work.at_once + 1) // 2:  # claims are cheaper by the dozen
                await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)
                continue
            found = await self._store.claim_timers(self._kind, self._clock.now(), room)
            for due in found:
                self._start(due)
            if len(found) < room:
                return

    async def rest(self) -> None:
        """Return when nothing is under way."""
        while self._busy:
            await asyncio.wait(self._busy)

    def close(self) -> None:
        """End what is under way."""
        for task in self._busy:
            task.cancel()

    def _start(self, due: DueTimer) -> None:
        self._keep(self._work.do(due)).add_done_callback(partial(self._ended, due))

    def _keep(self, work: Awaitable[None]) -> asyncio.Future[None]:
        """Run *work*, which counts as under way until it is done."""
        task = asyncio.ensure_future(work)
        self._busy.add(task)
        task.add_done_callback(self._busy.discard)
        return task

    def _ended(self, due: DueTimer, task: asyncio.Future[None]) -> None:
        """Have what failed tried again later; it holds nobody up."""
        if not task.cancelled() and (error := task.exception()):
            self._keep(self._failed(due, error))

    async def _failed(self, due: DueTimer, error: BaseException) -> None:
        if isinstance(error, StoreUnavailable):
            log.warning("a timer waits for the database", kind=due.kind)
            return  # its lease ends, and it comes again
        locked = isinstance(error, VaultClosed)
        if locked:
            log.warning("a timer is left to who has the vault's key", kind=due.kind)
        else:
            log.error("a timer failed", kind=due.kind, attempts=due.attempts, exc_info=error)
        try:
            await (self._leave(due) if locked else self._put_off(due))
        except StoreUnavailable:
            log.warning("a failed timer could not be put off", kind=due.kind)

    async def _leave(self, due: DueTimer) -> None:
        await self._store.postpone_timer(due, self._clock.now() + ANOTHERS)

    async def _put_off(self, due: DueTimer) -> None:
        if due.attempts > len(PAUSES):
            await self._store.park_timer(due)
        else:
            pause = PAUSES[due.attempts - 1]
            await self._store.postpone_timer(due, self._clock.now() + pause)
