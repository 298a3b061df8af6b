"""The table of all transitions of a ticket: what decides, folds, draws and tests go by.

One entry is one way of one row of the lifecycle; row 0 is what has no number there. Where it leads
to an agency or triage, the ticket stays with its other open legs (`referrals.folding`).
"""

from collections.abc import Mapping

from referrals import branches as b
from referrals import clock_guards as k
from referrals import commands as c
from referrals import events as e
from referrals import guards as g
from referrals.clocks import Clock, halve, pause, resume, start, stop
from referrals.entries import (
    ANY_OPEN,
    ASKED_ABOUT,
    AT_WORK,
    EVERY,
    FILED,
    GOES_ON,
    HELD,
    LEG_CLOCKS,
    NOT_DONE_AFTER_ALL,
    PAUSABLE,
    WAITING,
    LegMove,
    Transition,
)
from referrals.happened import Happened
from referrals.roles import Role
from referrals.ticket import ClosedBecause, LegState, TicketState
from referrals.unnumbered import UNNUMBERED

C, F, V, A, S, P, D, X = Role
AWAITING, SUBMITTED, NEEDS_INFO, TRIAGE, REFERRED, IN_PROGRESS, ON_HOLD = tuple(TicketState)[:7]
RESOLVED, DECLINED, APPEAL, CLOSED, VOID = tuple(TicketState)[7:]
CITIZEN, C1, C2, C3, C4, C5, C6, C7, C8, C9, C10, C11 = Clock
SILENT = (k.reached, k.reminded, k.reply_window_over)

