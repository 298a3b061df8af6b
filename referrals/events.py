"""What happened to a ticket, in the order of the rows of `transitions`.

An event repeats what its command said under the same names, and never holds a word that anybody
said. Where it leads (state, end, leg) stands in the table; `marks` does what a table cannot say.
Tags and fields are stored in logs for ever: add fields with defaults, never rename.
"""

from datetime import datetime

from msgspec.structs import replace

from referrals.by_two import AbuseFound, EndedByTwo, SubjectGone, Voided
from referrals.district.directory import Priority, Privacy
from referrals.happened import Happened, LegHappened, asked, reopened, risen
from referrals.leg_events import (
    AcceptanceOverdue,
    Accepted,
    AgencyAdded,
    Declined,
    Escalated,
    LeftToCentre,
    LegDelivered,
    LegDone,
    LegEvent,
    LegExpired,
    LegNotDone,
    LegRecalled,
    LegSent,
    LegUndeliverable,
    MilestoneReached,
    PutOnHold,
    Referred,
    Resolved,
    ResolvedInPart,
    Resumed,
    Returned,
)
from referrals.noted import (
    Added,
    Breached,
    Joined,
    Noted,
    NotReached,
    OutcomeAsked,
    OutcomeConfirmed,
    Reached,
    Reminded,
    StillWaiting,
    TakenOver,
)
from referrals.roles import Sensitivity
from referrals.ticket import Ticket

__all__ = [  # what comes from elsewhere, and is an event all the same
    "AbuseFound",
    "AcceptanceOverdue",
    "Accepted",
    "Added",
    "AgencyAdded",
    "Breached",
    "Declined",
    "Escalated",
    "Joined",
    "LeftToCentre",
    "LegDelivered",
    "LegDone",
    "LegExpired",
    "LegNotDone",
    "LegRecalled",
    "LegSent",
    "LegUndeliverable",
    "MilestoneReached",
    "NotReached",
    "OutcomeAsked",
    "OutcomeConfirmed",
    "PutOnHold",
    "Reached",
    "Referred",
    "Reminded",
    "Resolved",
    "ResolvedInPart",
    "Resumed",
    "Returned",
    "StillWaiting",
    "SubjectGone",
    "TakenOver",
    "Voided",
]

BY_REPLY = "reply"  # the method of a consent that its subject gave by their own telephone


class Submitted(Happened, frozen=True, kw_only=True, tag="submitted"):
    """A citizen filed a ticket for themself (row 1)."""

    code: str
    service: str
    area: str
    priority: Priority
    sensitivity: Sensitivity
    consent_version: str
    privacy: Privacy = Privacy.NAMED
    cooling_hours: int = 0
    kept_out: tuple[str, ...] = ()


class ConsentAwaited(Happened, frozen=True, kw_only=True, tag="consent_awaited"):
    """A facilitator filed a ticket for somebody who still has to agree (row 2)."""

    code: str
    service: str
    area: str
    priority: Priority
    sensitivity: Sensitivity
    relation: str
    method: str
    privacy: Privacy = Privacy.NAMED
    cooling_hours: int = 0
    kept_out: tuple[str, ...] = ()


Opening = Submitted | ConsentAwaited


class ConsentGiven(Happened, frozen=True, kw_only=True, tag="consent_given"):
    """The subject agreed: only now the citizen's clock starts (row 3)."""

    consent_version: str
    method: str

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(ticket, opened_at=self.at, in_own_hands=self.method == BY_REPLY)


class ConsentRefused(Happened, frozen=True, kw_only=True, tag="consent_refused"):
    """The subject said no, or nothing for seven days: the content is erased (row 4)."""


class Asked(LegHappened, frozen=True, kw_only=True, tag="asked"):
    """The citizen was asked for something that is missing (row 7)."""

    def marks(self, ticket: Ticket) -> Ticket:
        return asked(ticket, self.leg)


class Answered(Happened, frozen=True, kw_only=True, tag="answered"):
    """The citizen answered (row 8)."""


class WaitingEnded(Happened, frozen=True, kw_only=True, tag="waiting_ended"):
    """Nobody answered until *due*, three reminders notwithstanding (row 9)."""

    due: datetime | None = None


class DuplicateFound(Happened, frozen=True, kw_only=True, tag="duplicate_found"):
    """The same case is ticket *of* (row 10)."""

    of: str


