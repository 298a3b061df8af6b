"""What an officer does through a signed link: see a ticket, open its files, act on it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import acting, noted_as, opens
from casework.desk.asked import Lack, can_be_picked, lack_of
from casework.desk.deeds import Brought, Doing, Merge, Propose, Said, Spare, Step, Strike
from casework.desk.doing import Doer, Office
from casework.desk.folder import Folder
from casework.desk.merging import Merging
from casework.desk.officers import Desk, link_for
from casework.desk.opening import Opening
from casework.desk.reading import Reading
from casework.desk.striking import Striking
from casework.files.cleaning import Unfit
from casework.files.proving import wants_proof
from casework.ticket.again import again
from casework.ticket.views import Done, LegView, Opened
from casework.trail.actions import Action
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.days import day_in
from referrals.roles import Role
from storage.cases.tickets import StoredTicket
from storage.replies.outbox import OutboxItem

GONE = Refusal("gone", None)
BUSY = Refusal("busy", None)
STALE = Refusal("stale", None)
PROOF_MISSING = Refusal("proof_missing", 20)
SEALED = Refusal("file_sealed", None)


Key = str | Claim  # a link's token, or what the console lets somebody do
Look = tuple[Claim, StoredTicket, Folder]


class AgencyDesk:
    """Lets officers work on the ticket that their link, or their account's claim, is for."""

    def __init__(
        self,
        office: Office,
        hand_over: Callable[[Iterable[OutboxItem]], None],
        token: Callable[[], str],
    ) -> None:
        self._office = office
        self._store = office.store
        self._doer = Doer(office, hand_over, token)
        self._reading = Reading(office.store, office.seeing.district)
        self._merging = Merging(office, self._doer, self._reading)
        self._striking = Striking(office, self._doer)
        self._opening = Opening(office, hand_over)

    @property
    def office(self) -> Office:
        """What it works with."""
        return self._office

    async def see(self, key: Key, now: datetime) -> LegView | None:
        """Return the page that *key* is for, or None for a bad, expired or revoked link.

        Every look is noted, and so is a link that holds but may not open what it names.
        """
        found = await self.look(key, now)
        return self.shown(found, now) if found else None

    async def opened(self, token: str, now: datetime) -> LegView | None:
        """Return the page of *token* to somebody who opened it, as `see` does.

        The letter that brought the link is no longer on its way: the citizen reads so.
        """
        found = await self.look(token, now)
        if found and await self._opening.arrived(found[0], found[1], now):
            found = await self._read(token, now)
        return self.shown(found, now) if found else None

    async def look(self, key: Key, now: datetime) -> Look | None:
        """Return all that was read for the page of *key*, which the audit notes, or None."""
        return await self._look(key, now, Action.PAGE)

    def shown(self, look: Look, now: datetime) -> LegView:
        """Return the page that *look* makes."""
        claim, stored, folder = look
        view = self._office.seeing.view(claim, stored.ticket, folder, now)
        return view if claim.who else replace(view, beside=self._beside(view, now))

    def _beside(self, view: LegView, now: datetime) -> str:
        """Return the token of the desk's page beside that of its own share, else nothing."""
        district = self._office.seeing.district
        if view.desk or view.vault or view.agency != district.desk:
            return ""
        return self._office.links.token(Claim(view.code, 0, Role.VERIFIER, district.desk), now)

    async def file(
        self, key: Key, seq: int, place: int, now: datetime, *, papers: bool = True
    ) -> Opened | Refusal | None:
        """Return the file of entry *seq* in *place*, as the page of *key* offers it.

        Without *papers* SEALED for what may tell who somebody is; that is noted as refused.
        """
        found = await self._read(key, now)
        if found is None:
            return None
        claim, stored, folder = found
        offered = self._office.seeing.wanted(claim, stored.ticket, folder)
        named = (one for one in offered if (one.shown.seq, one.shown.place) == (seq, place))
        wanted = next(named, None)
        sealed = wanted is not None and wanted.shown.paper and not papers
        subject = self._reading.subject(stored, folder)
        await self._note(claim, stored, Action.REFUSED if sealed else Action.FILE, now, subject)
        if wanted is None or sealed:
            return SEALED if sealed else None
        return await self._office.evidence.opened(stored, wanted)

    async def link(self, code: str, desk: Desk, now: datetime) -> str | None:
        """Return a link to ticket *code* for an officer of *desk*, None where there is none."""
        return await link_for(self._office, code, desk, now)

    def lack(self, step: Step, brought: Brought, now: datetime) -> Lack | None:
        """Return what *step* lacks with what was *brought*, None where it can be tried."""
        district = self._office.seeing.district
        today = day_in(district.calendar.zone, now)
        return lack_of(step, brought, today, can_be_picked(district.hand_over_to))

    async def act(self, key: Key, step: Step, brought: Brought, now: datetime) -> Done | Refusal:
        """Do *step* with what was *brought*, a single time under its name, if it has one.

        STALE where the ticket has other than `as_of` events: somebody was faster.
        """
        claim = self._claim(key, now)
        stored = await self._open(claim, now) if claim else None
        if claim is None or stored is None:
            return GONE
        if lack := self.lack(step, brought, now):
            return lack.refusal
        if not brought.files and self._wants_proof(step, stored):
            return PROOF_MISSING
        clean = await self._office.evidence.clean(brought.files)
        if isinstance(clean, Unfit):
            return Refusal(f"file_{clean}")
        names = _names(claim, stored, brought.once) if brought.once else ()
        said = Said(brought.text, names, files=clean, as_of=brought.as_of, answer=brought.answer)
        return await self._do(claim, step, said, now)

    async def carry_out(
        self, claim: Claim, command: commands.Command, said: Said, now: datetime
    ) -> Done | Refusal:
        """Do *command* as whoever holds *claim*; REPEATED when it was done under its name."""
        if lack := self.lack(command, Brought(said.words), now):
            return lack.refusal
        return await self._do(claim, command, said, now)

    def _wants_proof(self, step: Step, stored: StoredTicket) -> bool:
        done = isinstance(step, commands.Resolve)
        return done and wants_proof(self._office.seeing.district, stored.ticket)

    async def _do(self, claim: Claim, step: Step, said: Said, now: datetime) -> Done | Refusal:
        return await again(lambda: self._attempt(claim, step, said, now)) or BUSY

    async def _attempt(
        self, claim: Claim, step: Step, said: Said, now: datetime
    ) -> Done | Refusal | None:
        """Return None when somebody else changed the ticket meanwhile."""
        stored = await self._open(claim, now)
        if stored is None:
            return GONE
        if said.as_of not in {None, stored.ticket.events}:
            return STALE
        if not (said.files or said.unshown) and self._wants_proof(step, stored):
            return PROOF_MISSING
        return await self._try(stored, step, Doing(claim, said, now))

    async def _try(self, stored: StoredTicket, step: Step, doing: Doing) -> Done | Refusal | None:
        match step:
            case Merge(into):
                return await self._merging.attempt(stored, into, doing)
            case Propose(because):
                return await self._striking.propose(stored, because, doing)
            case Strike():
                return await self._striking.strike(stored, doing)
            case Spare():
                return await self._striking.spare(stored, doing)
            case _:
                return await self._doer.attempt(stored, step, doing)

    def _claim(self, key: Key, now: datetime) -> Claim | None:
        return key if isinstance(key, Claim) else self._office.links.read(key, now)

    async def _look(self, key: Key, now: datetime, action: Action) -> Look | None:
        """Return what *key* opens; the audit keeps who looked, and at whose data."""
        found = await self._read(key, now)
        if found is not None:
            claim, stored, folder = found
            subject = self._reading.subject(stored, folder)
            await self._note(claim, stored, action, now, subject)
        return found

    async def _read(self, key: Key, now: datetime) -> Look | None:
        """Return what *key* opens, which the audit has to keep."""
        claim = self._claim(key, now)
        stored = await self._open(claim, now) if claim else None
        if claim is None or stored is None:
            return None
        return claim, stored, await self._reading.folder(claim, stored, now)

    async def _open(self, claim: Claim, now: datetime) -> StoredTicket | None:
        """Return the ticket of *claim*; one that it may not open is refused, and that is noted."""
        stored = await self._store.ticket(claim.code)
        if stored is None or opens(claim, stored.ticket, self._office.seeing.district):
            return stored
        await self._note(claim, stored, Action.REFUSED, now)
        return None

    async def _note(
        self,
        claim: Claim,
        stored: StoredTicket,
        action: Action,
        now: datetime,
        subject: str | None = None,
    ) -> None:
        unit = self._store.unit()
        unit.note(noted_as(claim, stored.ticket), action, now, code=claim.code, subject=subject)
        await self._store.commit(unit)


def _names(claim: Claim, stored: StoredTicket, once: str) -> tuple[str, ...]:
    """Return *once*, which a browser sends, as a name of this office's, on this ticket."""
    return (f"page/{acting(claim, stored.ticket).id}/{claim.code}/{once}",)
