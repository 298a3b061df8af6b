"""Many cases at once: each by its own rules, and each with an outcome of its own."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from casework.board.case import CaseDesk
from casework.board.holding import Handed, Holding
from casework.board.reaching import by_voice
from casework.desk.agency_desk import GONE
from casework.desk.deeds import Brought
from casework.desk.steps import BY_HAND, sent_on
from casework.staff.person import Staff
from casework.ticket.views import Done
from referrals.attempts import Why
from referrals.states import AT_THE_AGENCY
from referrals.ticket import TicketState
from storage.store import Store

MOST = 50  # cases at once: a page of the list
DONE = Handed.DONE.value
UNFIT = frozenset({Why.NOT_YOURS, Why.NOT_NOW, Why.ALREADY})  # refusals that say no more than no
STANDS = {  # why a case in this state is not to be referred
    **dict.fromkeys(AT_THE_AGENCY, "with_office"),
    TicketState.NEEDS_INFO: "asked",
    TicketState.AWAITING_CONSENT: "unconsented",
    TicketState.RESOLVED: "answered",
    TicketState.DECLINED: "answered",
    TicketState.APPEAL: "in_appeal",
    TicketState.CLOSED: "over",
    TicketState.VOID: "over",
}


class OneOfMany(Struct, frozen=True):
    """What became of one of many: "done", or the reason why nothing was done."""

    code: str
    what: str
    by_voice: bool = False  # it was done, and its citizen has no number by which they would hear

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.what == DONE


class Bulk:
    """Gives and refers cases by the dozen, one after the other. Raises StoreUnavailable."""

    def __init__(self, store: Store, cases: CaseDesk, holding: Holding) -> None:
        self._store = store
        self._cases = cases
        self._holding = holding

    async def give(
        self, staff: Staff, codes: Iterable[str], to: str, now: datetime
    ) -> tuple[OneOfMany, ...]:
        """Have whoever has the account *to* get each of *codes*; *staff* themself takes them."""
        own, found = to in {"", staff.id}, []
        taker = None if own else await self._holding.colleague(staff, to)
        for code in _few(codes):
            if own:
                handed = await self._holding.take(staff, code, now)
            else:
                handed = await self._holding.give(staff, code, taker, now)
            found.append(OneOfMany(code, handed.value))
        return tuple(found)

    async def refer(  # noqa: PLR0913 - who sends what where, in which words, when, and once
        self,
        staff: Staff,
        codes: Iterable[str],
        agency: str,
        words: str,
        now: datetime,
        *,
        once: str,
    ) -> tuple[OneOfMany, ...]:
        """Send each of *codes* to *agency*, as a single step of the desk's would (rows 6 and 15).

        Each is done a single time under the name *once*, if there is one.
        """
        found = []
        for code in _few(codes):
            own = f"{once}/{code}" if once else ""
            found.append(await self._referred(staff, code, agency, words, now, once=own))
        return tuple(found)

    async def _referred(  # noqa: PLR0913 - who, what, to whom, in which words, and when
        self, staff: Staff, code: str, agency: str, words: str, now: datetime, *, once: str
    ) -> OneOfMany:
        ticket = await self._store.bare_ticket(code)
        if ticket is None:
            return OneOfMany(code, GONE.reason)
        state, as_of = ticket.state, ticket.events
        step = sent_on(state, agency, BY_HAND)
        done = await self._cases.act(
            staff, code, step, Brought(words, once=once, as_of=as_of), now
        )
        if isinstance(done, Done):
            return await outcome_of(self._store, code)
        return OneOfMany(
            code, STANDS.get(state, done.reason) if done.reason in UNFIT else done.reason
        )


async def outcome_of(store: Store, code: str) -> OneOfMany:
    """Return that *code* was done, and whether its citizen is to be told by voice."""
    stored = await store.ticket(code)
    return OneOfMany(code, DONE, by_voice=stored is not None and by_voice(stored))


def _few(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))[:MOST]
