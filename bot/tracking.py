"""Lacak on a page: the proof, the limits, the deeds and the trail are those of the chat.

Whoever proves a ticket on the page may answer it there, which in a chat only its own telephone
may. So every answer is told to that telephone, in time to say that it was somebody else's.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec import Struct

from bot.clock import Clock
from bot.questions import Questions
from bot.records import Records
from casework.citizen.tracked import Tracked, offered, tracked, verb_of
from casework.desk.proof_desk import ProofDesk
from casework.files.proof_links import ProofClaim
from casework.telling.letters import NO_ENTRY, Letters
from casework.telling.unasked import Unasked, send
from casework.ticket.views import Opened
from casework.trail.looking import look_of
from conversations.answer_words import Wanted
from conversations.answers import about, act, meant
from conversations.case import Case, case_of
from conversations.messages import Address, Channel, Reply
from conversations.say import Voices
from conversations.turn import CountProof, FindTicket, TicketsFound
from referrals.codes import shown
from referrals.guards import is_vault
from referrals.lifecycle import Refusal
from referrals.ticket import Ticket
from storage.outbox import OutboxItem
from storage.store import Store
from storage.tickets import StoredTicket
from storage.unit import Outcome, Unit
from web.tracking import Given

MAX_TAKES = 4  # races with other hands on one ticket, before the citizen is asked to try again
Mask = Callable[[str, str], str]


class Back(Struct, frozen=True):
    """What of the house stands behind the page."""

    store: Store
    letters: Letters
    voices: Voices
    proofs: ProofDesk
    clock: Clock
    hand_over: Callable[[Sequence[OutboxItem]], None]
    mask: Mask  # internet address and code as the trail keeps them: found again, never read


class Tracking:
    """Looks tickets up for whoever proves them, and takes their answers."""

    def __init__(self, back: Back, questions: Questions, records: Records) -> None:
        self._back = back
        self._questions = questions
        self._records = records

    async def prove(self, visitor: str, code: str, proof: str) -> bool:
        """Tell whether *proof* opens *code* for whoever comes from *visitor*; count the try."""
        asker, question = self._asker(visitor, code), FindTicket(code, proof)
        found, tried = await self._questions.answer(asker, question)
        unit = self._back.store.unit()
        counted = tried.counted([CountProof(code)], found)
        await self._records.write(unit, asker, counted, "")
        if look := look_of(asker, question, found):
            look.note(unit, self._back.clock.now())
        kept = await self._back.store.commit(unit)
        return kept is Outcome.KEPT and isinstance(found, TicketsFound) and bool(found.tickets)

    async def see(self, code: str, language: str) -> Tracked | None:
        """Return the ticket *code*, which was proven, or None where nobody may see it here."""
        stored, store = await self._stored(code), self._back.store
        if stored is None:
            return None
        entries, files = await store.entries(code), await store.files_of(code)
        say = self._back.voices[language]
        return tracked(stored.ticket, entries, files, self._back.clock.now(), say)

    async def proof(self, code: str, seq: int, place: int) -> Opened | Refusal | None:
        """Return the proof in *place* of entry *seq* of *code*; the audit keeps that."""
        return await self._back.proofs.open(ProofClaim(code, seq), place, self._back.clock.now())

    async def answer(self, visitor: str, code: str, given: Given, language: str) -> str:
        """Do what was *given*, once; return an empty text, or the wording of what hindered."""
        for _ in range(MAX_TAKES):
            stored = await self._stored(code)
            now = self._back.clock.now()
            if stored is None or given.name not in offered(stored.ticket, now):
                return await self._gone_by(code, given)
            outcome = await self._take(self._asker(visitor, code), stored, given, language)
            if isinstance(outcome, str) or outcome is not Outcome.LOST:
                return outcome if isinstance(outcome, str) else ""
        return "moved_on"

    async def _take(
        self, asker: Address, stored: StoredTicket, given: Given, language: str
    ) -> Outcome | str:
        now, store = self._back.clock.now(), self._back.store
        ticket, say = stored.ticket, self._back.voices[language]
        case = case_of(ticket, now, say)
        wanted = _wanted(ticket, given, case)
        records = act(wanted, case, say).records if wanted else ()
        if not records:
            return "say_which" if wanted is None else "say_why"
        unit = store.unit()
        unit.first_time(Channel.WEB, _key(ticket.code, given), now)
        if await self._records.write(unit, asker, records, ""):
            return "moved_on"
        self._tell(unit, stored, given, now)
        outcome = await store.commit(unit)
        if outcome is Outcome.KEPT:
            self._back.hand_over(unit.items)
        return outcome

    def _tell(self, unit: Unit, stored: StoredTicket, given: Given, now: datetime) -> None:
        """Tell the ticket's own telephone what was answered: it may have been somebody else."""
        letters, verb = self._back.letters, verb_of(given.name)
        say = letters.voice(stored.contact)
        text = say("notice.answered_on_page", code=shown(stored.ticket.code), verb=verb.upper())
        news = Unasked(stored.ticket, stored.contact, NO_ENTRY, Reply(text))
        send(unit, news, letters.district, now)

    async def _gone_by(self, code: str, given: Given) -> str:
        """Return nothing where just this form was taken before, else that the ticket moved on."""
        key = _key(code, given)
        return "" if await self._back.store.happened(Channel.WEB, key) else "moved_on"

    async def _stored(self, code: str) -> StoredTicket | None:
        stored = await self._back.store.ticket(code)
        return None if stored is None or is_vault(stored.ticket) else stored

    def _asker(self, visitor: str, code: str) -> Address:
        """Return who asks for *code*: a village shares one address, and its tries would be few."""
        return Address(Channel.WEB, self._back.mask(visitor, code))


def _wanted(ticket: Ticket, given: Given, case: Case) -> Wanted | None:
    """Return what was *given* wants, about the share it names; None where it should name one."""
    wanted = Wanted(verb_of(given.name), ticket.code, reason=given.reason)
    several = meant(wanted, case)
    if len(several) < 2:  # noqa: PLR2004 - one share needs no name
        return wanted
    named = next((share for share in several if share.leg == given.share), None)
    return about(named, wanted, case) if named else None


def _key(code: str, given: Given) -> str:
    return f"{code}/{given.name}/{given.once}"


def masked(mac: Callable[[str, str], bytes]) -> Mask:
    """Return what makes a name of an internet address and a code that tells neither."""
    return lambda address, code: f"v{mac(address, code).hex()}"
