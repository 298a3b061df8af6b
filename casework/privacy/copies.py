"""A copy of everything that is kept about one person (UU 27/2022, article 7)."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct

from casework.privacy.rights import Person
from casework.ticket.spoken import Spoken, unpacked
from casework.ticket.views import LOST
from casework.trail.seen import Seen
from conversations import codec
from conversations.hearing.stories import FIRST_WORDS
from conversations.messages import Place
from conversations.records.sightings import Sighting
from conversations.say import Say
from referrals.directory import District, Service
from referrals.guards import is_vault
from referrals.happened import tag
from referrals.log import Entry
from referrals.ticket import Ticket
from registry_client.nik import Nik
from registry_client.person import Person as Registered
from storage.files import KeptFile
from storage.persons import Consented
from storage.sealing import VaultClosed
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
    """Everything that is kept about somebody. Prints without it."""

    made_at: datetime
    channel: str
    address: str
    nik: str
    consents: tuple[Consented, ...]
    talk: TalkCopy | None
    tickets: tuple[TicketCopy, ...]
    parts: tuple[tuple[str, str], ...]  # code and role, of tickets that others hold
    registry: Registered | None
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

    async def of(self, person: Person, now: datetime, *, vault: bool = True) -> Copy:
        """Return everything about *person*; without the *vault* where others may read along."""
        address, nik = person.address, person.nik
        return Copy(
            made_at=now,
            channel=address.channel,
            address=address.id,
            nik=nik,
            consents=await self._store.consents_of(address),
            talk=await self._talk(person),
            tickets=await self._tickets(person, vault=vault),
            parts=tuple(await self._store.parts_of(address)),
            registry=await self._store.registered(Nik(nik)) if nik else None,
            who_looked=await self._seen.of(address, nik),
        )

    async def _talk(self, person: Person) -> TalkCopy | None:
        stored = await self._store.session(person.address)
        if stored is None:
            return None
        session = codec.load(stored[1], person.address)
        draft = session.state.unfinished() or session.kept
        answers = {answer.key: answer.shown for answer in draft.answers} if draft else {}
        return TalkCopy(session.language, session.stopped, answers)

    async def _tickets(self, person: Person, *, vault: bool) -> tuple[TicketCopy, ...]:
        codes = await self._store.codes_of([person.address])
        about = await self._store.codes_about(person.nik) if person.nik else {}
        codes |= {code for code, hidden in about.items() if not hidden}
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
        answers = {labels.get(answer.key, answer.key): answer.shown for answer in said.answers}
        return Word(said.text, answers, said.place)


def _attached(file: KeptFile) -> Attached:
    return Attached(file.kind, file.size, file.at)
