"""Take turns: one message comes in, replies go out, and nothing is half done."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

import structlog
from msgspec import Struct
from msgspec.structs import replace

from bot.clock import Clock
from bot.sending.outbox import Outbox
from bot.taking.allowance import Allowance, Left
from bot.taking.conversing import Conversing, Played
from bot.taking.one_at_a_time import OneAtATime
from bot.taking.questions import Questions
from bot.taking.records import Records
from bot.taking.sessions import Sessions
from casework.files.arriving import file_with, keep_in_mind
from casework.privacy.retention import TALKS_KEPT
from conversations import codec
from conversations.messages import Address, Inbound, Reply
from conversations.records.own import EraseMe, TakeConsentBack
from conversations.say import Voices
from conversations.session import Session
from conversations.turn import Event, Said
from handlers.arrival import Renumbered
from storage.database.errors import StoreUnavailable
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Outcome, Unit
from storage.upkeep.moving import News

MAX_TAKES = 6  # a turn that loses more races than this is handed back to the provider

ERASING = frozenset({EraseMe, TakeConsentBack})  # what leaves no conversation to remember

log = structlog.get_logger()


class Taken(StrEnum):
    """What became of a message."""

    ANSWERED = "answered"
    KNOWN = "known"  # delivered before; nothing was done
    CROWDED = "crowded"  # lost every race; the provider should deliver again
    SPENT = "spent"  # the day's answers to the sender are used up


TAKEN = {
    Outcome.KEPT: Taken.ANSWERED,
    Outcome.DUPLICATE: Taken.KNOWN,
    Outcome.LOST: Taken.CROWDED,
}


class Heard(Struct, frozen=True):
    """What came from whom, and what makes it happen once."""

    citizen: Address
    key: tuple[str, str]  # of the inbox
    what: Inbound | Event
    timer: DueTimer | None = None  # that brought it, and is done with it


class Turns:
    """Plays conversations against the world, one citizen at a time."""

    def __init__(  # noqa: PLR0913 - the seven things a turn touches, each named once
        self,
        *,
        store: Store,
        voices: Voices,
        questions: Questions,
        records: Records,
        outbox: Outbox,
        allowance: Allowance,
        clock: Clock,
    ) -> None:
        self._store = store
        self._voices = voices
        self._conversing = Conversing(voices, questions, clock)
        self._records = records
        self._outbox = outbox
        self._allowance = allowance
        self._clock = clock
        self._sessions = Sessions(store)
        self._citizens = OneAtATime()

    def take(self, inbound: Inbound) -> Awaitable[Taken]:
        """Answer *inbound* once, however often it is delivered.

        Done after the commit. Raises StoreUnavailable when nothing could be kept.
        """
        heard = Heard(inbound.sender, inbox_key(inbound), inbound)
        return self._citizens.run(heard.citizen, self._take, heard)

    async def known(self, citizen: Address) -> Session | None:
        """Return the conversation with *citizen*, None where there is none."""
        return await self._sessions.known(citizen)

    async def follow(self, old: Address, moved: Renumbered) -> None:
        """Go on with whoever had *old* as *moved* tells, once. Raises StoreUnavailable."""
        await self._citizens.run(old, self._follow, old, moved)

    async def _follow(self, old: Address, moved: Renumbered) -> None:
        """Move them, unless that was done before, or *old* was written from since.

        Whoever writes from there later has the number now, and it is somebody else.
        """
        told = f"{old.id}/{moved.message_id}"
        if await self._store.happened(old.channel, told):
            return
        self._sessions.forget(old)
        session = await self._sessions.known(old)
        if session is None or session.seen is None or session.seen <= moved.at:
            news = News(old.channel, told, self._clock.now())
            await self._sessions.move(old, moved.new, news)

    def hear(self, citizen: Address, due: DueTimer, event: Event) -> Awaitable[Taken]:
        """Carry on with *event*, which came later than its question and ends the timer *due*."""
        heard = Heard(citizen, ("later", due.key), event, due)
        return self._citizens.run(citizen, self._take, heard)

    def excuse(self, inbound: Inbound, key: str) -> Awaitable[Taken]:
        """Answer *inbound* with the sentence *key* and leave the conversation as it is."""
        heard = Heard(inbound.sender, inbox_key(inbound), inbound)
        return self._citizens.run(heard.citizen, self._excuse, heard, key)

    def survive(
        self, inbound: Inbound, take: Callable[[Inbound], Awaitable[Taken]]
    ) -> Awaitable[Taken]:
        """Have *take* answer *inbound*; a bug in it costs an apology, as one of ours does."""
        heard = Heard(inbound.sender, inbox_key(inbound), inbound)
        return self._citizens.run(
            heard.citizen, lambda: self._survive(heard, self._heard_by(inbound, take))
        )

    async def _heard_by(
        self, inbound: Inbound, take: Callable[[Inbound], Awaitable[Taken]]
    ) -> Taken:
        """Have *take* answer *inbound*; where there is a window, it is open then."""
        if inbound.sender.channel.traits.window:
            await self._note_seen(inbound)
        return await take(inbound)

    async def _note_seen(self, inbound: Inbound) -> None:
        """Keep that somebody wrote, which their conversation did not hear."""
        citizen = inbound.sender
        version, session = await self._sessions.of(citizen, inbound)
        session, unit = session.woken(Said(inbound, "")), self._store.unit()
        unit.keep_session(citizen, version, codec.dump(session), self._clock.now() + TALKS_KEPT)
        if await self._store.commit(unit) is Outcome.KEPT:
            self._sessions.keep(citizen, version + 1, session)
        else:
            self._sessions.forget(citizen)

    def _take(self, heard: Heard) -> Awaitable[Taken]:
        metered = heard.citizen.channel.traits.is_metered
        return self._survive(heard, self._bounded(heard) if metered else self._race(heard))

    async def _survive(self, heard: Heard, answering: Awaitable[Taken]) -> Taken:
        try:
            return await answering
        except StoreUnavailable:
            raise
        except Exception:  # house rule 15: the one place where a bug is survived
            log.exception("turn failed")
            return await self._excuse(heard, "door.sorry")

    async def _bounded(self, heard: Heard) -> Taken:
        """Answer as `_race`, until the day's answers to the sender are used up."""
        left = await self._allowance.left(heard.citizen)
        if left is Left.ENOUGH or not isinstance(heard.what, Inbound):
            return await self._race(heard)
        _, session = await self._sessions.of(heard.citizen, heard.what)
        instead = self._allowance.instead(session, heard.what, left)
        if instead is None:
            return await self._race(heard)
        once = replace(heard, key=instead.once or heard.key)
        await self._keep(self._store.unit(), once, instead.replies)
        return Taken.SPENT

    async def _race(self, heard: Heard) -> Taken:
        for _ in range(MAX_TAKES):
            taken = await self._play(heard)
            if taken is not Taken.CROWDED:
                return taken
            self._sessions.forget(heard.citizen)
        return Taken.CROWDED

    async def _excuse(self, heard: Heard, key: str) -> Taken:
        """Say *key* and nothing else; a conversation that cannot be read is not needed for it."""
        if await self._allowance.left(heard.citizen) is not Left.ENOUGH:
            return Taken.SPENT
        unit = self._store.unit()
        say = self._voices[self._sessions.language_of(heard.citizen)]
        return await self._keep(unit, heard, (Reply(say(key)),))

    async def _play(self, heard: Heard) -> Taken:
        """Answer *heard* once; CROWDED where somebody else carried the conversation on."""
        at_hand = self._sessions.at_hand(heard.citizen)
        version, session = at_hand or await self._sessions.of(heard.citizen, heard.what)
        played = await self._conversing.play(session, heard.what)
        unit, about = self._store.unit(), ""
        if played.records:
            written = self._records.write(unit, heard.citizen, played.records, heard.key[1])
            if refused := await written:
                unit, say = self._store.unit(), self._voices[session.language]
                played = Played(session, (Reply(say(refused)),), (), played.looks)
        now = self._clock.now()
        for look in played.looks:
            look.note(unit, now)
        body = codec.dump(played.session)
        unit.keep_session(heard.citizen, version, body, now + TALKS_KEPT)
        if isinstance(heard.what, Inbound) and heard.what.attachments:
            keep_in_mind(unit, heard.what, body, played.records, now)
        if played.records:
            file_with(unit, played.records, now)
            about = self._records.about(played.records)
        self._answer(unit, heard, played.replies, about)
        outcome = await self._store.commit(unit)
        if outcome is not Outcome.KEPT:
            return TAKEN[outcome]
        self._outbox.hand_over(unit.items)
        self._remember(heard.citizen, version + 1, played)
        return Taken.ANSWERED

    def _remember(self, citizen: Address, version: int, played: Played) -> None:
        """Keep the conversation at hand; of one that was erased, that its citizen just wrote."""
        if played.records and not ERASING.isdisjoint(map(type, played.records)):
            self._sessions.part(citizen, played.session)
        else:
            self._sessions.keep(citizen, version, played.session)

    async def _keep(self, unit: Unit, heard: Heard, replies: tuple[Reply, ...]) -> Taken:
        """Commit what was heard and answered; only then send the replies."""
        self._answer(unit, heard, replies)
        outcome = await self._store.commit(unit)
        if outcome is Outcome.KEPT:
            self._outbox.hand_over(unit.items)
        return TAKEN[outcome]

    def _answer(
        self, unit: Unit, heard: Heard, replies: tuple[Reply, ...], about: str = ""
    ) -> None:
        """Have *unit* keep that *heard* happened, and the *replies* to it, *about* a ticket."""
        now = self._clock.now()
        unit.first_time(*heard.key, now)
        if heard.timer is not None:
            unit.finish_timer(heard.timer)
        for reply in replies:
            unit.send(heard.citizen, reply, now, about)
        if heard.citizen.channel.traits.is_metered:
            self._allowance.count(unit, heard.citizen, replies)


def inbox_key(inbound: Inbound) -> tuple[str, str]:
    """Return what makes *inbound* itself on its channel, however often it is delivered.

    The sender is part of it: two gateways that both count from 1 hide nobody's message.
    """
    sender = inbound.sender
    return sender.channel, f"{sender.id}/{inbound.message_id}"
