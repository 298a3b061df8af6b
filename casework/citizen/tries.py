"""Whether a proof is looked at, on whose count it goes, and when it may be tried again.

What is proven is guarded by counts that everybody shares, so that nobody can guess with many
telephones. Whoever proved it before has counts of their own once the shared ones are full:
strangers cannot shut a family out of what is theirs.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from casework.trail.looking import proved_before
from conversations.messages import Address
from conversations.records.linked import FindLink, LinkFound
from conversations.records.parties import ConsentsFound, FindConsents
from conversations.records.proofs import Counted, CountProof, WrongProof
from conversations.records.sightings import AboutMeFound
from conversations.turn import (
    AboutMe,
    Event,
    FindTicket,
    FindTickets,
    LookUp,
    Question,
    Record,
    RegistryAnswered,
    TicketsFound,
)
from referrals.district.working_days import WorkCalendar, local
from registry_client.answers import NotFound, TooManyTries
from storage.chats.proofs import LIMIT, last_of_month
from storage.store import Store
from storage.unit import Unit

Kind = TypeVar("Kind", bound=Record)
Inquire = Callable[
    [Address, Question, Sequence[Counted]], Awaitable[tuple[Event, Sequence[Counted]]]
]
"""Brings a question's answer, and what of the records counts by it, as a chat has it."""


class Try(Struct, frozen=True):
    """How a question may be asked: a proof on which count, or only from *until* on."""

    question: Question
    own: bool = False  # counted apart: who asks proved it before
    until: date | None = None

    @property
    def refusal(self) -> Event | None:
        """What is answered where nobody may look at the proof; None where somebody may."""
        if self.until is None:
            return None
        if isinstance(self.question, LookUp):
            return RegistryAnswered(TooManyTries(self.until), self.question)
        if isinstance(self.question, FindConsents):
            return ConsentsFound((), self.question, until=self.until)
        if isinstance(self.question, AboutMe):
            return AboutMeFound(shared=True)
        return LinkFound() if isinstance(self.question, FindLink) else TicketsFound(())

    def counted(self, records: Sequence[Kind], answer: Event) -> list[Kind | WrongProof]:
        """Return *records* as they count, with a proof that *answer* tells to be wrong."""
        if self.until is not None:
            return [record for record in records if not isinstance(record, CountProof)]
        apart = [
            replace(record, own=self.own) if isinstance(record, CountProof) else record
            for record in records
        ]
        return [*apart, *_wrong(self.question, answer, own=self.own)]


class Tries:
    """Knows how often was tried, and by whom. *now* is aware, UTC."""

    def __init__(self, store: Store, calendar: WorkCalendar, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self._calendar = calendar  # days and months are the district's own

    async def of(self, citizen: Address, question: Question) -> Try:
        """Return how *citizen* may ask *question*."""
        subject = proven(question)
        until = await self._closed(citizen, subject) if subject else None
        if until is None:
            return Try(question)
        if await proved_before(self._store, citizen, subject):
            return Try(question, own=True, until=await self._closed(citizen, subject, own=True))
        return Try(question, until=until)

    async def _closed(self, citizen: Address, subject: str, *, own: bool = False) -> date | None:
        """Return until when proofs of *subject* are not looked at, None where they are."""
        now = local(self._calendar, self._now())
        tried = await self._store.tried(citizen, subject, now, own=own)
        if tried.guessed:
            return last_of_month(now.date()) + timedelta(days=1)
        return now.date() + timedelta(days=1) if tried.used >= LIMIT else None


def count(unit: Unit, citizen: Address, record: Counted, here: datetime) -> None:
    """Have *unit* count *record* of *citizen*, on the district's own day, which is *here*'s."""
    match record:
        case CountProof(subject, own):
            unit.count_proof(citizen, subject, here, own=own)
        case WrongProof(subject, own):
            unit.count_wrong(subject, here, by=citizen if own else None)


def proven(question: Question) -> str:
    """Return what *question* offers a proof for, empty where it offers none."""
    match question:
        case LookUp(nik):
            return nik.digits
        case FindTicket(code, proof) if proof:
            return code
        case FindTickets(proof, subject) | AboutMe(proof=proof, subject=subject) if proof:
            return subject
        case FindLink(code):
            return f"link {code}"
        case FindConsents():
            return question.subject
        case _:
            return ""


def wrong_late(event: Event) -> tuple[WrongProof, ...]:
    """Return what to count where *event* is a slow registry's answer to a wrong proof."""
    question = event.question if isinstance(event, RegistryAnswered) else None
    return _wrong(question, event) if question else ()


def _wrong(question: Question, answer: Event, *, own: bool = False) -> tuple[WrongProof, ...]:
    """Return what to count where *answer* tells that the proof in *question* was wrong."""
    match answer:
        case RegistryAnswered(NotFound()) | TicketsFound(()) | LinkFound(None):
            wrong = True
        case AboutMeFound(shared=wrong):
            pass
        case ConsentsFound():
            wrong = answer.misnumbered
        case _:
            wrong = False
    subject = proven(question) if wrong else ""
    return (WrongProof(subject, own=own),) if subject else ()
