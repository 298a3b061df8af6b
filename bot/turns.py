"""Take turns: one message comes in, replies go out, and nothing is half done."""

from datetime import timedelta
from enum import Enum

import structlog
from msgspec import Struct

from bot.clock import Clock
from bot.one_at_a_time import OneAtATime
from bot.outbox import Outbox
from bot.questions import Questions, refused
from bot.records import Records
from bot.sessions import Sessions
from conversations import codec
from conversations.messages import Address, Inbound, Reply
from conversations.say import Voices
from conversations.session import Session
from conversations.turn import CountProof, Event, Record, Said
from storage.store import Store, StoreUnavailable
from storage.unit import Outcome, Unit

MAX_STEPS = 8  # a conversation that needs more is going round in circles
MAX_TAKES = 6  # a turn that loses more races than this is handed back to the provider
KEPT_FOR = timedelta(days=400)  # consent and language outlive the question, which ends in a week

log = structlog.get_logger()


class Taken(Enum):
    """What became of a message."""

    ANSWERED = "answered"
    KNOWN = "known"  # delivered before; nothing was done
    CROWDED = "crowded"  # lost every race; the provider should deliver again


class Played(Struct, frozen=True):
    """A turn as it would be committed."""

    session: Session
    replies: tuple[Reply, ...]
    records: tuple[Record, ...]


class Start(Struct, frozen=True):
    """Where in whose conversation a turn stands."""

    citizen: Address
    key: tuple[str, str]  # of the inbox: what must happen once
    version: int  # of the session it starts from
    event: Event


class EndlessTurnError(RuntimeError):
    """A conversation kept asking questions without waiting for the citizen."""


class Turns:
    """Plays conversations against the world, one citizen at a time."""

    def __init__(  # noqa: PLR0913 - the six things a turn touches, each named once
        self,
        *,
        store: Store,
        voices: Voices,
        questions: Questions,
        records: Records,
        outbox: Outbox,
        clock: Clock,
    ) -> None:
        self._store = store
        self._voices = voices
        self._questions = questions
        self._records = records
        self._outbox = outbox
        self._clock = clock
        self._sessions = Sessions(store)
        self._citizens = OneAtATime()

    async def take(self, inbound: Inbound) -> Taken:
        """Answer *inbound* once, however often it is delivered.

        Returns after the commit. Raises StoreUnavailable when nothing could be kept.
        """
        citizen, key = inbound.sender, inbox_key(inbound)
        return await self._citizens.run(citizen, lambda: self._take(citizen, key, inbound))

    async def hear(self, citizen: Address, key: str, event: Event) -> Taken:
        """Carry on with *event*, which came later than its question, once per *key*."""
        return await self._citizens.run(
            citizen, lambda: self._take(citizen, ("later", key), event)
        )

    async def excuse(self, inbound: Inbound, key: str) -> Outcome:
        """Answer *inbound* with the sentence *key* and leave the conversation as it is."""
        version, session = await self._sessions.of(inbound.sender, inbound)
        said = Said(inbound, "")
        turn = Start(inbound.sender, inbox_key(inbound), version, said)
        played = Played(session, (self._say(session, key),), ())
        return await self._keep(self._store.unit(), turn, played)

    async def _take(self, citizen: Address, key: tuple[str, str], heard: Inbound | Event) -> Taken:
        for _ in range(MAX_TAKES):
            match await self._try(citizen, key, heard):
                case Outcome.KEPT:
                    return Taken.ANSWERED
                case Outcome.DUPLICATE:
                    return Taken.KNOWN
                case Outcome.LOST:
                    self._sessions.forget(citizen)
        return Taken.CROWDED

    async def _try(
        self, citizen: Address, key: tuple[str, str], heard: Inbound | Event
    ) -> Outcome:
        version, session = await self._sessions.of(citizen, heard)
        event = Said(heard, self._clock.token()) if isinstance(heard, Inbound) else heard
        turn = Start(citizen, key, version, event)
        try:
            return await self._play(turn, session)
        except StoreUnavailable:
            raise
        except Exception:  # house rule 15: here alone
            log.exception("turn failed", state=type(session.state).__name__)
            sorry = Played(session, (self._say(session, "door.sorry"),), ())
            return await self._keep(self._store.unit(), turn, sorry)

    async def _play(self, turn: Start, session: Session) -> Outcome:
        played = await self._converse(session, turn.event)
        unit = self._store.unit()
        refused = await self._records.write(unit, turn.citizen, played.records, turn.event)
        if refused:
            unit = self._store.unit()
            played = Played(session, (self._say(session, refused),), ())
        return await self._keep(unit, turn, played)

    async def _keep(self, unit: Unit, turn: Start, played: Played) -> Outcome:
        """Commit the turn; only then remember its session and send its replies."""
        now = self._clock.now()
        unit.first_time(*turn.key, now)
        body = codec.dump(played.session)
        unit.keep_session(turn.citizen, turn.version, body, now + KEPT_FOR)
        items = [unit.send(turn.citizen, reply, now) for reply in played.replies]
        outcome = await self._store.commit(unit)
        if outcome is Outcome.KEPT:
            self._sessions.keep(turn.citizen, turn.version + 1, played.session)
            self._outbox.hand_over(items)
        return outcome

    async def _converse(self, session: Session, event: Event) -> Played:
        replies: list[Reply] = []
        records: list[Record] = []
        for _ in range(MAX_STEPS):
            session, turn = session.step(event, self._voices)
            replies += turn.replies
            records += turn.records
            if turn.question is None:
                return Played(session, tuple(replies), tuple(records))
            answered = await self._questions.answer(session.sender, turn.question)
            if answered is None:  # the proofs of the day are used up: this one does not count
                records = [record for record in records if not isinstance(record, CountProof)]
            event = answered or refused(turn.question)
        raise EndlessTurnError(type(session.state).__name__)

    def _say(self, session: Session, key: str) -> Reply:
        return Reply(self._voices[session.language](key))


def inbox_key(inbound: Inbound) -> tuple[str, str]:
    """Return what makes *inbound* itself on its channel, however often it is delivered."""
    return inbound.sender.channel.value, inbound.message_id
