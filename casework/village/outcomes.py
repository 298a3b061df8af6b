"""What a village meeting decided, entered by the dozen: each case by the lifecycle's own steps.

Agreed is the meeting's milestone, put off is word of it, and refused is row 21. The citizen is
told by the step, in decent hours.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.powers import refused
from casework.access.scope import claim_for
from casework.board.bulk import OneOfMany, outcome_of
from casework.board.case import CaseDesk
from casework.desk.agency_desk import GONE
from casework.desk.deeds import Brought
from casework.desk.steps import ANY
from casework.staff.person import Staff
from casework.ticket.views import Done
from casework.village.meetings import MeetingView
from casework.village.topics import undecided
from conversations.days import day
from conversations.say import Voices
from referrals import commands
from referrals.choosing import Refusal
from referrals.district.directory import District
from referrals.ticket import DeclineReason, Ticket
from referrals.transitions import ENTRIES
from storage.store import Store

STEPS = (commands.ReportMilestone, commands.Decline)  # by which outcomes are entered
DECIDED = Refusal("decided", None)  # a meeting agreed before


class Decided(StrEnum):
    """What a meeting can say to a case."""

    AGREED = "agreed"
    PUT_OFF = "put_off"
    REFUSED = "refused"


class Outcomes:
    """Enters them. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District, voices: Voices, cases: CaseDesk) -> None:
        self._store = store
        self._district = district
        self._voices = voices
        self._cases = cases

    async def open_to(
        self, staff: Staff, codes: Sequence[str], now: datetime
    ) -> dict[str, tuple[Decided, ...]]:
        """Return which outcomes the lifecycle lets *staff* enter for each of *codes*."""
        tickets = await self._store.bare_tickets(codes)
        return {one.code: tuple(self._open(staff, one, now)) for one in tickets}

    async def enter(
        self, staff: Staff, meeting: MeetingView, decided: Mapping[str, Decided], now: datetime
    ) -> tuple[OneOfMany, ...]:
        """Do to each code in *decided* what *meeting* said; each is done a single time by it."""
        found = []
        for code, what in decided.items():
            done = await self._one(staff, meeting, code, what, now)
            if isinstance(done, Done):
                found.append(await outcome_of(self._store, code))
            else:
                found.append(OneOfMany(code, done.reason))
        return tuple(found)

    async def _one(
        self, staff: Staff, meeting: MeetingView, code: str, what: Decided, now: datetime
    ) -> Done | Refusal:
        ticket = await self._store.bare_ticket(code)
        claim = claim_for(staff, ticket, self._district) if ticket else None
        if ticket is None or claim is None:
            return GONE
        if not undecided(ticket, self._district):
            return DECIDED
        step = self._step(claim, what)
        words = await self._words(code, what, meeting)
        brought = Brought(words, once=f"meeting/{meeting.id}")
        return await self._cases.act(staff, code, step, brought, now)

    def _open(self, staff: Staff, ticket: Ticket, now: datetime) -> Iterator[Decided]:
        claim = claim_for(staff, ticket, self._district)
        if claim is None or not undecided(ticket, self._district):
            return
        for what in Decided:
            step = replace(self._step(claim, what), words=ANY)
            if refused(self._district, claim, ticket, step, now) is None:
                yield what

    def _step(self, claim: Claim, what: Decided) -> commands.Command:
        usul = self._district.usul
        if what is Decided.AGREED and usul:
            return commands.ReportMilestone(milestone=usul.meeting)
        if what is Decided.PUT_OFF:
            return commands.ReportMilestone()
        reason = DeclineReason.NOT_ELIGIBLE
        return commands.Decline(leg=claim.leg, reason=reason)

    async def _words(self, code: str, what: Decided, meeting: MeetingView) -> str:
        """Return what the citizen reads beside the step, in their own language."""
        stored = await self._store.ticket(code)
        say = self._voices[stored.contact.language if stored else "id"]
        return say(f"meeting.{what}", day=day(meeting.held, say), number=meeting.number)


def may_enter(staff: Staff) -> bool:
    """Tell whether the lifecycle's table gives *staff*'s role a step by which one is entered."""
    role = staff.role.acts_as
    return any(role in entry.roles for step in STEPS for entry in ENTRIES[step])
