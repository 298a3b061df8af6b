"""What people of the console do for callers, put together."""

from collections.abc import Sequence

from bot.ground import Ground
from bot.questions import Questions
from casework.calls.call_desk import CallDesk
from casework.calls.checking import Ask, Checking
from casework.calls.earlier import Earlier
from casework.calls.taking import Taking
from casework.citizen.filing import Filing
from conversations.messages import Address
from conversations.turn import Event, Question, Record


def open_calls(ground: Ground, questions: Questions, filing: Filing) -> CallDesk:
    """Return what a caller's questions and wishes are answered with."""
    store = ground.store
    return CallDesk(
        district=ground.district,
        voices=ground.voices,
        earlier=Earlier(store, ground.district),
        checking=Checking(store, as_in_a_chat(questions)),
        taking=Taking(store, filing, ground.outbox.hand_over),
        now=ground.clock.now,
        token=ground.clock.token,
    )


def as_in_a_chat(questions: Questions) -> Ask:
    """Return how *questions* are asked and proofs count, for whoever asks for a citizen."""

    async def ask(
        citizen: Address, question: Question, records: Sequence[Record]
    ) -> tuple[Event, Sequence[Record]]:
        found, tried = await questions.answer(citizen, question)
        return found, tried.counted(records, found)

    return ask
