"""Answer the questions that conversations ask; nothing is written here."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from msgspec import Struct

from bot.clock import Clock
from casework.citizen.finding import Finding
from casework.privacy.disclosing import Disclosing
from conversations.messages import Address
from conversations.parties import FindConsents
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
    WrongProof,
)
from referrals.working_days import WorkCalendar, local
from registry_client.answers import (
    Answer,
    NotFound,
    NotMatched,
    Pending,
    TooManyTries,
    Unavailable,
)
from registry_client.nik import Nik
from storage.proofs import LIMIT as PROOFS_A_DAY
from storage.store import Store

LookUpFamily = Callable[[Nik, str], Awaitable[Answer]]

log = structlog.get_logger()


class Asking(Struct, frozen=True):
    """How questions are asked: the district's own day counts proofs."""

    clock: Clock
    calendar: WorkCalendar
    patience: float  # seconds before a citizen is told that it takes longer


class Questions:
    """Asks the registry and the store on behalf of a conversation."""

    def __init__(
        self,
        store: Store,
        finding: Finding,
        registry: LookUpFamily,
        own: Disclosing,
        asked: Asking,
    ) -> None:
        self._store = store
        self._tickets = finding
        self._registry = registry
        self._own = own
        self._clock = asked.clock
        self._calendar = asked.calendar
        self._patience = asked.patience

    async def answer(self, citizen: Address, question: Question) -> Event | None:
        """Return what *question* brings, or None for a proof too many: nobody looks at it."""
        subject = proven(question)
        if subject and await self._too_many(citizen, subject):
            return None
        match question:
            case LookUp():
                answer = await self.ask_patiently(question, self._patience)
                return RegistryAnswered(answer, question)
            case FindTickets():
                found = await self._tickets.of(citizen)
                return TicketsFound(found, self._clock.now())
            case FindConsents():
                return await self._tickets.consents(citizen, question)
            case AboutMe(nik, language):
                return await self._own.about(citizen, nik, language, self._clock.now())
            case FindTicket(code, proof, claims):
                find = self._tickets.claimable if claims else self._tickets.one
                found = await find(citizen, code, proof)
                return TicketsFound(found, self._clock.now())

    async def ask_patiently(self, question: LookUp, seconds: float) -> Answer:
        """Ask the registry for up to *seconds*; Pending when it does not answer in time."""
        try:
            async with asyncio.timeout(seconds):
                return await self._registry(question.nik, question.proof)
        except TimeoutError:
            return Pending()
        except OSError as error:
            log.warning("registry out of reach", error=type(error).__name__)
            return Unavailable()

    async def _too_many(self, citizen: Address, subject: str) -> bool:
        """Tell whether the day's proofs are used up, or *subject* was guessed at this month."""
        today = local(self._calendar, self._clock.now())
        used = await self._store.proofs_used(citizen, subject, today)
        return used >= PROOFS_A_DAY or await self._store.guessed_at(subject, today)


def proven(question: Question) -> str:
    """Return what *question* offers a proof for, empty where it offers none."""
    match question:
        case LookUp(nik):
            return nik.digits
        case FindTicket(code, proof) if proof:
            return code
        case _:
            return ""


def missed(question: Question, answer: Event | None) -> tuple[Record, ...]:
    """Return what to count where *answer* tells that the proof in *question* was wrong."""
    match answer:
        case RegistryAnswered(NotFound() | NotMatched()) | TicketsFound(()):
            subject = proven(question)
            return (WrongProof(subject),) if subject else ()
        case _:
            return ()


def missed_late(event: Event) -> tuple[Record, ...]:
    """Return what to count where *event* is a slow registry's answer to a wrong proof."""
    question = event.question if isinstance(event, RegistryAnswered) else None
    return missed(question, event) if question else ()


def refused(question: Question) -> Event:
    """Return the answer to a proof too many."""
    if isinstance(question, LookUp):
        return RegistryAnswered(TooManyTries(), question)
    return TicketsFound(())
