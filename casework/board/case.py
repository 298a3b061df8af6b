"""A case as somebody of the console opens it, and what they do there."""

from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.looks import Looks
from casework.access.scope import claim_for
from casework.access.seats import seat_for
from casework.board import notes
from casework.board.holding import Holding
from casework.board.people import People
from casework.board.reaching import Reaching
from casework.board.reasons import RevealWords, reason_in
from casework.board.showing import Beside, Showing
from casework.board.views import CaseView, Written
from casework.desk.agency_desk import GONE, AgencyDesk, Look
from casework.desk.deeds import Brought, Merge, Propose, Spare, Step, Strike
from casework.desk.doing import Office
from casework.desk.reading import Reading
from casework.staff.person import Staff
from casework.telling.answer import Answer
from casework.ticket.views import Done, Opened
from casework.trail.actions import Action, staff_actor
from referrals.choosing import Refusal
from referrals.district.staffing import Power
from storage.unit import Outcome

PRESENT = timedelta(seconds=45)  # without word from their browser; it sends one each 15 seconds


class Why(Struct, frozen=True):
    """What the audit keeps of a reason, sealed."""

    why: str

    def __repr__(self) -> str:
        return "Why(…)"


class CaseDesk:
    """Opens cases and acts on them, within the scope of who does. Raises StoreUnavailable."""

    def __init__(
        self, office: Office, desk: AgencyDesk, reaching: Reaching, holding: Holding
    ) -> None:
        self._store = office.store
        self._district = office.seeing.district
        self._desk = desk
        self._reaching = reaching
        self._holding = holding
        self._people = People(office.store, self._district)
        self._looks = Looks(office.store, self._district)
        self._words = RevealWords(office.store.sealer)
        self._reading = Reading(office.store, self._district)
        self._showing = Showing(office.seeing, reaching)

    async def see(
        self, staff: Staff, code: str, now: datetime, *, why: str = "", as_of: int | None = None
    ) -> CaseView | None:
        """Return case *code*, None where there is none that *staff* may open.

        Every look is noted. With a reason *why*, what tells who the person is stands unmasked,
        and the reason is kept, as long as the day's looks are not used up. *as_of* is how long
        the log was when a form was shown.
        """
        claim = await self._claim(staff, code, now)
        look = await self._desk.look(claim, now) if claim else None
        if look is None:
            return None
        revealed = await self._reveal(staff, look, why, now)
        await self._store.be_present(code, staff.id, now + PRESENT)
        look = _uncovered(look) if revealed else look
        view = self._desk.shown(look, now)
        beside = await self._beside(staff, look, now, revealed=revealed, as_of=as_of)
        return self._showing.case(staff, look, view, beside, now)

    async def act(
        self, staff: Staff, code: str, step: Step, brought: Brought, now: datetime
    ) -> Done | Refusal:
        """Do *step* on case *code* as `AgencyDesk.act` does; it is *staff*'s for longer then."""
        claim = await self._claim(staff, code, now)
        if claim is None:
            return GONE
        seat = await self._seat(claim, step, now)
        done = await self._desk.act(seat, step, brought, now)
        if isinstance(done, Done):
            await self._holding.touch(claim, now)
        return done

    async def told(
        self, staff: Staff, code: str, step: Step, words: str, now: datetime
    ) -> Written | None:
        """Return the message that *step* would become, None where the citizen is told nothing."""
        claim = await self._claim(staff, code, now)
        stored = await self._store.ticket(code) if claim else None
        if claim is None or stored is None:
            return None
        seat = await self._seat(claim, step, now)
        return self._reaching.told(seat, stored, step, words, now)

    async def file(  # noqa: PLR0913 - which file of whose case, for whom, with what word, and when
        self, staff: Staff, code: str, seq: int, place: int, now: datetime, *, word: str = ""
    ) -> Opened | Refusal | None:
        """Return a file of case *code*, as its page offers it.

        What may tell who somebody is takes the *word* of a page that was revealed for a reason.
        """
        claim = await self._claim(staff, code, now)
        if claim is None:
            return None
        papers = staff.may(Power.REVEAL) and self._words.holds(staff.id, code, word, now)
        return await self._desk.file(claim, seq, place, now, papers=papers)

    async def note(
        self, staff: Staff, code: str, text: str, now: datetime, answer: Answer | None = None
    ) -> bool | None:
        """Keep *text* for colleagues, and *answer* with it, where a message brought it.

        False where it is no note, None where there is no case.
        """
        claim = await self._claim(staff, code, now)
        ticket = await self._store.bare_ticket(code) if claim else None
        if claim is None or ticket is None:
            return None
        if not await notes.write(self._store, claim, ticket, text, now, answer):
            return False
        await self._holding.touch(claim, now)
        return True

    async def present(self, staff: Staff, code: str, now: datetime) -> tuple[str, ...] | None:
        """Return who else has case *code* open, and keep that *staff* has; None: not theirs."""
        if await self._claim(staff, code, now) is None:
            return None
        await self._store.be_present(code, staff.id, now + PRESENT)
        others = await self._others(staff, code, now)
        names = await self._people.called(others)
        return tuple(names[one] for one in others)

    async def _claim(self, staff: Staff, code: str, now: datetime) -> Claim | None:
        """Return what *staff* may do with case *code*; that they may nothing is noted."""
        ticket = await self._store.bare_ticket(code)
        claim = claim_for(staff, ticket, self._district) if ticket else None
        if claim is None:  # noted as well where there is none, or the time it takes would tell
            await self._note(staff, Action.REFUSED, code, now)
        return claim

    async def _seat(self, claim: Claim, step: Step, now: datetime) -> Claim:
        """Return the claim in which *step* is done: the desk works on its own share too."""
        ticket = await self._store.bare_ticket(claim.code)
        if ticket is None or isinstance(step, Merge | Propose | Strike | Spare):
            return claim
        return seat_for(self._district, claim, ticket, step, now)

    async def _reveal(self, staff: Staff, look: Look, why: str, now: datetime) -> bool:
        """Tell whether *staff* may see who the person is, for the reason *why*, which is kept.

        It counts among the people that they look up on this day.
        """
        reason = reason_in(why)
        if not reason or not staff.may(Power.REVEAL):
            return False
        claim, stored, folder = look
        subject = self._reading.subject(stored, folder)
        counted = await self._looks.at(staff, subject or claim.code, now)
        if counted is None:
            return False
        unit, detail = self._store.unit(), msgspec.json.encode(Why(reason))
        counted.count(unit)
        who = staff_actor(staff.id)
        unit.note(who, Action.REVEAL, now, code=claim.code, subject=subject, detail=detail)
        return await self._store.commit(unit) is Outcome.KEPT

    async def _beside(
        self, staff: Staff, look: Look, now: datetime, *, revealed: bool, as_of: int | None
    ) -> Beside:
        claim, stored, _ = look
        code = claim.code
        written = await self._store.notes_of(code)
        held = await self._holding.of(claim, now)
        others = await self._others(staff, code, now)
        elsewhere = await self._holding.elsewhere(claim, stored.ticket, now)
        holders = [one.holder for one in (held, *(one for _, one in elsewhere)) if one]
        named = (*(note.staff for note in written), *others, *holders)
        return Beside(
            notes=written,
            held=held,
            elsewhere=elsewhere,
            present=others,
            names=await self._people.called(named),
            way=await self._reaching.way(stored, now),
            traces=await self._store.traces_of(code),
            revealed=revealed,
            word=self._words.made(staff.id, code, now) if revealed else "",
            missed=stored.ticket.events - as_of if as_of is not None else 0,
        )

    async def _others(self, staff: Staff, code: str, now: datetime) -> tuple[str, ...]:
        found = await self._store.present(code, now)
        return tuple(one for one in found if one != staff.id)

    async def _note(self, staff: Staff, action: Action, code: str, now: datetime) -> None:
        unit = self._store.unit()
        unit.note(staff_actor(staff.id), action, now, code=code)
        await self._store.commit(unit)


def _uncovered(look: Look) -> Look:
    """Return *look* with what the registry has of the family: a reason was given for it."""
    claim, stored, folder = look
    return claim, stored, replace(folder, family=replace(folder.family, unproven=False))
