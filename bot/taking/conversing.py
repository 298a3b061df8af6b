"""One turn of a conversation played to its end, with nothing kept of it yet."""

from msgspec import Struct

from bot.clock import Clock
from bot.taking.questions import Questions
from casework.citizen.tries import wrong_late
from casework.trail.looking import Look, look_of
from conversations.joining import together
from conversations.messages import Inbound, Reply
from conversations.say import Voices
from conversations.session import Session
from conversations.turn import Event, Record, Said, Turn

MAX_STEPS = 8  # a conversation that needs more is going round in circles


class Played(Struct, frozen=True):
    """A turn as it would be committed."""

    session: Session
    replies: tuple[Reply, ...]
    records: tuple[Record, ...]
    looks: tuple[Look, ...] = ()  # at other people's data: the audit keeps them


class EndlessTurnError(RuntimeError):
    """A conversation kept asking questions without waiting for the citizen."""


class Conversing:
    """Steps conversations, and answers what they ask of the world."""

    def __init__(self, voices: Voices, questions: Questions, clock: Clock) -> None:
        self._voices = voices
        self._questions = questions
        self._clock = clock

    async def play(self, session: Session, heard: Inbound | Event) -> Played:
        """Return the turn that *heard* brings to *session*. Raises EndlessTurnError."""
        event = Said(heard, self._clock.token()) if isinstance(heard, Inbound) else heard
        session, turn = session.step(event, self._voices)
        if turn.question is None and isinstance(event, Said):  # as in most turns
            return Played(session, turn.replies, turn.records)
        return await self._inquire(session, turn, event)

    async def _inquire(self, session: Session, turn: Turn, event: Event) -> Played:
        """Go on from *turn*, which *event* brought, until nothing is asked any more."""
        replies = turn.replies
        records: list[Record] = [*wrong_late(event), *turn.records]
        looks = [look_of(session.sender, None, event)]
        for _ in range(1, MAX_STEPS):
            if turn.question is None:
                break
            event, tried = await self._questions.answer(session.sender, turn.question)
            records = tried.counted(records, event)
            looks.append(look_of(session.sender, turn.question, event))
            session, turn = session.step(event, self._voices)
            replies = together(replies, turn.replies)
            records += turn.records
        if turn.question is not None:
            raise EndlessTurnError(type(session.state).__name__)
        return Played(session, replies, tuple(records), tuple(look for look in looks if look))
