"""A copy of everything that is kept about one person (UU 27/2022, article 7)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, to_builtins

from casework.citizen.whose import PROOF_DIGITS, Person, Theirs, Whose
from casework.ticket.spoken import Spoken, unpacked
from casework.ticket.views import LOST
from casework.trail.seen import Seen
from conversations import codec
from conversations.hearing.stories import FIRST_WORDS
from conversations.messages import Place
from conversations.records.sightings import Sighting
from conversations.say import Say
from conversations.turn import Answered
from referrals.district.directory import District, Service
from referrals.district.personal import NUMBERS
from referrals.guards import is_vault
from referrals.happened import tag
from referrals.log import Entry
from referrals.ticket import Ticket
from registry_client.masking import beginning, endless
from registry_client.nik import Nik
from registry_client.person import Person as Registered
from storage.cases.persons import Consented
from storage.database.sealing import VaultClosed
from storage.shelf.files import KeptFile
from storage.store import Store


class Word(Struct, frozen=True, omit_defaults=True):
    """What was said with one entry of a ticket's log."""

    text: str = ""
    answers: Mapping[str, str] = {}
    place: Place | None = None

    def __repr__(self) -> str:
        return "Word(…)"


class Step(Struct, frozen=True, omit_defaults=True):
    """One entry of a ticket's log, and what was said with it."""

    at: datetime
    what: str
    said: Word | None = None


class Attached(Struct, frozen=True):
    """A photo or document of a ticket; its content is handed over with the copy, if asked."""

    kind: str
    size: int
    at: datetime


class TicketCopy(Struct, frozen=True, kw_only=True):
    """One ticket. *closed_to_us* says that its words are the vault's, which others open."""

    code: str
    service: str
    state: str
    opened_at: datetime
    steps: tuple[Step, ...]
    files: tuple[Attached, ...]
    closed_to_us: bool


class TalkCopy(Struct, frozen=True):
    """The conversation under way."""

    language: str
    stopped: bool
    unfinished: Mapping[str, str]

    def __repr__(self) -> str:
        return f"TalkCopy({self.language})"


class Copy(Struct, frozen=True, kw_only=True):
    """Everything that is kept about somebody. Prints without it.

    A NIK or KK number is in it by its beginning: whoever finds it at home could prove with an end.
    """

    made_at: datetime
    channel: str
    address: str
    nik: str
    consents: tuple[Consented, ...]
    talk: TalkCopy | None
    tickets: tuple[TicketCopy, ...]
    parts: tuple[tuple[str, str], ...]  # code and role, of tickets that others hold
    registry: Mapping[str, Any] | None
    who_looked: tuple[Sighting, ...]

    def __repr__(self) -> str:
        return f"Copy({self.made_at})"


class Copies:
    """Gathers copies. The caller knows that it is the person's own wish."""

    def __init__(self, store: Store, district: District, say: Say) -> None:
        self._store = store
        self._district = district
        self._say = say
        self._seen = Seen(store, district)
        self._whose = Whose(store, district)

    async def of(self, person: Person, now: datetime, *, vault: bool = True) -> Copy | None:
        """Return everything about *person*; without the *vault* where others may read along.

        None where several people have tickets of the address and nobody proved whose are meant.
        """
        theirs = await self._whose.all_of(person)
        return await self._copied(person, theirs, now, vault=vault) if theirs else None

    async def _copied(self, person: Person, theirs: Theirs, now: datetime, *, vault: bool) -> Copy:
        address, nik = person.address, person.nik
        own = {ticket.code for ticket in theirs.tickets}
        return Copy(
            made_at=now,
            channel=address.channel,
            address=address.id,
            nik=beginning(nik) if nik else "",
            consents=await self._store.consents_of(address),
            talk=await self._talk(person, alone=theirs.alone),
            tickets=await self._tickets(own, nik, vault=vault),
            parts=tuple(await self._store.parts_of(address)) if theirs.alone else (),
            registry=await self._registered(nik),
            who_looked=await self._seen.of(address, own, nik),
        )

    async def _registered(self, nik: str) -> Mapping[str, Any] | None:
        found = await self._store.registered(Nik(nik)) if nik else None
        return _row(found) if found else None

    async def _talk(self, person: Person, *, alone: bool) -> TalkCopy | None:
        """Return the conversation; a form in it only where it surely is *person*'s."""
        stored = await self._store.session(person.address)
        if stored is None:
            return None
        session = codec.load(stored[1], person.address)
        draft = session.state.unfinished() or session.kept
        proof = person.proof or person.nik
        if draft and not alone and not self._whose.ends(draft, proof[-PROOF_DIGITS:]):
            draft = None
        service = self._district.services.get(draft.service) if draft else None
        told = _told(draft.answers, service) if draft else {}
        return TalkCopy(session.language, session.stopped, told)

    async def _tickets(self, own: set[str], nik: str, *, vault: bool) -> tuple[TicketCopy, ...]:
        about = await self._store.codes_about(nik) if nik else {}
        codes = own | {code for code, hidden in about.items() if not hidden}
        found = await self._store.bare_tickets(sorted(codes))
        return tuple([await self._ticket(one) for one in found if vault or not is_vault(one)])

    async def _ticket(self, ticket: Ticket) -> TicketCopy:
        service = self._district.services[ticket.service]
        spoken, closed = await self._spoken(ticket.code)
        entries = await self._store.entries(ticket.code)
        return TicketCopy(
            code=ticket.code,
            service=service.label.in_language(self._say.language),
            state=ticket.state.value,
            opened_at=ticket.opened_at,
            steps=tuple(self._step(entry, spoken.get(entry.seq), service) for entry in entries),
            files=() if closed else await self._files(ticket.code),
            closed_to_us=closed,
        )

    async def _spoken(self, code: str) -> tuple[Mapping[int, Spoken], bool]:
        """Return what was said about ticket *code*, and whether it is closed to this process."""
        try:
            words = await self._store.ticket_words(code)
        except VaultClosed:
            return {}, True
        return {seq: unpacked(body) for seq, body in words.items()}, False

    async def _files(self, code: str) -> tuple[Attached, ...]:
        kept = await self._store.files_of(code)
        return tuple(_attached(file) for file in kept if file.kind != LOST)

    def _step(self, entry: Entry, said: Spoken | None, service: Service) -> Step:
        what = self._say(f"history.{tag(type(entry.event))}")
        return Step(entry.at, what, self._word(said, service) if said else None)

    def _word(self, said: Spoken, service: Service) -> Word:
        labels = {
            field.key: field.label.in_language(self._say.language) for field in service.fields
        } | {FIRST_WORDS: self._say("form.first_words")}
        told = _told(said.answers, service)
        answers = {labels.get(key, key): answer for key, answer in told.items()}
        return Word(endless(said.text), answers, said.place)


def _told(answers: Iterable[Answered], service: Service | None) -> Mapping[str, str]:
    """Return *answers* by their fields' keys, numbers of persons by their beginning."""
    kinds = {field.key: field.kind for field in service.fields} if service else {}
    return {
        one.key: beginning(one.value) if kinds.get(one.key) in NUMBERS else endless(one.shown)
        for one in answers
    }


def _row(found: Registered) -> Mapping[str, Any]:
    """Return what the registry says of somebody, its numbers by their beginning."""
    numbers = {"nik": beginning(found.nik.digits), "kk": beginning(found.kk.digits)}
    return {**to_builtins(found), **numbers}


def _attached(file: KeptFile) -> Attached:
    return Attached(file.kind, file.size, file.at)
