"""A referral ticket and its legs: what a citizen follows, and each agency's share of it.

Neither holds a word that anybody said, nor who said it: names, numbers and stories are kept
apart and sealed (see `storage`), so that a ticket's row and log may be read by machines.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from referrals.clocks import Clock, Running
from referrals.district.directory import Priority, Privacy
from referrals.roles import Role, Sensitivity


class TicketState(StrEnum):
    """Where a ticket stands (lifecycle, table of ticket states)."""

    AWAITING_CONSENT = "awaiting_consent"
    SUBMITTED = "submitted"
    NEEDS_INFO = "needs_info"
    TRIAGE = "triage"
    REFERRED = "referred"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    DECLINED = "declined"
    APPEAL = "appeal"
    CLOSED = "closed"
    VOID = "void"


class ClosedBecause(StrEnum):
    """Why a ticket is closed."""

    CONFIRMED = "confirmed"
    AUTO_CONFIRMED = "auto_confirmed"
    DECLINED_ACCEPTED = "declined_accepted"
    APPEAL_FINAL = "appeal_final"
    WITHDRAWN = "withdrawn"
    NO_RESPONSE = "no_response"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    ABUSE = "abuse"
    HANDED_OVER = "handed_over"
    SUBJECT_GONE = "subject_gone"


class Aftercare(StrEnum):
    """What is known weeks after a solution (C9)."""

    ASKED = "asked"
    RECEIVED = "received"


class DeclineReason(StrEnum):
    """Why an agency cannot grant what was asked (lifecycle, row 21)."""

    NOT_ELIGIBLE = "not_eligible"
    QUOTA = "quota"
    ALREADY_HELPED = "already_helped"
    DOCUMENTS = "documents"
    NO_BUDGET = "no_budget"
    OTHER = "other"


class LegState(StrEnum):
    """Where one agency's share stands."""

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    WORKING = "working"  # from the acceptance on
    WAITLISTED = "waitlisted"
    DONE = "done"
    NOT_DONE = "not_done"
    RETURNED = "returned"
    RECALLED = "recalled"
    EXPIRED = "expired"
    UNDELIVERABLE = "undeliverable"


class Actor(Struct, frozen=True, omit_defaults=True):
    """Who does something: a role, and an id that means nothing outside (an agency's code, …)."""

    role: Role
    id: str = ""


class Leg(Struct, frozen=True, kw_only=True):
    """One agency's share of a ticket (FHIR Task)."""

    number: int  # 1, 2, … within the ticket
    agency: str
    state: LegState
    since: datetime
    rule: str = ""  # the routing rule that chose the agency
    expected: date | None = None  # when the agency expects to be done
    asked: int = 0  # rounds of questions to the citizen, at most 2
    local: bool = False  # a village or sub-district desk, from which one can go up
    overdue: int = 0  # how often it let the time to accept run out
    review: date | None = None  # when a case of the waiting list is looked at again
    stage: str = ""  # the milestone that a case of the waiting list waits for
    with_centre: datetime | None = None  # since when central government decides, not the agency


class Awaited(Struct, frozen=True):
    """A notice that must have reached the citizen before their silence means anything."""

    of: int  # number of the log's entry that it tells
    since: datetime
    reached: datetime | None = None
    failed: bool = False  # it did not arrive: a person calls or visits


