"""What is remembered of one citizen's conversation between two messages."""

from datetime import datetime, timedelta
from typing import Self, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from conversations.again import Stuck
from conversations.first import Greeting
from conversations.menu import Menu
from conversations.messages import Address, Choice, Inbound
from conversations.paging import turned_to
from conversations.personal.linking import Offering
from conversations.status import late
from conversations.status.check_status import Looking
from conversations.tickets.between import WhichOfTwo
from conversations.tickets.doubts import AskDecided, AskMeant
from conversations.tickets.track import Shown
from conversations.turn import (
    AgreeToNotice,
    AskLater,
    Draft,
    Event,
    OpenTicket,
    Said,
    State,
    Turn,
)
from conversations.wish.clearly import SLEPT, answers
from conversations.wish.comfort import Gentle
from conversations.wish.rescue import Rescue
from conversations.wish.wishes import Guessed

FILED = 5  # services remembered
FORGOTTEN = timedelta(days=7)  # after so long nobody remembers what was asked
_DONE = frozenset({AgreeToNotice, OpenTicket})  # after these the talk goes on at the menu
STEPS_BACK = 8  # states that KEMBALI can go back
FLEETING = (Stuck, Greeting, Guessed, Rescue, AskMeant, AskDecided, Offering, WhichOfTwo)
"""No way leads back: some hold what was written, and what others say is soon over."""

Remembering = TypeVar("Remembering", bound="Memory")


