"""News from offices' programs: what they say, what it comes to, whether it is old. Pure."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from casework.access.links import Claim
from casework.desk.asked import LONGEST
from casework.desk.deeds import Said
from casework.desk.doing import REPEATED
from casework.ticket.history import leg_of
from casework.ticket.spoken import Spoken
from casework.ticket.views import Done
from conversations.hearing.cleaning import clean
from referrals.attempts import Why
from referrals.choosing import Refusal
from referrals.events import Appealed, Reopened, StillNotSolved
from referrals.log import Entry
from referrals.roles import Role
from referrals.ticket import Leg
from storage.cases.tickets import StoredTicket

SKEW = timedelta(minutes=5)  # between an office's clock and ours


class Update(Struct, frozen=True, kw_only=True):
    """What a program says, as it says it."""

    id: str  # the same whenever it is sent again
    ticket: str  # code
    status: str
    leg: int = 0  # 0: by *reference*, else the office's newest
    reference: str = ""  # the program's own number, as it answered ours
    words: str = ""
    reason: str = ""  # of a decline
    better: str = ""  # code of the right office, with a return
    expected: date | None = None
    occurred_at: datetime | None = None  # by the program's own clock
    files: tuple[bytes, ...] = ()  # proofs of work

    def __repr__(self) -> str:
        return f"Update({self.ticket}/{self.leg})"


class Verdict(StrEnum):
    """What became of an update."""

    DONE = "done"
    REPEATED = "repeated"  # it was done before
    OLD = "old"  # something newer happened
    NOTHING_NEW = "nothing_new"  # the leg stands so already, or the status is nobody's news
    STRANGER = "stranger"  # no such ticket, or not this office's
    UNKNOWN = "unknown"  # the row does not know the status; the desk is told
    INCOMPLETE = "incomplete"  # words, a proof, a listed reason or a possible date are missing
    UNFIT = "unfit"  # a file is none that we take, or proved something else before
    NOT_NOW = "not_now"  # as the ticket stands, this cannot be done
    BUSY = "busy"  # too many others were faster


MISSING = frozenset(
    {Why.WORDS_MISSING, Why.REASON_UNKNOWN, Why.EXPECTED_IN_PAST, Why.REVIEW_TOO_FAR}
)
OF_REFUSALS: dict[str, Verdict] = {
    REPEATED.reason: Verdict.REPEATED,
    "busy": Verdict.BUSY,
    "gone": Verdict.STRANGER,
    "proof_used": Verdict.UNFIT,
    "proof_missing": Verdict.INCOMPLETE,
    Why.NOT_YOURS: Verdict.STRANGER,
    Why.ALREADY: Verdict.NOTHING_NEW,
    **dict.fromkeys(MISSING, Verdict.INCOMPLETE),
}


FINE = frozenset({Verdict.DONE, Verdict.NOTHING_NEW})
DISPUTES = (StillNotSolved, Appealed, Reopened)  # of no leg, yet they answer what an office said


class Found(Struct, frozen=True):
    """Which leg of which ticket an update is about."""

    stored: StoredTicket
    leg: Leg

    @property
    def claim(self) -> Claim:
        """The same claim that the leg's letter gives its officers."""
        return Claim(self.stored.ticket.code, self.leg.number)


def newer(entry: Entry, spoken: Spoken | None, leg: Leg, at: datetime) -> bool:
    """Tell whether *entry* tells of *leg* what came after *at*, by the clock of its office.

    What a citizen only adds makes no news of an office old.

    Against what happened by our own clock (an officer on the page, a citizen) the office's clock
    may go wrong by SKEW; what the program does itself is nobody's news.
    """
    concerns = leg_of(entry) == leg.number or isinstance(entry.event, DISPUTES)
    if entry.actor.role is Role.SYSTEM or not concerns:
        return False
    if spoken is not None and spoken.occurred_at is not None:
        return at < spoken.occurred_at
    return at < entry.at - SKEW


def said_in(found: Found, update: Update, now: datetime) -> Said:
    """Return the words of *update*, and the names under which it is done once.

    A program that sends the same news under a new id is known by when it happened.
    """
    leg, agency = found.leg.number, found.leg.agency
    at = min(update.occurred_at, now) if update.occurred_at else None
    named = f"program/{agency}/{update.ticket}"
    once = [f"{named}/id/{update.id}"]
    if at is not None:
        status = update.status.strip().casefold()
        once.append(f"{named}/at/{leg}/{status}/{at.isoformat()}")
    return Said(clean(update.words).strip()[:LONGEST], tuple(once), at)


def verdict_of(done: Done | Refusal) -> Verdict:
    """Return what *done* means to the program that asked for it."""
    if isinstance(done, Done):
        return Verdict.DONE
    return OF_REFUSALS.get(done.reason, Verdict.NOT_NOW)
