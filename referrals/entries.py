"""What one entry of the table says, and the sets of states it speaks of."""

from msgspec import Struct

from referrals import commands as c
from referrals.attempts import Guard, When
from referrals.clocks import Clock, Tick
from referrals.happened import Happened
from referrals.roles import Role
from referrals.states import OPEN
from referrals.ticket import ANSWERED_LEGS, ClosedBecause, LegState, TicketState


class LegMove(Struct, frozen=True):
    """What a transition asks of the leg it is about, and where it takes it."""

    sources: frozenset[LegState]
    to: LegState | None = None  # None: the leg stays as it is


class Transition(Struct, frozen=True, eq=False):
    """One entry of the table."""

    row: int  # 0: the lifecycle has no number for it
    title: str
    sources: tuple[TicketState, ...]  # empty: there is no ticket yet
    command: type[c.Wish]
    event: type[Happened]
    to: TicketState | None  # None: the state stays, or is the one before the question
    roles: tuple[Role, ...]
    carries: str = ""  # what it must come with, and what must be true
    because: ClosedBecause | None = None
    leg: LegMove | None = None
    guards: tuple[Guard, ...] = ()
    when: When | None = None  # which of two entries of one command applies
    clocks: tuple[Tick, ...] = ()
    beside: bool = False  # also while the citizen is asked about another leg
    opens_leg: bool = False  # a new leg starts
    awaits: bool = False  # its notice must reach the citizen before silence means anything
    back: bool = False  # to the state before the question
    quiet: bool = False  # the citizen hears nothing of it


EVERY = tuple(Clock)
LEG_CLOCKS = (Clock.C2, Clock.C3, Clock.C4)  # of a leg while it is open; C7 is for what came back
PAUSABLE = (Clock.CITIZEN, Clock.C1, *LEG_CLOCKS)

ANY_OPEN = tuple(state for state in TicketState if state in OPEN)
FILED = tuple(state for state in ANY_OPEN if state is not TicketState.AWAITING_CONSENT)
HELD = (  # by some agency
    TicketState.NEEDS_INFO,
    TicketState.REFERRED,
    TicketState.IN_PROGRESS,
    TicketState.ON_HOLD,
)
UNACCEPTED = HELD[:3]  # by one of them at least, maybe

WAITING = frozenset({LegState.QUEUED, LegState.SENT, LegState.DELIVERED})
AT_WORK = frozenset({LegState.WORKING})
ASKED_ABOUT = LegMove(WAITING | AT_WORK)
GOES_ON = LegMove(ANSWERED_LEGS, LegState.WORKING)
NOT_DONE_AFTER_ALL = LegMove(frozenset({LegState.DONE}), LegState.WORKING)
