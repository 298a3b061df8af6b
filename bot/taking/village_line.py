"""Lines of a village's people on their way in: each is answered once, with what it brought about.

What can be typed stands in `conversations.village.lines`, what is done in `casework.village.line`.
"""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from msgspec import Struct

from bot.taking.turns import TAKEN, Taken, inbox_key
from casework.telling.answer import Answer
from casework.village.line import Typed, VillageLines
from conversations.messages import Address, Inbound
from conversations.say import LANGUAGES, Say, Voices
from conversations.session import Session
from conversations.village.lines import form_begun, line_of
from storage.replies.outbox import OutboxItem
from storage.store import Store
from storage.unit import Outcome


class Work(Struct, frozen=True):
    """What lines are answered with."""

    store: Store
    lines: VillageLines
    voices: Voices
    known: Callable[[Address], Awaitable[Session | None]]
    now: Callable[[], datetime]
    hand_over: Callable[[Iterable[OutboxItem]], None]


class VillageLine:
    """Answers them, each once: what is done is kept in one unit with its answer."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def form(self, inbound: Inbound) -> Inbound | None:
        """Return what begins the form that *inbound* asks for, None for any other line.

        Raises StoreUnavailable.
        """
        line, now = line_of(inbound), self._work.now()
        service = await self._work.lines.form(line, inbound.sender, now)
        return form_begun(inbound, service) if service else None

    async def take(self, inbound: Inbound) -> Taken:
        """Do what *inbound* says, and answer it. Raises StoreUnavailable."""
        if await self._work.store.happened(*inbox_key(inbound)):
            return Taken.KNOWN
        typed = await self._typed(inbound)
        reply = await self._work.lines.take(typed)
        return await self._keep(typed.answer(reply)) if reply is not None else Taken.ANSWERED

    async def _typed(self, inbound: Inbound) -> Typed:
        work, key, now = self._work, inbox_key(inbound), self._work.now()
        return Typed(
            line=line_of(inbound),
            sender=inbound.sender,
            say=await self._voice(inbound),
            at=now,
            answer=lambda reply: Answer(key, inbound.sender, reply, now, work.hand_over),
        )

    async def _voice(self, inbound: Inbound) -> Say:
        """Return the voice of the language that the sender speaks with us."""
        session = await self._work.known(inbound.sender)
        spoken = session.language if session else inbound.language
        return self._work.voices[spoken if spoken in LANGUAGES else LANGUAGES[0]]

    async def _keep(self, answer: Answer) -> Taken:
        """Answer a line that changed nothing."""
        unit = self._work.store.unit()
        answer.write(unit)
        outcome = await self._work.store.commit(unit)
        if outcome is Outcome.KEPT:
            answer.go(unit)
        return TAKEN[outcome]
