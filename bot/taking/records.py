"""Turn what a conversation wants recorded into rows of its commit."""

from collections.abc import Sequence

import msgspec

from bot.clock import Clock
from casework.citizen.asks import Ask
from casework.citizen.consents import Consents
from casework.citizen.deciding import CitizenDesk, speaker
from casework.citizen.filing import Filing, nik_of
from casework.citizen.linking import Linking
from casework.citizen.whose import Person
from casework.privacy.rights import Rights
from casework.telling.letters import Letters
from casework.ticket.receipts import told_number
from casework.trail.actions import Action, staff_actor
from casework.village.chats import Chats
from conversations.messages import Address
from conversations.records.deeds import Agree, Claim, Disagree, OnTicket
from conversations.records.linked import LinkNumber, OfferLink, Unlink, UseLink
from conversations.records.own import EraseMe, TakeConsentBack
from conversations.records.parties import Method, Relation
from conversations.turn import (
    AgreeToNotice,
    AskLater,
    CorrectMe,
    CountProof,
    OnMyself,
    OpenTicket,
    Record,
    Start,
    Stop,
    WrongProof,
)
from referrals.district.directory import Sensitivity
from referrals.district.staffing import Power
from referrals.district.working_days import local
from storage.cases.tickets import Contact
from storage.store import Store
from storage.unit import Unit
from storage.upkeep.erasing import NOBODY

MOVED_ON = "door.moved_on"  # what a citizen reads whose ticket changed in the meantime
TAKEN = "claim.taken"  # what they read who would take a ticket over that somebody holds
NO_ACCOUNT = "village.no_account"  # where a resident's form lost the account that began it
NOT_TEXTED = "another.not_texted"  # where whom it is for was asked often enough
NOT_PROVEN = "data.not_done"  # whose telephone others have filed from meanwhile
ROOM_KEPT = 2  # times `most_open`: so many a telephone may have open of what cannot wait
HEARD = "door.enough_heard"  # the same of those who call for a person, or are in danger
ENOUGH = "door.enough_open"  # what they read who have as many tickets open as one telephone may


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
        self._filing = filing
        self._desk = CitizenDesk(letters)
        self._consents = Consents(letters, filing)
        self._clock = clock
        self._rights = rights
        self._linking = Linking(store, clock.token)
        self._chats = Chats(store, letters.district, clock.token)
        self._district = letters.district
        self._calendar = letters.district.calendar  # proofs are counted by the district's own day

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
                return await self._open(unit, citizen, record)
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

    async def _open(self, unit: Unit, citizen: Address, record: OpenTicket) -> str | None:
        """File *record*; what a village's officer files for a resident bears their account.

        Who they file for is bounded by nothing: each of it is noted in their name. It is
        not theirs to follow or answer: until its person agrees, its news go to nobody.
        """
        operator, now = await self._operator(citizen, record), self._clock.now()
        if not operator and _lacks_account(record):
            return NO_ACCOUNT
        if not operator and (enough := await self._has_enough(citizen, record)):
            return enough
        if not await Ask(record.another, citizen, operator).fits(self._store, self._district, now):
            return NOT_TEXTED
        contact = NOBODY if operator else citizen
        self._filing.open(unit, record, contact, now, self._clock.token(), operator=operator)
        if operator:
            nik = nik_of(record.draft, self._district.services[record.draft.service])
            unit.note(operator, Action.FILED, now, code=record.code, subject=nik)
        return None

    async def _operator(self, citizen: Address, record: OpenTicket) -> str:
        """Return the account that files *record* for a resident from its bound chat, or nothing.

        What somebody files for themself or their family is theirs, whatever they work as.
        """
        if record.another is None or record.another.relation is not Relation.OFFICER:
            return ""
        staff = await self._chats.who(citizen, self._clock.now())
        return staff_actor(staff.id) if staff and staff.may(Power.FILE) else ""

    async def _has_enough(self, citizen: Address, record: OpenTicket) -> str:
        """Return what *citizen* reads who has too much open for another, or nothing.

        For a person and for safety there is room when all other is taken, though not without
        end: an officer, and whoever keeps a vault, would find nobody else's among hundreds.
        """
        district = self._district
        service = district.services[record.draft.service]
        first = service.safe_path or service.code == district.person_service
        most = district.most_open * (ROOM_KEPT if first else 1)
        full = await self._store.has_open(citizen, most)
        return (HEARD if first else ENOUGH) if full else ""

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
            case CountProof(subject, own):
                unit.count_proof(citizen, subject, local(self._calendar, now), own=own)
            case WrongProof(subject, own):
                day = local(self._calendar, now)
                unit.count_wrong(subject, day, by=citizen if own else None)
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


def _lacks_account(record: OpenTicket) -> bool:
    """Tell whether only an account may file *record*; where a life is at stake anybody may."""
    another = record.another
    return record.draft.resident and another is not None and another.method is not Method.VITAL
