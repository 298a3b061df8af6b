"""What the clock, the couriers and the desk noted: no row of the lifecycle has a number for it.

See `referrals.events`.
"""

from datetime import datetime

from msgspec.structs import replace

from referrals.clocks import Clock
from referrals.happened import Happened, awaiting, risen, with_clock
from referrals.roles import Sensitivity
from referrals.ticket import Aftercare, Leg, Ticket


class Added(Happened, frozen=True, kw_only=True, tag="added"):
    """The citizen added to what they had said."""


class Reminded(Happened, frozen=True, kw_only=True, tag="reminded"):
    """The citizen was reminded for the *number*-th time that *clock* runs out."""

    clock: Clock
    number: int

    def marks(self, ticket: Ticket) -> Ticket:
        return with_clock(ticket, self.clock, reminded=self.number, reminded_at=self.at)


class Breached(Happened, frozen=True, kw_only=True, tag="breached"):
    """A clock ran out at *due*, and who stands at *level* was told.

    *leg* is whose office is late; of C11, and of the citizen's own clock, the clock itself is the
    whole ticket's.
    """

    clock: Clock
    leg: int
    level: int
    due: datetime

    def marks(self, ticket: Ticket) -> Ticket:
        told = {"breached": self.level, "breached_at": self.at}
        late = with_clock(ticket, self.clock, self._of(ticket), **told)
        return risen(late, self.level)

    def late(self, ticket: Ticket) -> Leg | None:
        """Return the leg whose agency is late; None: the desk is, as with what came back to it.

        A notice that did not arrive is the desk's to bring, of a vault its own office's.
        """
        if self.clock is Clock.C11 and ticket.sensitivity is Sensitivity.VAULT:
            return ticket.answered_leg
        return None if self.clock is Clock.C7 else ticket.leg(self.leg)

    def _of(self, ticket: Ticket) -> int:
        """Return whose clock it is; logs know C7's leg only since each share has a C7."""
        if self.clock is Clock.CITIZEN:
            return 0
        unnamed = self.clock is Clock.C7 and self.leg not in ticket.unplaced
        return ticket.unplaced[-1] if unnamed and ticket.unplaced else self.leg


class StillWaiting(Happened, frozen=True, kw_only=True, tag="still_waiting"):
    """The citizen heard that, and why, the case still waits."""


class OutcomeAsked(Happened, frozen=True, kw_only=True, tag="outcome_asked"):
    """The citizen was asked whether what was promised has come."""

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(ticket, outcome=Aftercare.ASKED)


class OutcomeConfirmed(Happened, frozen=True, kw_only=True, tag="outcome_confirmed"):
    """It has come."""

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(ticket, outcome=Aftercare.RECEIVED)


class Reached(Happened, frozen=True, kw_only=True, tag="reached"):
    """The notice about entry *of* is with the citizen, by post or *by_hand*."""

    of: int
    by_hand: bool = False

    def marks(self, ticket: Ticket) -> Ticket:
        return awaiting(ticket, reached=self.at, failed=False)


class NotReached(Happened, frozen=True, kw_only=True, tag="not_reached"):
    """The notice about entry *of* did not arrive: a person calls or visits."""

    of: int

    def marks(self, ticket: Ticket) -> Ticket:
        return awaiting(ticket, failed=True)


class Joined(Happened, frozen=True, kw_only=True, tag="joined"):
    """Ticket *code* is the same case, filed at *opened_at*: the older clock counts."""

    code: str
    opened_at: datetime

    def marks(self, ticket: Ticket) -> Ticket:
        older = min(ticket.opened_at, self.opened_at)
        joined = replace(ticket, opened_at=older, joined=(*ticket.joined, self.code))
        return with_clock(joined, Clock.CITIZEN, since=older)


class TakenOver(Happened, frozen=True, kw_only=True, tag="taken_over"):
    """Whom somebody else filed it for took it over."""

    def marks(self, ticket: Ticket) -> Ticket:
        return replace(ticket, in_own_hands=True)


Noted = (
    Added
    | Reminded
    | Breached
    | StillWaiting
    | OutcomeAsked
    | OutcomeConfirmed
    | Reached
    | NotReached
    | Joined
    | TakenOver
)