# A table is read in columns, hence:
# fmt: off
NUMBERED: tuple[Transition, ...] = (
    Transition(
        1, "submit for oneself", (), c.Submit, e.Submitted, SUBMITTED, (C,),
        carries="consent version, service, area, story", clocks=start(CITIZEN, C1, C8)),
    Transition(
        2, "submit for another", (), c.SubmitForAnother, e.ConsentAwaited, AWAITING, (F,),
        carries="subject, relation, how consent will be had"),
    Transition(
        3, "consent", (AWAITING,), c.GiveConsent, e.ConsentGiven, SUBMITTED, (C, F),
        carries="consent version, method, proof", clocks=start(CITIZEN, C1, C8)),
    Transition(
        4, "no consent", (AWAITING,), c.RefuseConsent, e.ConsentRefused, CLOSED, (C, X),
        because=ClosedBecause.WITHDRAWN, guards=(k.consent_window_over,),
        carries="at once by the subject, after 7 days by the clock; content erased"),
    Transition(
        5, "route", (SUBMITTED,), c.Route, e.Referred, REFERRED, (X,), opens_leg=True,
        guards=(k.cooled_down, g.into_a_vault), carries="rule id; the time to take it back over",
        clocks=stop(C1) + start(*LEG_CLOCKS)),
    Transition(
        6, "verify and refer", (SUBMITTED,), c.Route, e.Referred, REFERRED, (V,), opens_leg=True,
        guards=(k.cooled_down, g.into_a_vault), carries="agency; the time to take it back over",
        clocks=stop(C1) + start(*LEG_CLOCKS)),
    Transition(
        7, "ask", (SUBMITTED,), c.Ask, e.Asked, NEEDS_INFO, (V,), awaits=True,
        leg=ASKED_ABOUT, carries="question; at most 2 rounds; no vault ticket",
        guards=(g.may_be_asked, g.words_given, g.rounds_left),
        clocks=pause(*PAUSABLE) + start(C6, C11)),
    Transition(
        7, "ask", (REFERRED, IN_PROGRESS), c.Ask, e.Asked, NEEDS_INFO, (V, A), awaits=True,
        leg=ASKED_ABOUT, carries="question; at most 2 rounds a leg; no vault ticket",
        guards=(g.may_be_asked, g.words_given, g.rounds_left),
        clocks=pause(*PAUSABLE) + start(C6, C11)),
    Transition(
        8, "answer", (NEEDS_INFO,), c.AnswerAsk, e.Answered, None, (C, F), back=True,
        carries="answer", guards=(g.words_given,), clocks=stop(C6, C11) + resume(*PAUSABLE)),
    Transition(
        9, "no answer", (NEEDS_INFO,), c.GiveUpWaiting, e.WaitingEnded, CLOSED, (X,),
        because=ClosedBecause.NO_RESPONSE, guards=(*SILENT, k.due_passed),
        carries="C6 over after 3 reminders; the question was delivered", clocks=stop(*EVERY)),
    Transition(
        10, "duplicate", (SUBMITTED, TRIAGE, REFERRED, IN_PROGRESS), c.MarkDuplicate,
        e.DuplicateFound, CLOSED, (V,), because=ClosedBecause.DUPLICATE,
        guards=(g.stays_in_its_vault, g.another_ticket), clocks=stop(*EVERY),
        carries="the older ticket; no vault ticket"),
    Transition(
        11, "out of scope", (SUBMITTED,), c.MarkOutOfScope, e.OutOfScopeFound, CLOSED, (V,),
        because=ClosedBecause.OUT_OF_SCOPE, guards=(g.words_given,), carries="where to go",
        clocks=stop(*EVERY)),
    Transition(
        11, "out of scope", (TRIAGE, REFERRED, IN_PROGRESS), c.MarkOutOfScope, e.OutOfScopeFound,
        CLOSED, (V,), because=ClosedBecause.OUT_OF_SCOPE, when=b.lies_with_the_desk,
        guards=(g.stays_in_its_vault, g.words_given), clocks=stop(*EVERY),
        carries="where to go; nobody has a share, or answered for one, but the desk itself"),
    Transition(
        12, "accept", (REFERRED, IN_PROGRESS), c.Accept, e.Accepted, IN_PROGRESS, (A,),
        beside=True, leg=LegMove(WAITING, LegState.WORKING), guards=(g.expected_ahead,),
        carries="expected date, which stops C3", clocks=stop(C2)),
    Transition(
        13, "return", (REFERRED, IN_PROGRESS), c.Return, e.Returned, TRIAGE, (A,), beside=True,
        leg=LegMove(WAITING | AT_WORK, LegState.RETURNED),
        guards=(g.stays_in_its_vault, g.words_given),
        carries="reason, better agency if known; no vault ticket",
        clocks=stop(*LEG_CLOCKS) + start(C7)),
    Transition(
        14, "not accepted in time", (REFERRED, IN_PROGRESS), c.ReportOverdue,
        e.AcceptanceOverdue, None, (X,), beside=True,
        leg=LegMove(WAITING), guards=(k.due_passed,), when=b.first_time_overdue,
        carries="C2 over: level 1; a vault ticket's leg stays", clocks=start(C2)),
    Transition(
        14, "never accepted", (REFERRED, IN_PROGRESS), c.ReportOverdue, e.LegExpired, TRIAGE,
        (X,), beside=True,
        leg=LegMove(WAITING, LegState.EXPIRED), guards=(k.due_passed,), when=b.overdue_again,
        carries="C2 over again", clocks=stop(*LEG_CLOCKS) + start(C7)),
    Transition(
        15, "refer again", (TRIAGE,), c.ReferAgain, e.Referred, REFERRED, (V, S), opens_leg=True,
        guards=(g.supervisor_after_returns, g.share_looks, g.into_a_vault),
        carries="agency; which share, if several came back; S after 2 returns",
        clocks=stop(C7) + start(*LEG_CLOCKS)),
    Transition(
        16, "escalate upwards", (IN_PROGRESS,), c.Escalate, e.Escalated, REFERRED, (A, F, X),
        beside=True, opens_leg=True, leg=LegMove(AT_WORK, LegState.RECALLED),
        guards=(g.reason_given, g.from_local_desk, g.not_there_yet, g.into_a_vault),
        carries="reason, or the time that passed; from village or sub-district",
        clocks=stop(*LEG_CLOCKS) + start(*LEG_CLOCKS)),
    Transition(
        17, "add another agency", (IN_PROGRESS,), c.AddAgency, e.AgencyAdded, None, (A,),
        opens_leg=True, guards=(g.not_there_yet, g.into_a_vault), carries="minimal data",
        clocks=start(*LEG_CLOCKS)),
    Transition(
        17, "add another agency", HELD, c.AddAgency, e.AgencyAdded, None, (V, S), opens_leg=True,
        guards=(g.not_there_yet, g.share_looks, g.into_a_vault), when=b.at_agencies,
        carries="minimal data; where shares came back it is for one of them",
        clocks=stop(C7) + start(*LEG_CLOCKS)),
    Transition(
        18, "hold", (IN_PROGRESS,), c.Hold, e.PutOnHold, ON_HOLD, (A,), beside=True,
        leg=LegMove(AT_WORK, LegState.WAITLISTED), guards=(g.words_given, g.review_near),
        carries="reason, review date within 30 days, milestone", clocks=stop(C3) + pause(C4)),
    Transition(
        19, "resume", (ON_HOLD, REFERRED, IN_PROGRESS), c.Resume, e.Resumed, IN_PROGRESS, (A, X),
        beside=True, leg=LegMove(frozenset({LegState.WAITLISTED}), LegState.WORKING),
        guards=(k.review_come,), carries="the clock: on the review date", clocks=resume(C4)),
    Transition(
        20, "resolve", (IN_PROGRESS,), c.Resolve, e.Resolved, RESOLVED, (A,), awaits=True,
        leg=LegMove(AT_WORK, LegState.DONE), guards=(g.words_given,), when=b.last_share,
        carries="what was given", clocks=stop(C3, C4, C7) + start(C11)),
    Transition(
        20, "resolve one share", (IN_PROGRESS,), c.Resolve, e.LegDone, None, (A,), beside=True,
        leg=LegMove(AT_WORK, LegState.DONE), guards=(g.words_given,), when=b.other_shares,
        carries="what was given; other shares are open", clocks=stop(C3, C4)),
    Transition(
        21, "decline", (IN_PROGRESS,), c.Decline, e.Declined, DECLINED, (A,), awaits=True,
        leg=LegMove(AT_WORK, LegState.NOT_DONE), guards=(g.reason_listed, g.words_given),
        when=b.last_share_none_done,
        carries="reason of the list, explanation", clocks=stop(C3, C4, C7) + start(C11)),
    Transition(
        21, "decline one share", (IN_PROGRESS,), c.Decline, e.LegNotDone, None, (A,), beside=True,
        leg=LegMove(AT_WORK, LegState.NOT_DONE), guards=(g.reason_listed, g.words_given),
        when=b.other_shares,
        carries="reason of the list, explanation; other shares are open", clocks=stop(C3, C4)),
    Transition(
        21, "decline the last share", (IN_PROGRESS,), c.Decline, e.ResolvedInPart, RESOLVED, (A,),
        leg=LegMove(AT_WORK, LegState.NOT_DONE), guards=(g.reason_listed, g.words_given),
        when=b.last_share_some_done, awaits=True,
        carries="reason of the list, explanation; another share was done",
        clocks=stop(C3, C4, C7) + start(C11)),
    Transition(
        21, "decline", (SUBMITTED,), c.Decline, e.Declined, DECLINED, (V,), awaits=True,
        leg=LegMove(AT_WORK, LegState.NOT_DONE), guards=(g.reason_listed, g.words_given),
        carries="reason of the list, explanation", clocks=stop(C1) + start(C11)),
    Transition(
        22, "SUDAH", (RESOLVED,), c.Confirm, e.Confirmed, CLOSED, (C, F),
        because=ClosedBecause.CONFIRMED, guards=(g.stars_known,), carries="rating, if any",
        clocks=stop(*EVERY) + start(C9)),
    Transition(
        22, "rate", (CLOSED,), c.Rate, e.Rated, CLOSED, (C, F),
        guards=(g.stars_known,), when=b.is_solved, carries="1 to 5, after SUDAH"),
    Transition(
        23, "BELUM", (RESOLVED,), c.NotYet, e.NotSolved, IN_PROGRESS, (C, F),
        leg=NOT_DONE_AFTER_ALL, guards=(g.words_given, g.done_before), when=b.first_time_unsolved,
        carries="reason; which share; same agency, half its time",
        clocks=stop(C5, C11) + start(C4) + halve(C4)),
    Transition(
        24, "second BELUM", (RESOLVED,), c.NotYet, e.StillNotSolved, APPEAL, (C, F),
        guards=(g.words_given, g.done_before), when=b.unsolved_again,
        carries="reason; which share; the system takes it there",
        clocks=stop(C5, C11) + start(C10)),
    Transition(
        25, "silence", (RESOLVED,), c.CloseUnanswered, e.AutoConfirmed, CLOSED, (X,),
        because=ClosedBecause.AUTO_CONFIRMED, guards=SILENT,
        carries="C5 over after 3 reminders; the notice was delivered",
        clocks=stop(*EVERY) + start(C9)),
    Transition(
        26, "accept the refusal", (DECLINED,), c.AcceptDecline, e.DeclineAccepted, CLOSED, (C, F),
        because=ClosedBecause.DECLINED_ACCEPTED, clocks=stop(*EVERY)),
    Transition(
        26, "silence", (DECLINED,), c.CloseUnanswered, e.DeclineUnopposed, CLOSED, (X,),
        because=ClosedBecause.DECLINED_ACCEPTED, guards=SILENT,
        carries="C5 over after 3 reminders; the notice was delivered", clocks=stop(*EVERY)),
    Transition(
        27, "BANDING", (DECLINED,), c.Appeal, e.Appealed, APPEAL, (C, F),
        guards=(g.words_given, g.refused_before), carries="a reason in any words; which share",
        clocks=stop(C5, C11) + start(C10)),
    Transition(
        27, "BANDING", (RESOLVED,), c.Appeal, e.Appealed, APPEAL, (C, F),
        guards=(g.words_given, g.refused_before), when=b.some_share_refused,
        carries="a reason; a share was refused, another done", clocks=stop(C5, C11) + start(C10)),
    Transition(
        27, "BANDING", (CLOSED,), c.Appeal, e.Appealed, APPEAL, (C, F),
        guards=(g.words_given, g.closed_lately), when=b.was_out_of_scope,
        carries="a reason; within 30 days of out of scope", clocks=resume(CITIZEN) + start(C10)),
    Transition(
        28, "overturn", (APPEAL,), c.Overturn, e.Overturned, IN_PROGRESS, (P,),
        leg=GOES_ON, guards=(g.fresh_eyes, g.words_given), when=b.agency_answered,
        carries="written reason; level + 1", clocks=stop(C10) + start(C4)),
    Transition(
        28, "overturn", (APPEAL,), c.Overturn, e.OverturnedToDesk, TRIAGE, (P,),
        guards=(g.fresh_eyes, g.words_given), when=b.no_agency_answered,
        carries="written reason; level + 1; no agency had it", clocks=stop(C10) + start(C7)),
    Transition(
        29, "uphold", (APPEAL,), c.Uphold, e.Upheld, CLOSED, (P,),
        because=ClosedBecause.APPEAL_FINAL, guards=(g.fresh_eyes, g.words_given),
        carries="reason, Ombudsman contact", clocks=stop(*EVERY)),
    Transition(
        30, "withdraw", ANY_OPEN, c.Withdraw, e.Withdrawn, CLOSED, (C, F),
        because=ClosedBecause.WITHDRAWN, carries="reason asked; whether it is their own wish",
        clocks=stop(*EVERY)),
    Transition(
        31, "reopen", (CLOSED,), c.Reopen, e.Reopened, SUBMITTED, (C, F, V),
        guards=(g.agreed_to, g.words_given, g.closed_lately), when=b.no_agency_answered,
        carries="a new fact; within 30 days", clocks=stop(C9) + resume(CITIZEN) + start(C1)),
    Transition(
        31, "reopen", (CLOSED,), c.Reopen, e.ReopenedAtAgency, IN_PROGRESS, (C, F, V),
        leg=GOES_ON, guards=(g.words_given, g.answered_before, g.closed_lately),
        when=b.agency_answered, carries="a new fact; within 30 days; same leg",
        clocks=stop(C9) + resume(CITIZEN) + start(C4)),
    Transition(
        32, "not received", (CLOSED,), c.ReportNotReceived, e.NotReceived, IN_PROGRESS, (C, F),
        leg=NOT_DONE_AFTER_ALL, guards=(k.outcome_asked, g.done_before), when=b.is_solved,
        carries="C9 answered; which share; level 1; a false closure",
        clocks=stop(C9) + resume(CITIZEN) + start(C4)),
    Transition(
        33, "hand over", FILED, c.HandOver, e.HandedOver, CLOSED, (V, S),
        because=ClosedBecause.HANDED_OVER, guards=(g.number_given,), carries="external number",
        clocks=stop(*EVERY)),
    Transition(
        34, "void", (*ANY_OPEN, CLOSED), c.Void, e.Voided, VOID, (D,),
        guards=(g.words_given, g.two_people), carries="reason, a second person",
        clocks=stop(*EVERY)),
)
# fmt: on

TRANSITIONS = NUMBERED + UNNUMBERED

OUTCOMES: Mapping[tuple[type[Happened], TicketState | None], Transition] = {
    (entry.event, source): entry
    for entry in TRANSITIONS
    for source in (*entry.sources, *((NEEDS_INFO,) if entry.beside else ())) or (None,)
}
"""Where each event leads from each state; entries that share both agree on that."""

ENTRIES: Mapping[type[c.Wish], tuple[Transition, ...]] = {
    wish: tuple(entry for entry in TRANSITIONS if entry.command is wish)
    for wish in {entry.command for entry in TRANSITIONS}
}
"""The entries that each command can take."""
