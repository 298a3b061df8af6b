"""What happened to a leg: one agency's share of a ticket. See `referrals.events`."""

from datetime import date, datetime

from msgspec.structs import replace

from referrals.clocks import Clock
from referrals.happened import LegHappened, forwarded, risen, stopped, with_leg
from referrals.ticket import Ticket


class Forwarded(LegHappened, frozen=True, kw_only=True):
    """*agency* got a new leg, perhaps for the share of one that had come back."""

    agency: str
    rule: str
    local: bool = False
    share: int = 0  # the leg that had come back, 0: the one that waited longest

    def marks(self, ticket: Ticket) -> Ticket:
        return forwarded(ticket, self.agency, self.rule, self.at, local=self.local)

    def placed(self, ticket: Ticket) -> tuple[int, ...]:
        """Return the leg of *ticket* whose share found an agency; none where it is a new share.

        Only the desk's officers look for agencies: an agency adds another for something new.
        """
        looking = ticket.unplaced if self.by else ()
        return (self.share,) if self.share in looking else looking[:1]


class Referred(Forwarded, frozen=True, kw_only=True, tag="referred"):
    """The ticket was forwarded to *agency* as a new leg (rows 5, 6 and 15)."""


class Accepted(LegHappened, frozen=True, kw_only=True, tag="accepted"):
    """The agency took the leg on (row 12); a date is a first answer of substance (C3)."""

    expected: date | None = None

    def marks(self, ticket: Ticket) -> Ticket:
        marked = with_leg(ticket, replace(ticket.legs[self.leg - 1], expected=self.expected))
        return stopped(marked, Clock.C3, self.leg) if self.expected else marked


class Returned(LegHappened, frozen=True, kw_only=True, tag="returned"):
    """The agency says it is not theirs, but perhaps *better*'s (row 13)."""

    better: str = ""

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(ticket, returns=ticket.returns + 1)


class AcceptanceOverdue(LegHappened, frozen=True, kw_only=True, tag="acceptance_overdue"):
    """The agency let the time to accept run out; its head is told, then who is above (row 14)."""

    due: datetime | None = None

    def marks(self, ticket: Ticket) -> Ticket:
        leg = ticket.legs[self.leg - 1]
        late = leg.overdue + 1
        return with_leg(risen(ticket, late), replace(leg, overdue=late))


class LegExpired(LegHappened, frozen=True, kw_only=True, tag="leg_expired"):
    """The agency let the time to accept run out twice and loses the leg (row 14)."""

    due: datetime | None = None


class Escalated(LegHappened, frozen=True, kw_only=True, tag="escalated"):
    """The case went up from the village or sub-district to *agency* (row 16)."""

    agency: str
    rule: str

    def marks(self, ticket: Ticket) -> Ticket:
        return forwarded(ticket, self.agency, self.rule, self.at)


class AgencyAdded(Forwarded, frozen=True, kw_only=True, tag="agency_added"):
    """Another agency was asked for its share, as a new leg beside the others (row 17)."""


class PutOnHold(LegHappened, frozen=True, kw_only=True, tag="put_on_hold"):
    """The case waits in a list until *review*, for *milestone* to be reached (row 18)."""

    review: date
    milestone: str = ""
    to_centre: bool = False

    def marks(self, ticket: Ticket) -> Ticket:
        leg = replace(ticket.legs[self.leg - 1], review=self.review, stage=self.milestone)
        since = leg.with_centre or self.at if self.to_centre else None
        unsaid = not self.milestone
        return with_leg(ticket, leg if unsaid else replace(leg, with_centre=since))


class Resumed(LegHappened, frozen=True, kw_only=True, tag="resumed"):
    """Work goes on (row 19)."""


class Resolved(LegHappened, frozen=True, kw_only=True, tag="resolved"):
    """The agency says its share is done; only the citizen can say that it is (row 20)."""


class Declined(LegHappened, frozen=True, kw_only=True, tag="declined"):
    """It cannot be granted, for *reason* (row 21)."""

    reason: str


class LegDone(LegHappened, frozen=True, kw_only=True, tag="leg_done"):
    """One agency says its share is done, while others still have theirs (row 20)."""


class LegNotDone(LegHappened, frozen=True, kw_only=True, tag="leg_not_done"):
    """One agency cannot grant its share, while others still have theirs (row 21)."""

    reason: str


class ResolvedInPart(LegHappened, frozen=True, kw_only=True, tag="resolved_in_part"):
    """The last agency cannot grant its share, but another had done its own (row 21)."""

    reason: str


class LegSent(LegHappened, frozen=True, kw_only=True, tag="leg_sent"):
    """The letter went out to the agency."""


class LegDelivered(LegHappened, frozen=True, kw_only=True, tag="leg_delivered"):
    """The letter is with the agency."""


class LegUndeliverable(LegHappened, frozen=True, kw_only=True, tag="leg_undeliverable"):
    """No way to the agency works."""


class LegRecalled(LegHappened, frozen=True, kw_only=True, tag="leg_recalled"):
    """The desk took the leg back."""


class MilestoneReached(LegHappened, frozen=True, kw_only=True, tag="milestone_reached"):
    """Something was reached on the way, and the citizen hears what."""

    milestone: str = ""

    def marks(self, ticket: Ticket) -> Ticket:
        """Return *ticket* so far on its way; words alone move nothing."""
        return self._come_to(ticket, None) if self.milestone else ticket

    def _come_to(self, ticket: Ticket, with_centre: datetime | None) -> Ticket:
        come = replace(ticket, milestone=self.milestone or ticket.milestone)
        leg = come.leg(self.leg)
        return with_leg(come, replace(leg, with_centre=with_centre)) if leg else come


class LeftToCentre(MilestoneReached, frozen=True, kw_only=True, tag="left_to_centre"):
    """What was reached brings it to central government: our offices can only wait."""

    def marks(self, ticket: Ticket) -> Ticket:
        return self._come_to(ticket, self.at)


LegEvent = (
    Referred
    | Accepted
    | Returned
    | AcceptanceOverdue
    | LegExpired
    | Escalated
    | AgencyAdded
    | PutOnHold
    | Resumed
    | Resolved
    | Declined
    | LegDone
    | LegNotDone
    | ResolvedInPart
    | LegSent
    | LegDelivered
    | LegUndeliverable
    | LegRecalled
    | MilestoneReached
    | LeftToCentre
)
