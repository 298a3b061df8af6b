"""Lacak on a page: the proof, the limits, the deeds and the trail are those of the chat.

Whoever proves a ticket on the page may answer it there, which in a chat only its own telephone
may. So every answer is told to that telephone, in time to say that it was somebody else's.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from msgspec import Struct

from casework.citizen.answered import Answering, Given, Manner
from casework.citizen.tracked import ON_PAGE, Tracked, tracked
from casework.citizen.tries import Inquire, count
from casework.files.proof_links import ProofClaim
from casework.ticket.views import Opened
from casework.trail.looking import look_of
from conversations.messages import Address, Channel
from conversations.records.proofs import CountProof
from conversations.say import Voices
from conversations.turn import FindTicket, TicketsFound
from referrals.choosing import Refusal
from referrals.district.working_days import WorkCalendar, local
from storage.store import Store
from storage.unit import Outcome

Mask = Callable[[str, str], str]
Show = Callable[[ProofClaim, int, datetime], Awaitable[Opened | Refusal | None]]


class Tracking(Struct, frozen=True, kw_only=True):
    """Looks tickets up for whoever proves them, and takes their answers. *now* is aware, UTC."""

    store: Store
    inquire: Inquire
    answering: Answering
    show: Show  # opens one of an office's proofs, which the audit keeps
    voices: Voices
    calendar: WorkCalendar  # proofs are counted by the district's own day
    now: Callable[[], datetime]
    mask: Mask  # internet address and code as the trail keeps them: found again, never read

    async def prove(self, visitor: str, code: str, proof: str) -> bool:
        """Tell whether *proof* opens *code* for whoever comes from *visitor*; count the try."""
        asker, question, now = self._asker(visitor, code), FindTicket(code, proof), self.now()
        found, counted = await self.inquire(asker, question, [CountProof(code)])
        unit = self.store.unit()
        for record in counted:
            count(unit, asker, record, local(self.calendar, now))
        if look := look_of(asker, question, found):
            look.note(unit, now)
        kept = await self.store.commit(unit)
        return kept is Outcome.KEPT and isinstance(found, TicketsFound) and bool(found.tickets)

    async def see(self, code: str, language: str) -> Tracked | None:
        """Return the ticket *code*, which was proven, or None where nobody may see it here."""
        stored, store = await self.answering.open(code), self.store
        if stored is None:
            return None
        entries, files = await store.entries(code), await store.files_of(code)
        words, say = await store.ticket_words(code), self.voices[language]
        return tracked(stored.ticket, entries, files, words, self.now(), say)

    async def proof(self, code: str, seq: int, place: int) -> Opened | Refusal | None:
        """Return the proof in *place* of entry *seq* of *code*; the audit keeps that."""
        return await self.show(ProofClaim(code, seq), place, self.now())

    async def answer(self, code: str, given: Given, language: str) -> str:
        """Do what was *given*, once; return an empty text, or the wording of what hindered."""
        manner = Manner(Channel.WEB, ON_PAGE, "notice.answered_on_page", language)
        return await self.answering.take(code, given, manner)

    def _asker(self, visitor: str, code: str) -> Address:
        """Return who asks for *code*: a village shares one address, and its tries would be few."""
        return Address(Channel.WEB, self.mask(visitor, code))


def masked(mac: Callable[[str, str], bytes]) -> Mask:
    """Return what makes a name of an internet address and a code that tells neither."""
    return lambda address, code: f"v{mac(address, code).hex()}"