class Memory(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Who we talk with, in what language, and where the talk stands."""

    sender: Address
    language: str
    state: State
    history: tuple[State, ...] = ()  # where KEMBALI leads, the newest last
    consent: str = ""  # version of the privacy notice that was agreed to
    kept: Draft | None = None  # an unfinished form
    later: tuple[Looking, ...] = ()  # look-ups whose answers are still to come
    misses: int = 0  # answers in a row that we could not read
    stopped: bool = False  # BERHENTI: only MULAI wakes us
    reminded: bool = False  # how to wake us was said
    restarted: bool = False  # the question we asked is forgotten: a short answer means nothing
    seen: datetime | None = None  # when the last message came
    filed: tuple[str, ...] = ()  # services that were asked for last: the same may still be open
    page: int = 0  # of the choices, where the question has more than a channel shows

    @property
    def looks(self) -> bool:
        """Whether a sentence may be about a ticket, and none was asked about just now."""
        filed = bool(self.filed) and not isinstance(self.state, FLEETING)
        return filed or isinstance(self.state, Shown)

    def moved(self, turn: Turn, *, by_itself: bool = False) -> Self:
        """Return this memory after *turn*: where the talk stands, and what is kept of it.

        A form that ends *by itself* was filed or dropped; one that is left is kept.
        """
        memory = self._noting(turn) if turn.records else self
        done = turn.enter and turn.records and not _DONE.isdisjoint(map(type, turn.records))
        state = Menu() if done else turn.state
        return replace(
            memory,
            state=state,
            history=() if state.safe else self._history(state),
            kept=None if state.safe else self._kept(turn, state, by_itself=by_itself),
            language=turn.language or self.language,
            misses=self.misses if turn.enter and not done else 0,
        )

    def _noting(self, turn: Turn) -> Self:
        """Return this memory with what the records of *turn* tell of the citizen."""
        kinds = set(map(type, turn.records))
        return replace(
            self,
            consent=_agreed(turn) if AgreeToNotice in kinds else self.consent,
            later=late.waiting(self.later, self.state) if AskLater in kinds else self.later,
            filed=self._filed(turn) if OpenTicket in kinds else self.filed,
        )

    def woken(self, event: Event) -> Self:
        """Return this memory at *event*: after a week nobody remembers the question."""
        if not isinstance(event, Said):
            return self
        now = event.message.received_at
        memory = replace(self, seen=now)
        if self._slept(event, now):
            return memory.home()
        if self.seen is None or now - self.seen < FORGOTTEN or isinstance(self.state, Greeting):
            return memory
        return memory.restart()

    def _slept(self, said: Said, now: datetime) -> bool:
        """Say whether who was in despair slept since, and *said* answers no offer of then."""
        if not isinstance(self.state, Gentle) or self.seen is None:
            return False
        return SLEPT <= now - self.seen < FORGOTTEN and not answers(said.message)

    def told(self, turn: Turn) -> Self:
        """Return this memory after *turn* was said, which showed the menu last or did not."""
        if not isinstance(self.state, Menu) or not turn.replies:
            return self
        unseen = not turn.replies[-1].choices
        if unseen is self.state.unseen:
            return self
        return replace(self, state=replace(self.state, unseen=unseen))

    def leafed(self, message: Inbound, choices: tuple[Choice, ...]) -> Self | None:
        """Return this memory at the page of the same *choices* that is asked for, or None."""
        page = turned_to(choices, self.page, message)
        return None if page is None else replace(self, page=page)

    def paged(self, before: State) -> Self:
        """Return this memory at the first page, unless it asks still what it asked *before*."""
        return replace(self, page=0) if self.page and self.state != before else self

    def restart(self) -> Self:
        """Return this memory at the menu, with the unfinished form kept."""
        kept = self.state.unfinished() or self.kept
        state = Menu(kept.service if kept else "")
        return replace(self, state=state, history=(), kept=kept, misses=0, restarted=True)

    def home(self) -> Self:
        """Return this memory at the menu, with nothing kept of where it was."""
        return replace(self, state=self.menu(), history=(), misses=0)

    def menu(self) -> Menu:
        """Return the menu as this citizen sees it."""
        return Menu(self.kept.service if self.kept else "")

    def one_back(self) -> Self | None:
        """Return this memory one question ago, or None where there is none."""
        if before := self.state.before():
            return replace(self, state=before, misses=0)
        return self._at(self.history)

    def out(self) -> Self | None:
        """Return this memory where it was before the conversation it is in, or None."""
        here = _conversation(self.state)
        left = [i for i, state in enumerate(self.history) if _conversation(state) != here]
        return self._at(self.history[: left[-1] + 1]) if left else None

    def _at(self, history: tuple[State, ...]) -> Self | None:
        if not history:
            return None
        *before, state = history
        return replace(self, state=state, history=tuple(before), misses=0)

    def _history(self, state: State) -> tuple[State, ...]:
        """Return the states to go back to; *state* may know better itself where it came from."""
        if isinstance(state, Menu):
            return ()
        fleeting = isinstance(self.state, FLEETING) or self.state.awaits
        if fleeting or state == self.state or state.before() is not None:
            return self.history
        return (*self.history, self.state)[-STEPS_BACK:]

    def _filed(self, turn: Turn) -> tuple[str, ...]:
        """Return the services asked for last, the newest at the end, each once."""
        new = [r.draft.service for r in turn.records if isinstance(r, OpenTicket)]
        return tuple(dict.fromkeys((*(s for s in self.filed if s not in new), *new)))[-FILED:]

    def _kept(self, turn: Turn, state: State, *, by_itself: bool) -> Draft | None:
        """Return the unfinished form: one that was left, until it or its like is filed."""
        filed = _sent(turn) if turn.records else None
        filed = filed or state.unfinished()
        kept = None if self.kept and filed and self.kept.service == filed.service else self.kept
        left = None if by_itself or filed else self.state.unfinished()
        return left if left and left.answers else kept


def _sent(turn: Turn) -> Draft | None:
    """Return the form that was filed in *turn*, or None."""
    return next((r.draft for r in turn.records if isinstance(r, OpenTicket)), None)


def _agreed(turn: Turn) -> str:
    """Return the version of the privacy notice that was agreed to in *turn*."""
    return next(r.version for r in turn.records if isinstance(r, AgreeToNotice))


def _conversation(state: State) -> str:
    """Return the part of a state's tag that names its conversation."""
    return str(state.__struct_config__.tag).partition(".")[0]
