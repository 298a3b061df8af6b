"""What people, and the clock, may want done with a ticket.

A command names no person (`Actor` says who wants it) and holds no free text: *words* is the
digest of the words that came with it, which lie sealed elsewhere (docs/decisions/0003).
"""

from datetime import date, datetime

from referrals.at_work import AtWork, Decline, Hold, ReportMilestone, Resolve, Resume
from referrals.by_two import ByTwo, CloseAsAbuse, CloseAsGone, EndByTwo, Void
from referrals.chores import (
    AskOutcome,
    Breach,
    Chore,
    CloseUnanswered,
    GiveUpWaiting,
    Heartbeat,
    NoteDelivered,
    NoteSent,
    NoteUndeliverable,
    Reach,
    Remind,
    ReportOverdue,
    Unreached,
)
from referrals.district.directory import Priority, Privacy
from referrals.objections import Appeal, NotYet, Objection, Reopen, ReportNotReceived
from referrals.roles import Sensitivity
from referrals.wishes import LegWish, Wish

__all__ = [  # what comes from elsewhere, and is a command all the same
    "Appeal",
    "AskOutcome",
    "Breach",
    "ByTwo",
    "CloseAsAbuse",
    "CloseAsGone",
    "CloseUnanswered",
    "Decline",
    "EndByTwo",
    "GiveUpWaiting",
    "Heartbeat",
    "Hold",
    "LegWish",
    "NotYet",
    "NoteDelivered",
    "NoteSent",
    "NoteUndeliverable",
    "Reach",
    "Remind",
    "Reopen",
    "ReportMilestone",
    "ReportNotReceived",
    "ReportOverdue",
    "Resolve",
    "Resume",
    "Unreached",
    "Void",
    "Wish",
]


class Submit(Wish, frozen=True, tag="submit"):
    """File a ticket for oneself (row 1)."""

    code: str
    service: str
    area: str
    priority: Priority
    sensitivity: Sensitivity
    consent_version: str
    privacy: Privacy = Privacy.NAMED
    cooling_hours: int = 0  # how long it can be taken back before any agency has it
    kept_out: tuple[str, ...] = ()  # roles whose agencies never get it: it may be about them


class SubmitForAnother(Wish, frozen=True, tag="submit_for_another"):
    """File a ticket for somebody who still has to agree (row 2)."""

    code: str
    service: str
    area: str
    priority: Priority
    sensitivity: Sensitivity
    relation: str  # the facilitator's to the subject
    method: str  # how consent will be had: reply, witness
    privacy: Privacy = Privacy.NAMED
    cooling_hours: int = 0  # from the consent
    kept_out: tuple[str, ...] = ()  # as above


class GiveConsent(Wish, frozen=True, tag="give_consent"):
    """The subject agrees, or a witness saw it (row 3)."""

    consent_version: str
    method: str


class RefuseConsent(Wish, frozen=True, tag="refuse_consent"):
    """The subject says no, or said nothing for seven days (row 4)."""


class Route(Wish, frozen=True, tag="route"):
    """Forward a new ticket to *agency*, chosen by *rule* (rows 5 and 6)."""

    agency: str
    rule: str
    local: bool = False  # a village or sub-district desk
    vault: bool = False  # an agency that keeps a vault: only such a one gets a vault ticket


class Ask(LegWish, frozen=True, tag="ask"):
    """Ask the citizen for something that is missing; the question is the words (row 7)."""


class AnswerAsk(Wish, frozen=True, tag="answer_ask"):
    """Answer what was asked (row 8)."""


class Add(Wish, frozen=True, tag="add"):
    """Add to what was said before: more words, a photo, a place."""


class MarkDuplicate(Wish, frozen=True, tag="mark_duplicate"):
    """The same case is ticket *of* already (row 10)."""

    of: str


class MarkOutOfScope(Wish, frozen=True, tag="mark_out_of_scope"):
    """Not ours; the words say where to go instead (row 11)."""


class Accept(LegWish, frozen=True, tag="accept"):
    """Take the leg on; *expected* is the day to be done, where one can be named (row 12)."""

    expected: date | None = None


class Return(LegWish, frozen=True, tag="return"):
    """Hand the leg back: not this agency's; *better* may be the code of the right one (row 13)."""

    better: str = ""


class ReferAgain(Wish, frozen=True, tag="refer_again"):
    """Forward a ticket that came back to another agency (row 15)."""

    agency: str
    rule: str
    local: bool = False
    vault: bool = False
    share: int = 0  # the leg that came back whose share it is, 0: the one that waits longest


class Escalate(LegWish, frozen=True, tag="escalate"):
    """Take the case from the village or sub-district up to *agency* (row 16)."""

    agency: str
    rule: str
    vault: bool = False


class AddAgency(Wish, frozen=True, tag="add_agency"):
    """Ask *agency* for its share too, while others have theirs (row 17)."""

    agency: str
    rule: str
    local: bool = False
    vault: bool = False
    share: int = 0  # as of `ReferAgain`: what the desk adds is for what came back, if anything did


class Recall(LegWish, frozen=True, tag="recall"):
    """Take the leg back from its agency."""


class Confirm(Wish, frozen=True, tag="confirm"):
    """SUDAH: the citizen says it is solved, and may rate it at once (row 22)."""

    stars: int | None = None


class Rate(Wish, frozen=True, tag="rate"):
    """Say how content one is with a solved ticket, 1 to 5 (row 22)."""

    stars: int


class AcceptDecline(Wish, frozen=True, tag="accept_decline"):
    """The citizen accepts the refusal (row 26)."""


class Overturn(Wish, frozen=True, tag="overturn"):
    """The appeal officer says the refusal was wrong (row 28)."""


class Uphold(Wish, frozen=True, tag="uphold"):
    """The appeal officer says the refusal was right (row 29)."""


class Withdraw(Wish, frozen=True, tag="withdraw"):
    """The citizen takes the ticket back; a reason is asked, never demanded (row 30).

    *unforced*: asked whether somebody made them, they said no (sensitive tickets).
    """

    unforced: bool = False


class ReceivedAfterAll(Wish, frozen=True, tag="received_after_all"):
    """Weeks later the citizen says that it came."""


class Join(Wish, frozen=True, tag="join"):
    """Ticket *code*, filed at *opened_at*, is the same case: the older clock counts."""

    code: str
    opened_at: datetime


class TakeOver(Wish, frozen=True, tag="take_over"):
    """KLAIM: whom somebody else filed it for speaks for themself from now on."""


class HandOver(Wish, frozen=True, tag="hand_over"):
    """Give the case to *system* (LAPOR!, Ombudsman), where it has *number* (row 33)."""

    system: str
    number: str


Command = (
    Submit
    | SubmitForAnother
    | GiveConsent
    | RefuseConsent
    | Route
    | Ask
    | AnswerAsk
    | Add
    | MarkDuplicate
    | MarkOutOfScope
    | Accept
    | Return
    | ReferAgain
    | Escalate
    | AddAgency
    | Recall
    | AtWork
    | Confirm
    | Rate
    | AcceptDecline
    | Overturn
    | Uphold
    | Withdraw
    | ReceivedAfterAll
    | Join
    | TakeOver
    | HandOver
    | EndByTwo
    | Objection
    | Chore
)
