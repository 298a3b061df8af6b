"""Group commit: everything that waits when a transaction ends goes into the next one.

There is no timer: an idle database starts at once, a busy one finds the next batch waiting.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence

import structlog
from msgspec import Struct

from storage.batch import keep
from storage.database.errors import (
    ClashError,
    InDoubtError,
    StatementRefusedError,
    StoreUnavailable,
)
from storage.database.link import Engine
from storage.database.writes import Pen
from storage.unit import Outcome, Unit

LARGEST = 512  # units in one transaction
TRY_AGAIN = 0.5  # seconds until what nobody waits for is tried again
HELD_UP = 0.03  # seconds after which a transaction no longer keeps another from starting beside it

log = structlog.get_logger()


class Waiting(Struct, eq=False):
    """A unit on its way, and who waits for it: nobody for marks of the outbox."""

    unit: Unit
    answer: asyncio.Future[Outcome] | None


class GroupCommit:
    """Brings units to the database, many at a time, and never two that touch the same key.

    *kept* hears which units of a transaction were kept, before whoever waits for them goes on.
    """

    def __init__(self, engine: Engine, pen: Pen, kept: Callable[[Sequence[Unit]], None]) -> None:
        self._engine = engine
        self._pen = pen
        self._tell_kept = kept
        self._waiting: list[Waiting] = []
        self._marks: Unit | None = None
        self._busy: set[Hashable] = set()
        self._lanes: set[asyncio.Task[None]] = set()
        self._began = 0.0  # loop time at which the newest lane started
        self._woken = False
        self._pause: asyncio.TimerHandle | None = None  # set while the database is given a rest

    def commit(self, unit: Unit) -> Awaitable[Outcome]:
        """Return what becomes of *unit*, to be awaited. That raises StoreUnavailable."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(Waiting(unit, answer))
        self._wake()
        return self._heard(unit, answer)

    async def _heard(self, unit: Unit, answer: asyncio.Future[Outcome]) -> Outcome:
        """Wait for *answer*; what was kept is in doubt where its waiter is cut off before that."""
        try:
            return await answer
        except asyncio.CancelledError:
            if _kept(answer):
                self._pen.doubtful.update(unit.lines)
            raise

    def post(self, unit: Unit) -> None:
        """Keep *unit* sooner or later; nobody waits for it."""
        self._waiting.append(Waiting(unit, None))
        self._wake()

    def marks(self) -> Unit:
        """Return the unit that goes with the very next transaction; an idle one starts now."""
        if self._marks is None:
            self._marks = Unit(self._pen)
            self.post(self._marks)
        return self._marks

    async def drain(self) -> None:
        """Return when nothing is under way and nothing waits that can be written; the end."""
        self._rest_over()
        self._start()
        while self._lanes:
            await asyncio.wait(self._lanes)
        self._rest_over()

    def _wake(self) -> None:
        """Start when this round of the loop is over: whoever speaks in it shares a transaction."""
        if not self._woken:
            self._woken = True
            asyncio.get_running_loop().call_soon(self._start)

    def _start(self) -> None:
        self._woken = False
        if self._pause is not None and not any(one.answer for one in self._waiting):
            return
        loop = asyncio.get_running_loop()
        while self._has_room(loop.time()) and (batch := self._pick()):
            self._began = loop.time()
            lane = loop.create_task(self._run(batch))
            self._lanes.add(lane)
            lane.add_done_callback(self._end)

    def _has_room(self, now: float) -> bool:
        """Say whether a transaction may start: beside another only where that is held up.

        Few large transactions cost a message less than many small ones.
        """
        if not self._lanes:
            return True
        return len(self._lanes) < self._engine.lanes and now - self._began > HELD_UP

    def _end(self, lane: asyncio.Task[None]) -> None:
        self._lanes.discard(lane)
        self._start()

    def _pick(self) -> list[Waiting]:
        """Take what waits, in order, but nothing that touches what is under way or before it."""
        if batch := self._whole():
            return batch
        later: list[Waiting] = []
        blocked = set(self._busy)
        for one in self._waiting:
            keys = one.unit.keys
            free = len(batch) < LARGEST and blocked.isdisjoint(keys)
            (batch if free else later).append(one)
            blocked |= keys
        self._waiting = later
        self._busy.update(*[one.unit.keys for one in batch])
        if all(one.unit is not self._marks for one in later):
            self._marks = None
        return batch

    def _whole(self) -> list[Waiting]:
        """Take all that waits where no two touch the same key, as nearly always; else nothing."""
        waiting = self._waiting
        if self._busy or len(waiting) > LARGEST:
            return []
        keys = [one.unit.keys for one in waiting]
        touched = set[Hashable]().union(*keys)
        if len(touched) < sum(map(len, keys)):
            return []
        self._waiting, self._busy, self._marks = [], touched, None
        return waiting

    async def _run(self, batch: Sequence[Waiting]) -> None:
        try:
            await self._keep(batch)
        finally:
            self._busy.difference_update(*[one.unit.keys for one in batch])
            for one in batch:
                if one.answer is not None and not one.answer.done():
                    one.answer.set_exception(StoreUnavailable("a bug broke the commit off"))

    async def _keep(self, batch: Sequence[Waiting]) -> bool:
        """Bring *batch* to the database and tell who waits; False when it is out of reach."""
        units = [one.unit for one in batch]
        try:
            await self._engine.write_now(lambda link: keep(link, units))
        except (ClashError, StatementRefusedError) as error:
            return await self._separate(batch, error)
        except StoreUnavailable as error:
            self._put_off(batch, error)
            return False
        self._settle(batch)
        return True

    async def _separate(self, batch: Sequence[Waiting], error: Exception) -> bool:
        """Find the one unit that was refused: only that one fails."""
        if len(batch) == 1:
            self._refuse(batch[0], error)
            return True
        for at, one in enumerate(batch, start=1):
            if not await self._keep((one,)):
                self._put_off(batch[at:], StoreUnavailable(str(error)))
                return False
        return True

    def _refuse(self, one: Waiting, error: Exception) -> None:
        if one.answer is not None:
            _fail(one, error)
        elif isinstance(error, ClashError):
            self._waiting.insert(0, one)  # before what came later for the same citizen
        else:
            log.error("a mark was refused", error=str(error))

    def _settle(self, batch: Sequence[Waiting]) -> None:
        kept: list[Unit] = []
        for one in batch:
            unit, answer = one.unit, one.answer
            if answer is None:
                continue
            if not answer.done():
                answer.set_result(unit.outcome)  # who waits goes on in the loop's next round
                if unit.lost is None:
                    kept.append(unit)
            elif unit.lost is None:  # who waited has left
                self._pen.doubtful.update(unit.lines)
        if kept:
            self._tell_kept(kept)

    def _put_off(self, batch: Sequence[Waiting], error: StoreUnavailable) -> None:
        """Fail *batch* and all who came meanwhile, so that nobody waits longer than one try."""
        if isinstance(error, InDoubtError):
            for one in batch:
                self._pen.doubtful.update(one.unit.lines)
        whole = [*batch, *self._waiting]
        self._waiting = [one for one in whole if one.answer is None]
        for one in whole:
            _fail(one, type(error)(str(error)))
        if self._pause is None:
            self._pause = asyncio.get_running_loop().call_later(TRY_AGAIN, self._resume)

    def _rest_over(self) -> None:
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None

    def _resume(self) -> None:
        self._rest_over()
        self._start()


def _kept(answer: asyncio.Future[Outcome]) -> bool:
    """Tell whether *answer* came, and says that all was kept."""
    came = answer.done() and not answer.cancelled() and answer.exception() is None
    return came and answer.result() is Outcome.KEPT


def _fail(one: Waiting, error: Exception) -> None:
    """Tell who waits for *one*, if anybody still does."""
    if one.answer is not None and not one.answer.done():
        one.answer.set_exception(error)