class OutOfScopeFound(Happened, frozen=True, kw_only=True, tag="out_of_scope_found"):
    """The case is not ours, and the citizen was told whose it is (row 11)."""


class Confirmed(Happened, frozen=True, kw_only=True, tag="confirmed"):
    """The citizen says it is solved (row 22)."""

    stars: int | None = None

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(ticket, stars=self.stars)


class Rated(Happened, frozen=True, kw_only=True, tag="rated"):
    """The citizen rated the solved ticket (row 22)."""

    stars: int

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(ticket, stars=self.stars)


class NotSolved(LegHappened, frozen=True, kw_only=True, tag="not_solved"):
    """The citizen says it is not solved: the same agency goes on (row 23)."""

    def marks(self, ticket: Ticket) -> Ticket:
        return reopened(ticket)


class StillNotSolved(Happened, frozen=True, kw_only=True, tag="still_not_solved"):
    """The citizen says so again: somebody else looks at it as an appeal (row 24)."""

    leg: int = 0  # whose share it is about; 0 in logs of a time when nobody was asked

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(reopened(ticket), contested=self.leg)


class AutoConfirmed(Happened, frozen=True, kw_only=True, tag="auto_confirmed"):
    """The citizen was reached and did not object (row 25)."""

    delivered_at: datetime


class DeclineAccepted(Happened, frozen=True, kw_only=True, tag="decline_accepted"):
    """The citizen accepted the refusal; in older logs, or did not object in time (row 26)."""


class DeclineUnopposed(Happened, frozen=True, kw_only=True, tag="decline_unopposed"):
    """The citizen was reached and did not object: the refusal stands (row 26)."""

    delivered_at: datetime


class Appealed(Happened, frozen=True, kw_only=True, tag="appealed"):
    """The citizen objects (row 27)."""

    leg: int = 0  # to whose refusal; 0 is the desk's, or any of a log that does not say

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(ticket, contested=self.leg)


class Overturned(LegHappened, frozen=True, kw_only=True, tag="overturned"):
    """The appeal was right: the agency takes the case up again (row 28)."""

    def marks(self, ticket: Ticket) -> Ticket:
        return risen(ticket, ticket.level + 1)


class OverturnedToDesk(Happened, frozen=True, kw_only=True, tag="overturned_to_desk"):
    """The appeal was right, and no agency ever had the case: the desk finds one (row 28)."""

    def marks(self, ticket: Ticket) -> Ticket:
        return risen(ticket, ticket.level + 1)


class Upheld(Happened, frozen=True, kw_only=True, tag="upheld"):
    """The appeal was not right; the Ombudsman remains (row 29)."""


class Withdrawn(Happened, frozen=True, kw_only=True, tag="withdrawn"):
    """The citizen took the ticket back; *unforced*: nobody made them, they said (row 30)."""

    unforced: bool = False


class Reopened(Happened, frozen=True, kw_only=True, tag="reopened"):
    """A new fact came up; the ticket is looked at as if new (row 31)."""

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(reopened(ticket), past=len(ticket.legs))


class ReopenedAtAgency(LegHappened, frozen=True, kw_only=True, tag="reopened_at_agency"):
    """A new fact came up; the agency that had answered goes on (row 31)."""

    def marks(self, ticket: Ticket) -> Ticket:
        return reopened(ticket)


class NotReceived(LegHappened, frozen=True, kw_only=True, tag="not_received"):
    """Weeks after closing the citizen says that nothing came: a false closure (row 32)."""

    def marks(self, ticket: Ticket) -> Ticket:
        return risen(reopened(ticket), 1)


class HandedOver(Happened, frozen=True, kw_only=True, tag="handed_over"):
    """The case goes on in *system* under *number* (row 33)."""

    system: str
    number: str


Event = (
    (Submitted | ConsentAwaited | ConsentGiven | ConsentRefused)
    | (Asked | Answered | WaitingEnded | DuplicateFound | OutOfScopeFound)
    | (Confirmed | Rated | NotSolved | StillNotSolved | AutoConfirmed)
    | (DeclineAccepted | DeclineUnopposed | Appealed | Overturned | OverturnedToDesk | Upheld)
    | (Withdrawn | Reopened | ReopenedAtAgency | NotReceived | HandedOver | EndedByTwo)
    | (LegEvent | Noted)
)
