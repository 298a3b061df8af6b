"""Lacak on a page: the proof, the limits, the deeds and the trail are those of the chat.

Whoever proves a ticket on the page may answer it there, which in a chat only its own telephone
may. So every answer is told to that telephone, in time to say that it was somebody else's.
"""

from collections.abc import Callable

from msgspec import Struct

from bot.clock import Clock
from bot.taking.questions import Questions
from bot.taking.records import Records
from casework.citizen.answered import Answering, Given, Manner
from casework.citizen.tracked import ON_PAGE, Tracked, tracked
from casework.desk.proof_desk import ProofDesk
from casework.files.proof_links import ProofClaim
from casework.ticket.views import Opened
from casework.trail.looking import look_of
from conversations.messages import Address, Channel
from conversations.say import Voices
from conversations.turn import CountProof, FindTicket, TicketsFound
from referrals.lifecycle import Refusal
from storage.cases.tickets import StoredTicket
from storage.store import Store
from storage.unit import Outcome

Mask = Callable[[str, str], str]


class Back(Struct, frozen=True):
    """What of the house stands behind the page."""

    store: Store
    answering: Answering
    voices: Voices
    proofs: ProofDesk
    clock: Clock
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
        words, say = await store.ticket_words(code), self._back.voices[language]
        return tracked(stored.ticket, entries, files, words, self._back.clock.now(), say)

    async def proof(self, code: str, seq: int, place: int) -> Opened | Refusal | None:
        """Return the proof in *place* of entry *seq* of *code*; the audit keeps that."""
        return await self._back.proofs.open(ProofClaim(code, seq), place, self._back.clock.now())

    async def answer(self, code: str, given: Given, language: str) -> str:
        """Do what was *given*, once; return an empty text, or the wording of what hindered."""
        manner = Manner(Channel.WEB, ON_PAGE, "notice.answered_on_page", language)
        return await self._back.answering.take(code, given, manner)

    async def _stored(self, code: str) -> StoredTicket | None:
        return await self._back.answering.open(code)

    def _asker(self, visitor: str, code: str) -> Address:
        """Return who asks for *code*: a village shares one address, and its tries would be few."""
        return Address(Channel.WEB, self._back.mask(visitor, code))


def masked(mac: Callable[[str, str], bytes]) -> Mask:
    """Return what makes a name of an internet address and a code that tells neither."""
    return lambda address, code: f"v{mac(address, code).hex()}"
