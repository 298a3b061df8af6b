"""Questions that the registry did not answer in time, asked again until it does."""

from datetime import timedelta

import msgspec

from bot.clock import Clock
from bot.taking.questions import Questions
from bot.taking.turns import Turns
from conversations.messages import Address
from conversations.turn import LookUp, RegistryAnswered
from registry_client.answers import Pending, Unavailable
from storage.store import Store
from storage.timers import DueTimer

PATIENT = 60.0  # seconds a slow registry gets when nobody is waiting at the other end
AGAIN = timedelta(seconds=20)  # before a silent registry is asked once more
GIVE_UP = 60  # tries, after which the citizen is told that there is no answer today


class LateAnswers:
    """Asks the registry again, and tells the citizen what it said."""

    def __init__(self, store: Store, turns: Turns, questions: Questions, clock: Clock) -> None:
        self._store = store
        self._turns = turns
        self._questions = questions
        self._clock = clock

    async def ask_again(self, due: DueTimer) -> None:
        """Put the question in *due* once more; its answer is heard in the conversation."""
        citizen, question = msgspec.json.decode(due.body, type=tuple[Address, LookUp])
        answer = await self._questions.ask_patiently(question, PATIENT)
        if isinstance(answer, Pending | Unavailable) and due.attempts < GIVE_UP:
            await self._store.postpone_timer(due, self._clock.now() + AGAIN)
            return
        if isinstance(answer, Pending):
            answer = Unavailable()
        await self._turns.hear(citizen, due, RegistryAnswered(answer, question))
