"""Taking a case on, giving it to a colleague, letting go of it: for as long as it is touched."""

from datetime import datetime, timedelta
from enum import StrEnum

from casework.access.links import Claim
from casework.access.scope import claim_for
from casework.board.people import People
from casework.board.sieving import listed_leg
from casework.staff.person import Staff
from referrals.district.directory import District
from referrals.district.office_time import SECOND, offices
from referrals.district.working_days import UnknownYear
from referrals.ticket import Ticket
from storage.console.holdings import Held
from storage.store import Store

AN_HOUR = 3600 * SECOND


class Handed(StrEnum):
    """What became of a wish to take a case on or to give it to somebody."""

    DONE = "done"
    GONE = "gone"  # there is no such case that is theirs to work on
    TAKEN = "taken"  # a colleague has it
    NOT_THEIRS = "not_theirs"  # whoever is to get it may not work on it


class Holding:
    """Keeps who works on what. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district
        self._people = People(store, district)

    async def take(self, staff: Staff, code: str, now: datetime) -> Handed:
        """Have *staff* take case *code* on, or go on with it; TAKEN where somebody else has it."""
        claim = await self._claim(staff, code)
        if claim is None:
            return Handed.GONE
        await self.touch(claim, now)
        held = await self.of(claim, now)
        return Handed.DONE if held and held.holder == staff.id else Handed.TAKEN

    async def colleague(self, staff: Staff, account: str) -> Staff | None:
        """Return who has *account*, None where nobody of *staff*'s office does."""
        found = await self._people.who(account)
        return found if found and found.office == staff.office else None

    async def give(self, staff: Staff, code: str, taker: Staff | None, now: datetime) -> Handed:
        """Have *taker*, who is a `colleague`, get case *code*, by the hand of *staff*."""
        ticket = await self._store.bare_ticket(code)
        if ticket is None or claim_for(staff, ticket, self._district) is None:
            return Handed.GONE
        theirs = claim_for(taker, ticket, self._district) if taker else None
        if theirs is None:
            return Handed.NOT_THEIRS
        unit = self._store.unit()
        unit.give(code, listed_leg(theirs), theirs.who, self.until(now), now)
        await self._store.commit(unit)
        return Handed.DONE

    async def let_go(self, staff: Staff, code: str) -> Handed:
        """Have case *code* be anybody's again, if *staff* has it."""
        claim = await self._claim(staff, code)
        if claim is None:
            return Handed.GONE
        unit = self._store.unit()
        unit.let_go(code, listed_leg(claim), staff.id)
        await self._store.commit(unit)
        return Handed.DONE

    async def touch(self, claim: Claim, now: datetime) -> None:
        """Keep that the holder of *claim* did something: it is theirs for longer, if nobody's."""
        unit = self._store.unit()
        unit.take(claim.code, listed_leg(claim), claim.who, self.until(now), now)
        await self._store.commit(unit)

    async def of(self, claim: Claim, now: datetime) -> Held | None:
        """Return who has taken on what *claim* is for."""
        return await self._store.held(claim.code, listed_leg(claim), now)

    async def elsewhere(
        self, claim: Claim, ticket: Ticket, now: datetime
    ) -> tuple[tuple[str, Held], ...]:
        """Return which offices' people have taken on their shares, for who looks at the whole."""
        open_legs = ticket.open_legs if claim.desk else ()
        found = [
            (leg.agency, await self._store.held(ticket.code, leg.number, now)) for leg in open_legs
        ]
        return tuple((agency, one) for agency, one in found if one)

    def until(self, now: datetime) -> datetime:
        """Return when a case touched *now* goes back to the queue, by office time."""
        hours = self._district.lease_hours
        try:
            return offices(self._district.calendar).after(now, hours * AN_HOUR)
        except UnknownYear:
            return now + timedelta(hours=hours)

    async def _claim(self, staff: Staff, code: str) -> Claim | None:
        ticket = await self._store.bare_ticket(code)
        return claim_for(staff, ticket, self._district) if ticket else None
