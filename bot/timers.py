"""What falls due: questions asked again, and the housekeeping."""

import asyncio
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.clock import Clock
from bot.loops import forever
from bot.questions import Questions
from bot.turns import Turns
from conversations.messages import Address
from conversations.turn import LookUp, RegistryAnswered
from registry_client.answers import Pending, Unavailable
from storage.store import Store, StoreUnavailable
from storage.timers import DueTimer

TICK = 0.5  # seconds between looks
CLAIM = 50  # timers taken at a time
PATIENT = 60.0  # seconds a slow registry gets when nobody is waiting at the other end
AGAIN = timedelta(seconds=20)  # before a silent registry is asked once more
GIVE_UP = 60  # tries, after which the citizen is told that there is no answer today
HOUSEKEEPING = timedelta(hours=6)

log = structlog.get_logger()


class Timers:
    """Does what is due, once, whichever process gets to it."""

    def __init__(self, store: Store, turns: Turns, questions: Questions, clock: Clock) -> None:
        self._store = store
        self._turns = turns
        self._questions = questions
        self._clock = clock
        self._cleaned: datetime | None = None
        self._busy: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Look, for ever, for what is due."""
        await forever("timers", self.tick, TICK)

    async def tick(self) -> None:
        """Start everything that is due now."""
        now = self._clock.now()
        for due in await self._store.claim_timers(now, CLAIM):
            work = asyncio.get_running_loop().create_task(self._do(due))
            self._busy.add(work)
            work.add_done_callback(self._busy.discard)
        if self._cleaned is None or now - self._cleaned > HOUSEKEEPING:
            await self._store.tidy(now)
            self._cleaned = now

    async def close(self) -> None:
        """Leave what is under way to whoever claims it next."""
        for work in self._busy:
            work.cancel()

    async def _do(self, due: DueTimer) -> None:
        try:
            await self._ask_again(due)
        except StoreUnavailable:
            log.warning("a timer waits for the database", kind=due.kind)

    async def _ask_again(self, due: DueTimer) -> None:
        citizen, question = msgspec.json.decode(due.body, type=tuple[Address, LookUp])
        answer = await self._questions.ask_patiently(question, PATIENT)
        if isinstance(answer, Pending | Unavailable) and due.attempts < GIVE_UP:
            await self._store.postpone_timer(due, self._clock.now() + AGAIN)
            return
        if isinstance(answer, Pending):
            answer = Unavailable()
        await self._turns.hear(citizen, due, RegistryAnswered(answer, question))
