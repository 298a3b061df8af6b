"""The table of all transitions of a ticket: what decides, folds, draws and tests go by.

One entry is one row of the lifecycle; a row that leads two ways has two entries.
"""

from collections.abc import Mapping

from msgspec import Struct

from referrals import commands as c
from referrals import events as e
from referrals import guards as g
from referrals.clocks import Clock, Tick, pause, resume, start, stop
from referrals.happened import Happened
from referrals.states import OPEN
from referrals.ticket import OPEN_LEGS, ClosedBecause, LegState, Role, TicketState


class LegMove(Struct, frozen=True):
    """What a transition asks of the leg it is about, and where it takes it."""

    sources: frozenset[LegState]
    to: LegState | None = None  # None: the leg stays as it is


class Transition(Struct, frozen=True):
    """One entry of the table."""

    row: int
    title: str
    sources: tuple[TicketState, ...]  # empty: there is no ticket yet
    command: type[c.Wish]  # c.Wish itself: on paper only, see `later`
    event: type[Happened]
    to: TicketState | None  # None: back to the state before the pause
    roles: tuple[Role, ...]
    carries: str = ""  # what it must come with, and what must be true
    because: ClosedBecause | None = None
    leg: LegMove | None = None
    guards: tuple[g.Guard, ...] = ()
    when: g.When | None = None  # which of two entries of one command applies
    clocks: tuple[Tick, ...] = ()

    @property
    def later(self) -> bool:
        """Whether this row is still on paper only: nobody can ask for it yet."""
        return self.command is c.Wish


C, F, V, A, S, P, D, X = Role
(
    AWAITING,
    SUBMITTED,
    NEEDS_INFO,
    TRIAGE,
    REFERRED,
    IN_PROGRESS,
    ON_HOLD,
    RESOLVED,
    DECLINED,
    APPEAL,
    CLOSED,
    VOID,
) = TicketState
CITIZEN, C1, C2, C3, C4, C5, C6, C7, C8, C9, C10 = Clock
LEG_CLOCKS = (C2, C3, C4)
PAUSABLE = (CITIZEN, C1, *LEG_CLOCKS)
EVERY = tuple(Clock)
ANY_OPEN = tuple(state for state in TicketState if state in OPEN)

WAITING = frozenset({LegState.QUEUED, LegState.SENT, LegState.DELIVERED})
AT_WORK = frozenset({LegState.ACCEPTED, LegState.WORKING})
STAYS = LegMove(OPEN_LEGS)
GOES_ON = LegMove(g.ANSWERED_LEGS, LegState.WORKING)
NOT_DONE_AFTER_ALL = LegMove(frozenset({LegState.DONE}), LegState.WORKING)

