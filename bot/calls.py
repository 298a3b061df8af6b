"""What people of the console do for callers, put together."""

from collections.abc import Sequence

from bot.ground import Ground
from bot.taking.questions import Questions
from casework.access.looks import Looks
from casework.calls.answering import Heard
from casework.calls.asking import Asking
from casework.calls.call_desk import CallDesk
from casework.calls.checking import Checking
from casework.calls.earlier import Earlier
from casework.calls.taking import Taking
from casework.citizen.answered import Answering
from casework.citizen.filing import Filing
from casework.citizen.finding import Finding
from casework.citizen.tries import Inquire
from casework.files.bringing import Bringing
from casework.files.evidence import Evidence
from conversations.messages import Address
from conversations.records.proofs import Counted
from conversations.turn import Event, Question


def open_calls(
    ground: Ground, questions: Questions, filing: Filing, evidence: Evidence
) -> CallDesk:
    """Return what a caller's questions and wishes are answered with."""
    store = ground.store
    looks = Looks(store, ground.district)
    heard = Heard(store, Finding(store, ground.district, ground.clock.now), open_answering(ground))
    return CallDesk(
        district=ground.district,
        voices=ground.voices,
        earlier=Earlier(store, ground.district, looks),
        checking=Checking(Asking(store, looks, as_in_a_chat(questions)), heard),
        taking=Taking(store, filing, ground.outbox.hand_over),
        heard=heard,
        bringing=Bringing(store, evidence, ground.clock.token),
        now=ground.clock.now,
        token=ground.clock.token,
    )


def open_answering(ground: Ground) -> Answering:
    """Return what takes answers to proven tickets, on a page or by telephone."""
    return Answering(
        ground.store,
        ground.letters,
        ground.voices,
        ground.clock.now,
        ground.clock.token,
        ground.outbox.hand_over,
    )


def as_in_a_chat(questions: Questions) -> Inquire:
    """Return how *questions* are asked and proofs count, for whoever asks for a citizen."""

    async def ask(
        citizen: Address, question: Question, records: Sequence[Counted]
    ) -> tuple[Event, Sequence[Counted]]:
        found, tried = await questions.answer(citizen, question)
        return found, tried.counted(records, found)

    return ask
