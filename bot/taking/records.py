"""Turn what a conversation wants recorded into rows of its commit."""

from collections.abc import Sequence

import msgspec

from bot.clock import Clock
from casework.citizen.admitting import Admitting, Handed
from casework.citizen.consents import Consents
from casework.citizen.deciding import CitizenDesk, speaker
from casework.citizen.filing import Filing
from casework.citizen.linking import Linking
from casework.citizen.tries import count
from casework.citizen.whose import Person
from casework.privacy.rights import Rights
from casework.telling.letters import Letters
from casework.ticket.receipts import told_number
from casework.village.chats import Chats
from conversations.messages import Address
from conversations.records.deeds import Agree, Claim, Disagree, OnTicket
from conversations.records.linked import LinkNumber, OfferLink, Unlink, UseLink
from conversations.records.own import EraseMe, TakeConsentBack
from conversations.records.proofs import CountProof, WrongProof
from conversations.turn import (
    AgreeToNotice,
    AskLater,
    CorrectMe,
    OnMyself,
    OpenTicket,
    Record,
    Start,
    Stop,
)
from referrals.district.working_days import local
from referrals.roles import Sensitivity
from storage.cases.tickets import Contact
from storage.store import Store
from storage.unit import Unit

MOVED_ON = "door.moved_on"  # what a citizen reads whose ticket changed in the meantime
TAKEN = "claim.taken"  # what they read who would take a ticket over that somebody holds
NOT_PROVEN = "data.not_done"  # whose telephone others have filed from meanwhile


class Records:
    """Writes records into a unit of work."""

    def __init__(
        self,
        store: Store,
        filing: Filing,
        letters: Letters,
        rights: Rights,
        clock: Clock,
    ) -> None:
        self._store = store
        self._desk = CitizenDesk(letters)
        self._consents = Consents(letters, filing)
        self._clock = clock
        self._rights = rights
        self._linking = Linking(store, clock.token)
        self._district = letters.district
        who = Chats(store, self._district, clock.token).who
        self._admitting = Admitting(store, self._district, filing, who)
        self._calendar = self._district.calendar  # proofs are counted by the district's own day

    async def write(
        self, unit: Unit, citizen: Address, records: Sequence[Record], message: str
    ) -> str | None:
        """Write *records*, which *message* brought; or return what to say when one is too late."""
        for record in records:
            if refused := await self._write_one(unit, citizen, record, message):
                return refused
        return None

    def about(self, records: Sequence[Record]) -> str:
        """Return what the answer to *records* is about: the number of what they file, if any.

        Of a vault's ticket nothing is noted beside its own rows.
        """
        services = self._district.services
        for one in records:
            if isinstance(one, OpenTicket):
                vault = services[one.draft.service].sensitivity is Sensitivity.VAULT
                return "" if vault else told_number(one.code)
        return ""

    async def _write_one(
        self, unit: Unit, citizen: Address, record: Record, message: str
    ) -> str | None:
        match record:
            case OpenTicket():
                handed = Handed(record, citizen, self._clock.now(), self._clock.token())
                return await self._admitting.open(unit, handed)
            case AgreeToNotice() | CountProof() | WrongProof() | AskLater() | Stop() | Start():
                self._note(unit, citizen, record, message)
            case EraseMe() | TakeConsentBack() | CorrectMe():
                return await self._own(unit, citizen, record)
            case Agree() | Disagree() | Claim():
                return await self._consent(unit, citizen, record)
            case OfferLink() | UseLink() | LinkNumber() | Unlink():
                return await self._linking.write(unit, citizen, record, self._clock.now())
            case _:
                return await self._change(unit, record)
        return None

    async def _own(self, unit: Unit, citizen: Address, record: OnMyself) -> str | None:
        """Do what *citizen* wants done with their own data, or return why nothing was."""
        now, token = self._clock.now(), self._clock.token()
        match record:
            case EraseMe(proof):
                asks = Person(citizen, proof=proof)
                erased = await self._rights.erase(unit, asks, now)
                return None if erased else NOT_PROVEN
            case TakeConsentBack(proof):
                asks = Person(citizen, proof=proof)
                taken = await self._rights.take_consent_back(unit, asks, now, token)
                return None if taken else NOT_PROVEN
            case CorrectMe(wish):
                self._rights.correct(unit, Person(citizen), wish, now, token)
        return None

    def _note(
        self,
        unit: Unit,
        citizen: Address,
        record: AgreeToNotice | CountProof | WrongProof | AskLater | Stop | Start,
        message: str,
    ) -> None:
        now = self._clock.now()
        match record:
            case AgreeToNotice(version, language):
                unit.consent(citizen, version, language, message, now)
            case CountProof() | WrongProof():
                count(unit, citizen, record, local(self._calendar, now))
            case AskLater(question):
                body = msgspec.json.encode((citizen, question))
                unit.set_timer(f"registry:{self._clock.token()}", "registry", now, body)
            case Stop():
                unit.stop(citizen, now)
            case Start():
                unit.start(citizen)

    async def _consent(
        self, unit: Unit, citizen: Address, record: Agree | Disagree | Claim
    ) -> str | None:
        """Write what *citizen* does with what somebody else filed for them."""
        stored = await self._store.ticket(record.code)
        if stored is None:
            return MOVED_ON
        now, refused = self._clock.now(), None
        match record:
            case Agree():
                refused = self._consents.agree(unit, stored, citizen, now)
            case Disagree():
                refused = self._consents.disagree(unit, stored, now)
            case Claim(language=language):
                if self._consents.claim(unit, stored, Contact(citizen, language), now):
                    return TAKEN
        return MOVED_ON if refused else None

    async def _change(self, unit: Unit, record: OnTicket) -> str | None:
        stored = await self._store.ticket(record.code)
        if stored is None:
            return MOVED_ON
        now, salt = self._clock.now(), self._clock.token()
        role = speaker(stored.ticket)
        refused = self._desk.change(unit, stored, record, now, salt, role=role)
        return MOVED_ON if refused else None
