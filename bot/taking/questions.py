"""Answer the questions that conversations ask; nothing is written here."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from msgspec import Struct

from bot.clock import Clock
from casework.citizen.finding import Finding
from casework.citizen.linking import Linking
from casework.citizen.tries import Tries, Try
from casework.citizen.whose import Person
from casework.privacy.disclosing import Disclosing
from conversations.messages import Address
from conversations.records.linked import FindLink
from conversations.records.parties import FindConsents
from conversations.turn import (
    AboutMe,
    Event,
    FindTicket,
    FindTickets,
    LookUp,
    Question,
    RegistryAnswered,
)
from referrals.district.working_days import WorkCalendar
from registry_client.answers import Answer, Pending, Unavailable
from registry_client.nik import Nik
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
        self._tickets = finding
        self._registry = registry
        self._own = own
        self._linking = Linking(store, asked.clock.token)
        self._clock = asked.clock
        self._tries = Tries(store, asked.calendar, asked.clock.now)
        self._patience = asked.patience

    async def answer(self, citizen: Address, question: Question) -> tuple[Event, Try]:
        """Return what *question* brings, and how it was tried: nobody looks at one too many."""
        tried = await self._tries.of(citizen, question)
        return tried.refusal or await self._found(citizen, question), tried

    async def _found(self, citizen: Address, question: Question) -> Event:
        match question:
            case LookUp():
                answer = await self.ask_patiently(question, self._patience)
                return RegistryAnswered(answer, question)
            case FindTickets():
                return await self._tickets.all(citizen, question)
            case FindTicket():
                return await self._tickets.named(citizen, question)
            case FindConsents():
                return await self._tickets.consents(citizen, question)
            case FindLink(code):
                return await self._linking.found(citizen, code, self._clock.now())
            case AboutMe(nik, language, proof):
                asks = Person(citizen, nik, proof)
                return await self._own.about(asks, language, self._clock.now())

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
