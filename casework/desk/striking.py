"""Ending a ticket unanswered takes two: the desk proposes, data protection agrees or not.

Each acts by a link of their own. What is proposed lies in a timer, and is over when nobody agreed
within a week.
"""

from datetime import timedelta

import msgspec

from casework.access.links import Claim
from casework.desk.deeds import Doing
from casework.desk.doing import REPEATED, Doer, Office
from casework.desk.steps import ended, may_propose
from casework.ticket.views import Done, Proposal
from referrals.choosing import Refusal
from referrals.roles import Role
from referrals.ticket import ClosedBecause
from storage.cases.tickets import StoredTicket
from storage.store import Store
from storage.timers import DueTimer, NewTimer
from storage.unit import Outcome, Unit

HOLDS = timedelta(days=7)
STRIKING_TIMER = "strike"  # of the timers that end a proposal
NOT_NOW = Refusal("not_now", 34)
NO_PROPOSAL = Refusal("no_proposal", 34)


class Striking:
    """Keeps a proposal until the second person has answered it."""

    def __init__(self, office: Office, doer: Doer) -> None:
        self._office = office
        self._doer = doer

    async def propose(
        self, stored: StoredTicket, because: ClosedBecause | None, doing: Doing
    ) -> Done | Refusal | None:
        """Ask the data protection officer, with the words of *doing* as the reason."""
        ticket, claim = stored.ticket, doing.claim
        known = await proposal_of(self._office.store, ticket.code)
        if known:
            return REPEATED
        if not may_propose(self._office.seeing.desktop(claim, ticket, doing.now), because):
            return NOT_NOW
        unit = self._doer.unit(doing)
        body = msgspec.json.encode(Proposal(claim.office, doing.said.words, because))
        due = doing.now + HOLDS
        unit.wind(NewTimer(key=key_of(ticket.code), kind=STRIKING_TIMER, due_at=due, body=body))
        self._office.letters.tell_protection(unit, ticket, "strike", doing.now)
        return await self._kept(unit, stored)

    async def strike(self, stored: StoredTicket, doing: Doing) -> Done | Refusal | None:
        """Agree: end the ticket for the reason that was proposed."""
        known = await self._known(stored, doing.claim)
        if known is None:
            return NO_PROPOSAL
        unit = self._doer.unit(doing)
        unit.drop_timer(key_of(stored.ticket.code))
        said = msgspec.structs.replace(doing.said, words=known.reason)
        because = msgspec.structs.replace(doing, said=said)
        return await self._doer.attempt(stored, ended(known.because, known.by), because, unit)

    async def spare(self, stored: StoredTicket, doing: Doing) -> Done | Refusal | None:
        """Do not agree: the ticket goes on, and the desk hears of it."""
        if await self._known(stored, doing.claim) is None:
            return NO_PROPOSAL
        unit = self._doer.unit(doing)
        unit.drop_timer(key_of(stored.ticket.code))
        self._office.letters.tell_desk(unit, stored.ticket, "spared", doing.now)
        return await self._kept(unit, stored)

    async def _known(self, stored: StoredTicket, claim: Claim) -> Proposal | None:
        if claim.role is not Role.DATA_PROTECTION:
            return None
        return await proposal_of(self._office.store, stored.ticket.code)

    async def _kept(self, unit: Unit, stored: StoredTicket) -> Done | Refusal | None:
        outcome = await self._office.store.commit(unit)
        if outcome is Outcome.KEPT:
            return Done(code=stored.ticket.code, state=stored.ticket.state)
        return REPEATED if outcome is Outcome.DUPLICATE else None


class Lapsing:
    """Ends what nobody agreed to in time."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def lapse(self, due: DueTimer) -> None:
        """Let go of the proposal in *due*: the ticket goes on as it is."""
        await self._store.drop_timer(due)


async def proposal_of(store: Store, code: str) -> Proposal | None:
    """Return who wants ticket *code* struck out and why, or None."""
    body = await store.timer_body(key_of(code))
    return msgspec.json.decode(body, type=Proposal) if body is not None else None


def key_of(code: str) -> str:
    """Return the key of the timer that holds the proposal about ticket *code*."""
    return f"{STRIKING_TIMER}:{code}"
