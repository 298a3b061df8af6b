"""What a citizen sees through the link in a notice: the proofs that came with an answer."""

from datetime import datetime

from casework.desk.doing import Office
from casework.files.evidence import PROVEN, Wanted
from casework.files.proof_links import ProofClaim
from casework.ticket.views import FileShown, Opened, ProofView, Told
from casework.trail.actions import Action
from referrals.choosing import Refusal
from referrals.guards import is_vault
from referrals.happened import LegHappened
from referrals.log import Entry
from referrals.ticket import TicketState
from storage.cases.tickets import StoredTicket
from storage.shelf.files import KeptFile

LINK = "link"  # the audit's name for whoever holds a citizen's link


class ProofDesk:
    """Shows proofs to whoever holds the link that only the citizen was sent."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def see(self, token: str, now: datetime) -> ProofView | None:
        """Return what *token* shows, or None for a bad or expired link."""
        claim = self._office.proofs.read(token, now)
        found = await self._found(claim) if claim else None
        if claim is None or found is None:
            return None
        stored, entry, files = found
        return ProofView(
            code=claim.code,
            agency_name=self._agency(stored, entry),
            at=entry.at,
            kinds=tuple(file.kind for file in files),
            waits=stored.ticket.state is TicketState.RESOLVED,
        )

    async def file(self, token: str, place: int, now: datetime) -> Opened | Refusal | None:
        """Return the proof in *place*; the audit keeps that it was opened."""
        claim = self._office.proofs.read(token, now)
        return await self.open(claim, place, now) if claim else None

    async def open(self, claim: ProofClaim, place: int, now: datetime) -> Opened | Refusal | None:
        """Return the proof in *place* of *claim*, which was proven; the audit keeps it too."""
        found = await self._found(claim)
        if found is None:
            return None
        stored, entry, files = found
        for file in files:
            if file.place == place:
                await self._note(claim, now)
                shown = FileShown(entry.seq, place, entry.at, proof=True, kind=file.kind)
                return await self._office.evidence.opened(stored, Wanted(shown, file))
        return None

    async def _found(self, claim: ProofClaim) -> tuple[StoredTicket, Entry, list[KeptFile]] | None:
        store = self._office.store
        stored = await store.ticket(claim.code)
        if stored is None or is_vault(stored.ticket):
            return None
        entries = await store.entries(claim.code)
        entry = next((one for one in entries if one.seq == claim.seq), None)
        if entry is None or not isinstance(entry.event, PROVEN):
            return None
        files = [file for file in await store.files_of(claim.code) if file.seq == claim.seq]
        return (stored, entry, sorted(files, key=lambda file: file.place)) if files else None

    def _agency(self, stored: StoredTicket, entry: Entry) -> Told:
        number = entry.event.leg if isinstance(entry.event, LegHappened) else 0
        leg = stored.ticket.leg(number)
        return self._office.seeing.name_of(leg.agency if leg else "")

    async def _note(self, claim: ProofClaim, now: datetime) -> None:
        unit = self._office.store.unit()
        unit.note(LINK, Action.FILE, now, code=claim.code)
        await self._office.store.commit(unit)
