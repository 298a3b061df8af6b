"""One command of an officer: decided, proven, written, told, and counted once."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from casework.access.links import Links
from casework.access.powers import acting, addressed, barred, noted_as
from casework.desk.deeds import Doing, Said
from casework.desk.seeing import Seeing
from casework.files.evidence import Evidence
from casework.files.proof_links import ProofClaim, ProofLinks
from casework.telling.letters import Letters
from casework.telling.notices import Beside
from casework.telling.offices import tell_offices
from casework.ticket.changing import Changed, Deed, change
from casework.ticket.spoken import Spoken
from casework.ticket.views import Done
from casework.trail.actions import Action, staff_actor
from referrals.choosing import Refusal
from referrals.commands import Command
from referrals.guards import is_vault
from referrals.ticket import Ticket
from storage.cases.tickets import StoredTicket
from storage.database.writes import Loss
from storage.replies.outbox import OutboxItem
from storage.shelf.files import KeptFile
from storage.store import Store
from storage.unit import Outcome, Unit

ONCE = "agency"  # the inbox's name for what is done at offices, by officers and by programs
REPEATED = Refusal("repeated", None)
PROOF_USED = Refusal("proof_used", 20)


class Office(Struct, frozen=True):
    """What an agency's desk works with."""

    store: Store
    links: Links
    seeing: Seeing
    letters: Letters
    evidence: Evidence
    proofs: ProofLinks


class Doer:
    """Does a command on a ticket that the holder of the link may open."""

    def __init__(
        self,
        office: Office,
        hand_over: Callable[[Iterable[OutboxItem]], None],
        token: Callable[[], str],
    ) -> None:
        self._office = office
        self._district = office.seeing.district
        self._hand_over = hand_over
        self._token = token

    async def attempt(
        self, stored: StoredTicket, command: Command, doing: Doing, unit: Unit | None = None
    ) -> Done | Refusal | None:
        """Do *command* to *stored*; None when somebody else changed the ticket meanwhile.

        *unit* is one that `unit` gave, with what else is to be written.
        """
        unit = unit or self.unit(doing)
        changed = self.change(unit, stored, command, doing)
        if isinstance(changed, Refusal):
            return changed
        ticket, office = changed.ticket, self._office
        if await office.evidence.resembles(doing.said.files):
            return await self._reused(stored, doing)
        proofs = await office.evidence.prove(unit, ticket, doing.said.files, doing.now)
        self.tell(unit, stored, changed, doing, self._shown(ticket, proofs, doing))
        outcome = await office.store.commit(unit)
        if outcome is Outcome.KEPT:
            self._hand_over(unit.items)
            return Done(code=ticket.code, state=ticket.state)
        await office.evidence.discard(proofs)
        if unit.lost is Loss.REUSED:
            return await self._reused(stored, doing)
        return REPEATED if outcome is Outcome.DUPLICATE else None

    def unit(self, doing: Doing) -> Unit:
        """Return a unit that is a duplicate when it was done before under the same name.

        The ticket's log knows offices; which of their people it was stands in the audit.
        """
        unit = self._office.store.unit()
        for name in doing.said.once:
            unit.first_time(ONCE, name, doing.now)
        if doing.said.answer is not None:
            doing.said.answer.write(unit)
        if doing.claim.who:
            unit.note(staff_actor(doing.claim.who), Action.STEP, doing.now, code=doing.claim.code)
        return unit

    def change(
        self, unit: Unit, stored: StoredTicket, command: Command, doing: Doing
    ) -> Changed | Refusal:
        """Write what *command* does to *stored* into *unit*; a Refusal writes nothing."""
        ticket = stored.ticket
        if bar := barred(doing.claim, ticket):
            return bar
        to = addressed(self._district, ticket, command)
        if isinstance(to, Refusal):
            return to
        deed = Deed(acting(doing.claim, ticket), doing.now, self._spoken(doing.said))
        return change(unit, stored, to, deed, self._district)

    def tell(
        self, unit: Unit, stored: StoredTicket, changed: Changed, doing: Doing, proof: str = ""
    ) -> list[OutboxItem]:
        """Write to all whom *changed* concerns, and return the citizens' notices."""
        letters = self._office.letters
        tell_offices(letters, unit, stored.ticket, changed, doing.now)
        beside = Beside(doing.said.words, proof)
        return letters.notices.tell(unit, stored, changed, beside, doing.now)

    def hand_over(self, items: Iterable[OutboxItem]) -> None:
        """Have *items*, which were committed, sent."""
        self._hand_over(items)

    def _shown(self, ticket: Ticket, proofs: Iterable[KeptFile], doing: Doing) -> str:
        """Return the link by which the citizen sees *proofs*; of a vault ticket none is sent."""
        if not proofs or is_vault(ticket):
            return ""
        return self._office.proofs.url(ProofClaim(ticket.code, ticket.events), doing.now)

    def _spoken(self, said: Said) -> Spoken | None:
        if not said.words and said.at is None:
            return None
        return Spoken(salt=self._token(), text=said.words, occurred_at=said.at)

    async def _reused(self, stored: StoredTicket, doing: Doing) -> Refusal:
        """Refuse a proof that was used before; the audit keeps that somebody brought it."""
        unit = self._office.store.unit()
        unit.note(
            noted_as(doing.claim, stored.ticket), Action.REUSED, doing.now, code=doing.claim.code
        )
        await self._office.store.commit(unit)
        return PROOF_USED