class Ticket(Struct, frozen=True, kw_only=True):
    """One need or complaint, as its event log tells it."""

    code: str  # nine digits, the last one a Damm check digit
    service: str
    area: str  # area code, empty where none was asked
    state: TicketState
    since: datetime  # when it came into this state
    opened_at: datetime  # the citizen's clock starts here and never restarts
    priority: Priority
    sensitivity: Sensitivity
    legs: tuple[Leg, ...] = ()
    before: TicketState | None = None  # the state that needs_info returns to
    closed_because: ClosedBecause | None = None
    level: int = 0  # escalation, 0 to 3
    returns: int = 0
    reopens: int = 0
    stars: int | None = None
    events: int = 0  # length of the event log; a change against an older length is refused
    asked: int = 0  # the desk's own rounds of questions before any agency had it
    handled: tuple[str, ...] = ()  # ids of the officers who decided; none of them hears its appeal
    last: str = ""  # what happened last (an event's tag), to recognise a second click
    clocks: tuple[Running, ...] = ()  # in the order they were started
    privacy: Privacy = Privacy.NAMED
    cooling_hours: int = 0  # after filing, no agency has it so long
    kept_out: tuple[str, ...] = ()  # roles whose agencies never get it: it may be about them
    awaited: Awaited | None = None
    asking: int = 0  # the leg about which the citizen is asked now, 0 for the desk's own question
    past: int = 0  # legs up to this one ended before it was taken up as if new
    contested: int = 0  # the leg whose answer an appeal is about, 0 where none is known
    milestone: str = ""  # how far it came on a way that others decide about
    outcome: Aftercare | None = None
    for_another: bool = False  # whoever filed it is not whom it is for
    in_own_hands: bool = False  # and whom it is for speaks by their own telephone now
    joined: tuple[str, ...] = ()  # codes of the duplicates that are part of this ticket

    @property
    def last_leg(self) -> Leg | None:
        """The newest leg, open or ended, or None before any agency had the ticket."""
        return self.legs[-1] if self.legs else None

    @property
    def open_leg(self) -> Leg | None:
        """The newest leg that is still somebody's turn, or None."""
        return next((leg for leg in reversed(self.legs) if leg.state in OPEN_LEGS), None)

    @property
    def open_legs(self) -> tuple[Leg, ...]:
        """All legs that are still somebody's turn, the oldest first."""
        return tuple([leg for leg in self.legs if leg.state in OPEN_LEGS])

    @property
    def busiest_leg(self) -> Leg | None:
        """The open leg by which the ticket stands: at work, else not accepted, else waitlisted.

        Of several such the newest.
        """
        legs = sorted(self.open_legs, key=lambda leg: (BUSY.get(leg.state, 1), -leg.number))
        return legs[0] if legs else None

    @property
    def unplaced(self) -> tuple[int, ...]:
        """The legs whose shares look for another agency, the one that waits longest first.

        0 is the desk's own share, of a ticket that no agency ever had.
        """
        return tuple([one.leg for one in self.clocks if one.clock is Clock.C7])

    @property
    def answered_leg(self) -> Leg | None:
        """The leg that goes on when the citizen objects: the last one done, else not done.

        Of legs that ended at one instant the one that was done is the last. None where the
        ticket ended otherwise than by an agency's answer.
        """
        legs = sorted(self.legs[self.past :], key=_end)
        if not legs or legs[-1].state not in ANSWERED_LEGS:
            return None
        return (self.done or tuple(legs))[-1]

    @property
    def done(self) -> tuple[Leg, ...]:
        """The legs whose agencies say that their share is done, the last one last."""
        return self._ended_so(LegState.DONE)

    @property
    def refused(self) -> tuple[Leg, ...]:
        """The legs whose agencies could not grant their share, the last one last."""
        return self._ended_so(LegState.NOT_DONE)

    @property
    def cools_until(self) -> datetime:
        """Until when no agency gets it, so that it can be taken back."""
        return self.opened_at + timedelta(hours=self.cooling_hours)

    @property
    def represented(self) -> bool:
        """Whether somebody else speaks for whom it is for."""
        return self.for_another and not self.in_own_hands

    def _ended_so(self, state: LegState) -> tuple[Leg, ...]:
        legs = sorted(self.legs[self.past :], key=_end)
        return tuple(leg for leg in legs if leg.state is state)

    def clock(self, clock: Clock, leg: int = 0) -> Running | None:
        """Return *clock* of *leg*, or None where it does not run."""
        for one in self.clocks:
            if one.clock is clock and one.leg == leg:
                return one
        return None

    def leg(self, number: int) -> Leg | None:
        """Return leg *number*, or None."""
        for leg in self.legs:
            if leg.number == number:
                return leg
        return None


def _end(leg: Leg) -> tuple[datetime, bool]:
    """Return by what legs are put in the order of their ends: an answer after whatever else."""
    return leg.since, leg.state in ANSWERED_LEGS


OPEN_LEGS = frozenset(
    {
        LegState.QUEUED,
        LegState.SENT,
        LegState.DELIVERED,
        LegState.WORKING,
        LegState.WAITLISTED,
    }
)

BUSY = {LegState.WORKING: 0, LegState.WAITLISTED: 2}  # the others wait to be accepted

ANSWERED_LEGS = frozenset({LegState.DONE, LegState.NOT_DONE})