# A table is read in columns, hence:
# fmt: off
TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        1, "submit for oneself", (), c.Submit, e.Submitted, SUBMITTED, (C,),
        carries="consent version, service, area, story", clocks=start(CITIZEN, C1)),
    Transition(
        2, "submit for another", (), c.SubmitForAnother, e.ConsentAwaited, AWAITING, (F,),
        carries="subject, relation, how consent will be had"),
    Transition(
        3, "consent", (AWAITING,), c.GiveConsent, e.ConsentGiven, SUBMITTED, (C, F),
        carries="consent version, method, proof", clocks=start(CITIZEN, C1)),
    Transition(
        4, "no consent", (AWAITING,), c.RefuseConsent, e.ConsentRefused, CLOSED, (C, X),
        because=ClosedBecause.WITHDRAWN, guards=(g.consent_window_over,),
        carries="at once by the subject, after 7 days by the clock; content erased"),
    Transition(
        5, "route", (SUBMITTED,), c.Route, e.Referred, REFERRED, (X,),
        guards=(g.into_a_vault,), carries="rule id", clocks=stop(C1) + start(*LEG_CLOCKS)),
    Transition(
        6, "verify and refer", (SUBMITTED,), c.Route, e.Referred, REFERRED, (V,),
        guards=(g.into_a_vault,), carries="agency", clocks=stop(C1) + start(*LEG_CLOCKS)),
    Transition(
        7, "ask", (SUBMITTED,), c.Ask, e.Asked, NEEDS_INFO, (V,),
        leg=STAYS, carries="question; at most 2 rounds; no vault ticket",
        guards=(g.may_be_asked, g.words_given, g.rounds_left),
        clocks=pause(*PAUSABLE) + start(C6)),
    Transition(
        7, "ask", (REFERRED, IN_PROGRESS), c.Ask, e.Asked, NEEDS_INFO, (V, A),
        leg=STAYS, carries="question; at most 2 rounds a leg; no vault ticket",
        guards=(g.may_be_asked, g.words_given, g.rounds_left),
        clocks=pause(*PAUSABLE) + start(C6)),
    Transition(
        8, "answer", (NEEDS_INFO,), c.AnswerAsk, e.Answered, None, (C, F),
        carries="answer", guards=(g.words_given,), clocks=stop(C6) + resume(*PAUSABLE)),
    Transition(
        9, "no answer", (NEEDS_INFO,), c.GiveUpWaiting, e.WaitingEnded, CLOSED, (X,),
        because=ClosedBecause.NO_RESPONSE, guards=(g.reminded, g.due_passed),
        carries="C6 over after 3 reminders", clocks=stop(*EVERY)),
    Transition(
        10, "duplicate", (SUBMITTED,), c.MarkDuplicate, e.DuplicateFound, CLOSED, (V,),
        because=ClosedBecause.DUPLICATE, guards=(g.another_ticket,), carries="the older ticket",
        clocks=stop(*EVERY)),
    Transition(
        11, "out of scope", (SUBMITTED,), c.MarkOutOfScope, e.OutOfScopeFound, CLOSED, (V,),
        because=ClosedBecause.OUT_OF_SCOPE, guards=(g.words_given,), carries="where to go",
        clocks=stop(*EVERY)),
    Transition(
        12, "accept", (REFERRED,), c.Accept, e.Accepted, IN_PROGRESS, (A,),
        leg=LegMove(WAITING, LegState.WORKING), guards=(g.expected_ahead,),
        carries="expected date", clocks=stop(C2)),
    Transition(
        13, "return", (REFERRED, IN_PROGRESS), c.Return, e.Returned, TRIAGE, (A,),
        leg=LegMove(WAITING | AT_WORK, LegState.RETURNED),
        guards=(g.stays_in_its_vault, g.words_given),
        carries="reason, better agency; no vault ticket", clocks=stop(*LEG_CLOCKS) + start(C7)),
    Transition(
        14, "not accepted in time", (REFERRED,), c.ReportOverdue, e.AcceptanceOverdue, REFERRED,
        (X,),
        leg=LegMove(WAITING), guards=(g.due_passed,), when=g.first_time_overdue,
        carries="C2 over: level 1; a vault ticket's leg stays", clocks=start(C2)),
    Transition(
        14, "never accepted", (REFERRED,), c.ReportOverdue, e.LegExpired, TRIAGE, (X,),
        leg=LegMove(WAITING, LegState.EXPIRED), guards=(g.due_passed,), when=g.overdue_again,
        carries="C2 over again", clocks=stop(*LEG_CLOCKS) + start(C7)),
    Transition(
        15, "refer again", (TRIAGE,), c.ReferAgain, e.Referred, REFERRED, (V, S),
        guards=(g.supervisor_after_returns, g.into_a_vault),
        carries="agency; S after 2 returns",
        clocks=stop(C7) + start(*LEG_CLOCKS)),
    Transition(
        16, "escalate upwards", (IN_PROGRESS,), c.Escalate, e.Escalated, REFERRED, (A, F, X),
        leg=LegMove(AT_WORK, LegState.RECALLED),
        guards=(g.words_given, g.from_local_desk, g.into_a_vault),
        carries="reason; from village or sub-district",
        clocks=stop(*LEG_CLOCKS) + start(*LEG_CLOCKS)),
    Transition(
        17, "add another agency", (IN_PROGRESS,), c.Wish, Happened, IN_PROGRESS, (A, V),
        carries="minimal data", clocks=start(*LEG_CLOCKS)),
    Transition(
        18, "hold", (IN_PROGRESS,), c.Hold, e.PutOnHold, ON_HOLD, (A,),
        leg=LegMove(AT_WORK, LegState.WAITLISTED), guards=(g.words_given, g.review_near),
        carries="reason, review date within 30 days, milestone", clocks=pause(C4) + start(C8)),
    Transition(
        19, "resume", (ON_HOLD,), c.Resume, e.Resumed, IN_PROGRESS, (A, X),
        leg=LegMove(frozenset({LegState.WAITLISTED}), LegState.WORKING),
        clocks=stop(C8) + resume(C4)),
    Transition(
        20, "resolve", (IN_PROGRESS,), c.Resolve, e.Resolved, RESOLVED, (A,),
        leg=LegMove(AT_WORK, LegState.DONE), guards=(g.words_given,), carries="what was given",
        clocks=stop(C3, C4) + start(C5)),
    Transition(
        21, "decline", (IN_PROGRESS,), c.Decline, e.Declined, DECLINED, (A,),
        leg=LegMove(AT_WORK, LegState.NOT_DONE), guards=(g.reason_listed, g.words_given),
        carries="reason of the list, explanation", clocks=stop(C3, C4) + start(C5)),
    Transition(
        21, "decline", (SUBMITTED,), c.Decline, e.Declined, DECLINED, (V,),
        leg=LegMove(AT_WORK, LegState.NOT_DONE), guards=(g.reason_listed, g.words_given),
        carries="reason of the list, explanation", clocks=stop(C1) + start(C5)),
    Transition(
        22, "SUDAH", (RESOLVED,), c.Confirm, e.Confirmed, CLOSED, (C, F),
        because=ClosedBecause.CONFIRMED, guards=(g.stars_known,), carries="rating, if any",
        clocks=stop(*EVERY) + start(C9)),
    Transition(
        22, "rate", (CLOSED,), c.Rate, e.Rated, CLOSED, (C, F),
        guards=(g.stars_known,), when=g.is_solved, carries="1 to 5, after SUDAH"),
    Transition(
        23, "BELUM", (RESOLVED,), c.NotYet, e.NotSolved, IN_PROGRESS, (C, F),
        leg=NOT_DONE_AFTER_ALL, guards=(g.words_given,), when=g.first_time_unsolved,
        carries="reason; same agency", clocks=stop(C5) + start(C4)),
    Transition(
        24, "second BELUM", (RESOLVED,), c.NotYet, e.StillNotSolved, APPEAL, (C, F),
        guards=(g.words_given,), when=g.unsolved_again,
        carries="reason; the system takes it there", clocks=stop(C5) + start(C10)),
    Transition(
        25, "silence", (RESOLVED,), c.CloseUnanswered, e.AutoConfirmed, CLOSED, (X,),
        because=ClosedBecause.AUTO_CONFIRMED, guards=(g.reached_and_silent,),
        carries="C5 over and the notice was delivered", clocks=stop(*EVERY)),
    Transition(
        26, "accept the refusal", (DECLINED,), c.AcceptDecline, e.DeclineAccepted, CLOSED, (C,),
        because=ClosedBecause.DECLINED_ACCEPTED, clocks=stop(*EVERY)),
    Transition(
        26, "silence", (DECLINED,), c.CloseUnanswered, e.DeclineAccepted, CLOSED, (X,),
        because=ClosedBecause.DECLINED_ACCEPTED, guards=(g.reached_and_silent,),
        carries="C5 over and the notice was delivered", clocks=stop(*EVERY)),
    Transition(
        27, "BANDING", (DECLINED,), c.Appeal, e.Appealed, APPEAL, (C, F),
        guards=(g.words_given,), carries="a reason in any words", clocks=stop(C5) + start(C10)),
    Transition(
        27, "BANDING", (CLOSED,), c.Appeal, e.Appealed, APPEAL, (C, F),
        guards=(g.words_given, g.closed_lately), when=g.was_out_of_scope,
        carries="a reason; within 30 days of out of scope",
        clocks=stop(C9) + resume(CITIZEN) + start(C10)),
    Transition(
        28, "overturn", (APPEAL,), c.Overturn, e.Overturned, IN_PROGRESS, (P,),
        leg=GOES_ON, guards=(g.fresh_eyes, g.words_given), when=g.agency_answered,
        carries="written reason; level + 1", clocks=stop(C10) + start(C4)),
    Transition(
        28, "overturn", (APPEAL,), c.Overturn, e.OverturnedToDesk, TRIAGE, (P,),
        guards=(g.fresh_eyes, g.words_given), when=g.no_agency_answered,
        carries="written reason; level + 1; no agency had it", clocks=stop(C10) + start(C7)),
    Transition(
        29, "uphold", (APPEAL,), c.Uphold, e.Upheld, CLOSED, (P,),
        because=ClosedBecause.APPEAL_FINAL, guards=(g.fresh_eyes, g.words_given),
        carries="reason, Ombudsman contact", clocks=stop(*EVERY)),
    Transition(
        30, "withdraw", ANY_OPEN, c.Withdraw, e.Withdrawn, CLOSED, (C, F),
        because=ClosedBecause.WITHDRAWN, carries="reason asked", clocks=stop(*EVERY)),
    Transition(
        31, "reopen", (CLOSED,), c.Reopen, e.Reopened, SUBMITTED, (C, F, V),
        guards=(g.words_given, g.closed_lately), when=g.no_agency_answered,
        carries="a new fact; within 30 days", clocks=stop(C9) + resume(CITIZEN) + start(C1)),
    Transition(
        31, "reopen", (CLOSED,), c.Reopen, e.ReopenedAtAgency, IN_PROGRESS, (C, F, V),
        leg=GOES_ON, guards=(g.words_given, g.closed_lately), when=g.agency_answered,
        carries="a new fact; within 30 days; same leg",
        clocks=stop(C9) + resume(CITIZEN) + start(C4)),
    Transition(
        32, "not received", (CLOSED,), c.ReportNotReceived, e.NotReceived, IN_PROGRESS, (C,),
        leg=NOT_DONE_AFTER_ALL, when=g.is_solved, carries="C9 answered; level 1; a false closure",
        clocks=stop(C9) + resume(CITIZEN) + start(C4)),
    Transition(
        33, "hand over", ANY_OPEN, c.HandOver, e.HandedOver, CLOSED, (V, S),
        because=ClosedBecause.HANDED_OVER, guards=(g.number_given,), carries="external number",
        clocks=stop(*EVERY)),
    Transition(
        34, "void", (*ANY_OPEN, CLOSED), c.Void, e.Voided, VOID, (D,),
        guards=(g.words_given, g.two_people), carries="reason, a second person",
        clocks=stop(*EVERY)),
)
# fmt: on

OUTCOMES: Mapping[type[Happened], Transition] = {entry.event: entry for entry in TRANSITIONS}
"""Where each event leads; entries that share an event agree on that."""

ENTRIES: Mapping[type[c.Wish], tuple[Transition, ...]] = {
    wish: tuple(entry for entry in TRANSITIONS if entry.command is wish)
    for wish in {entry.command for entry in TRANSITIONS}
}
"""The entries that each command can take."""
