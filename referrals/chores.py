"""What the clock and the couriers want noted or done: nobody asks for it, and nobody forgets it.

A chore carries no time to be done: `referrals.due.watching` plans when, and `due` says which date
it went by, so that the log can be checked against the calendar.
"""

from datetime import datetime

from referrals.clocks import Clock
from referrals.wishes import LegWish, Wish


class GiveUpWaiting(Wish, frozen=True, tag="give_up_waiting"):
    """Nobody answered until *due*, three reminders notwithstanding (row 9)."""

    due: datetime


class ReportOverdue(LegWish, frozen=True, tag="report_overdue"):
    """The agency did not accept until *due* (row 14)."""

    due: datetime


class CloseUnanswered(Wish, frozen=True, tag="close_unanswered"):
    """Nobody objected in ten days after the notice had reached them (rows 25 and 26)."""


class NoteSent(LegWish, frozen=True, tag="note_sent"):
    """The letter about the leg went out to its agency."""


class NoteDelivered(LegWish, frozen=True, tag="note_delivered"):
    """The letter about the leg is with its agency: only now the citizen may be told so."""


class NoteUndeliverable(LegWish, frozen=True, tag="note_undeliverable"):
    """No way to the leg's agency works."""


class Remind(Wish, frozen=True, tag="remind"):
    """Remind the citizen for the *number*-th time that *clock* runs out (C5 or C6)."""

    clock: Clock
    number: int


class Breach(Wish, frozen=True, tag="breach"):
    """*clock* of *leg* (0: the ticket's own) ran out at *due*: tell who stands at *level*.

    1 is the agency's head, 2 the sekda, 3 the inspectorate.
    """

    clock: Clock
    leg: int
    level: int
    due: datetime


class Heartbeat(Wish, frozen=True, tag="heartbeat"):
    """Tell the citizen that, and why, the case still waits: they heard nothing for long (C8)."""


class AskOutcome(Wish, frozen=True, tag="ask_outcome"):
    """Ask weeks after a solution whether what was promised has come (C9)."""


class Reach(Wish, frozen=True, tag="reach"):
    """The notice about log entry *of* reached the citizen; *by_hand*: somebody called or came."""

    of: int
    by_hand: bool = False


class Unreached(Wish, frozen=True, tag="unreached"):
    """The notice about log entry *of* did not reach the citizen: a person must call or visit."""

    of: int


Chore = (
    GiveUpWaiting
    | ReportOverdue
    | CloseUnanswered
    | NoteSent
    | NoteDelivered
    | NoteUndeliverable
    | Remind
    | Breach
    | Heartbeat
    | AskOutcome
    | Reach
    | Unreached
)
