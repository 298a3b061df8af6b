"""Questions that the registry did not answer in time, asked again until it does."""

from datetime import timedelta

import msgspec

from bot.clock import Clock
from bot.taking.questions import Questions
from bot.taking.turns import Turns
from conversations.messages import Address
from conversations.turn import LookUp, RegistryAnswered
from registry_client.answers import Answer, Pending, Unavailable
from storage.store import Store
from storage.timers import DueTimer

PATIENCE = (90.0, 180.0, 300.0)  # seconds a slow registry gets, by the try; then the last again
AT_ONCE = 16  # questions a process asks side by side: who hangs is not asked ever more beside them
AGAIN = timedelta(seconds=20)  # before a silent registry is asked once more
HUNG, REFUSED = 20, 60  # tries, after which the citizen is told that there is no answer today


class LateAnswers:
    """Asks the registry again, and tells the citizen what it said."""

    def __init__(self, store: Store, turns: Turns, questions: Questions, clock: Clock) -> None:
        self._store = store
        self._turns = turns
        self._questions = questions
        self._clock = clock

    async def ask_again(self, due: DueTimer) -> None:
        """Put the question in *due* once more; its answer is heard in the conversation.

        What hangs is asked by nobody else meanwhile: the timer stays ours for as long.
        """
        citizen, question = msgspec.json.decode(due.body, type=tuple[Address, LookUp])
        seconds = PATIENCE[min(due.attempts, len(PATIENCE)) - 1]
        await self._put_off(due, AGAIN + timedelta(seconds=seconds))
        answer = await self._questions.ask_patiently(question, seconds)
        if worth_another(answer, due.attempts):
            await self._put_off(due, AGAIN)
            return
        if isinstance(answer, Pending):
            answer = Unavailable()
        await self._turns.hear(citizen, due, RegistryAnswered(answer, question))

    async def _put_off(self, due: DueTimer, pause: timedelta) -> None:
        await self._store.postpone_timer(due, self._clock.now() + pause)


def worth_another(answer: Answer, attempts: int) -> bool:
    """Whether a registry that gave *answer* at this try is asked once more."""
    match answer:
        case Pending():
            return attempts < HUNG
        case Unavailable():
            return attempts < REFUSED
        case _:
            return False
