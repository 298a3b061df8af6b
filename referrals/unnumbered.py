"""What the lifecycle gives no number: what the clock, the couriers and the desk note (row 0)."""

from referrals import branches as b
from referrals import clock_guards as k
from referrals import commands as c
from referrals import events as e
from referrals import guards as g
from referrals.clocks import Clock, pause, resume, start, stop
from referrals.entries import (
    EVERY,
    FILED,
    HELD,
    LEG_CLOCKS,
    UNACCEPTED,
    WAITING,
    LegMove,
    Transition,
)
from referrals.roles import Role
from referrals.ticket import OPEN_LEGS, ClosedBecause, LegState, TicketState

C, F, V, A, S, P, D, X = Role
NEEDS_INFO, TRIAGE = TicketState.NEEDS_INFO, TicketState.TRIAGE
RESOLVED, DECLINED, CLOSED = TicketState.RESOLVED, TicketState.DECLINED, TicketState.CLOSED
C3, C4, C5, C6 = Clock.C3, Clock.C4, Clock.C5, Clock.C6
C7, C9, C11 = Clock.C7, Clock.C9, Clock.C11
SILENCE_COUNTS = (RESOLVED, DECLINED)

# A table is read in columns, hence:
# fmt: off
UNNUMBERED: tuple[Transition, ...] = (
    Transition(
        0, "add", FILED, c.Add, e.Added, None, (C, F), quiet=True,
        guards=(g.words_given,), carries="what the citizen adds"),
    Transition(
        0, "sent", UNACCEPTED, c.NoteSent, e.LegSent, None, (X,), quiet=True,
        leg=LegMove(frozenset({LegState.QUEUED}), LegState.SENT), carries="the letter went out"),
    Transition(
        0, "delivered", UNACCEPTED, c.NoteDelivered, e.LegDelivered, None, (X,),
        leg=LegMove(frozenset({LegState.QUEUED, LegState.SENT}), LegState.DELIVERED),
        carries="the letter arrived"),
    Transition(
        0, "undeliverable", UNACCEPTED, c.NoteUndeliverable, e.LegUndeliverable, TRIAGE, (X,),
        leg=LegMove(WAITING, LegState.UNDELIVERABLE), guards=(g.stays_in_its_vault,),
        carries="no way works; no vault ticket", clocks=stop(*LEG_CLOCKS) + start(C7)),
    Transition(
        0, "recall", HELD, c.Recall, e.LegRecalled, TRIAGE, (V, S),
        leg=LegMove(OPEN_LEGS, LegState.RECALLED), guards=(g.stays_in_its_vault, g.words_given),
        carries="reason; no vault ticket", clocks=stop(*LEG_CLOCKS) + start(C7)),
    Transition(
        0, "milestone", HELD, c.ReportMilestone, e.MilestoneReached, None, (A, V),
        guards=(g.something_told,), when=b.ours_to_go_on, carries="a milestone, or words",
        clocks=stop(C3) + resume(C4)),
    Transition(
        0, "left to the centre", HELD, c.ReportMilestone, e.LeftToCentre, None, (A, V),
        guards=(g.something_told,), when=b.left_to_centre,
        carries="a milestone after which central government decides",
        clocks=stop(C3) + pause(C4)),
    Transition(
        0, "remind", (NEEDS_INFO, *SILENCE_COUNTS), c.Remind, e.Reminded, None, (X,),
        guards=(k.reached, k.next_reminder), carries="C5: days 1, 5, 9; C6: days 3, 6, 9"),
    Transition(
        0, "breach", FILED, c.Breach, e.Breached, None, (X,),
        guards=(k.next_level, k.due_passed),
        carries="C1, C3, C4, C7, C10, C11 or the citizen's over: level 1 to 3"),
    Transition(
        0, "still waiting", FILED, c.Heartbeat, e.StillWaiting, None, (X,),
        guards=(k.long_silent,), carries="C8: 13 days without a word"),
    Transition(
        0, "reached", SILENCE_COUNTS, c.Reach, e.Reached, None, (X, V, S, F), quiet=True,
        guards=(k.awaited,), carries="the answer was delivered",
        clocks=stop(C11) + start(C5)),
    Transition(
        0, "reached", (NEEDS_INFO,), c.Reach, e.Reached, None, (X, V, S, F), quiet=True,
        guards=(k.awaited,), carries="the question was delivered",
        clocks=stop(C11) + start(C6)),
    Transition(
        0, "reached safely", SILENCE_COUNTS, c.Reach, e.Reached, None, (A,), quiet=True,
        guards=(k.awaited,), when=b.told_by_its_vault, clocks=stop(C11) + start(C5),
        carries="of a vault"),
    Transition(
        0, "not reached", (NEEDS_INFO, *SILENCE_COUNTS), c.Unreached, e.NotReached, None, (X,),
        quiet=True, guards=(k.awaited,), carries="a person calls or visits"),
    Transition(
        0, "join", FILED, c.Join, e.Joined, None, (V, S), quiet=True,
        guards=(g.another_ticket, g.not_joined_yet), carries="a duplicate; the older clock"),
    Transition(
        0, "take over", (*FILED, CLOSED), c.TakeOver, e.TakenOver, None, (C,), quiet=True,
        guards=(g.represented,), carries="KLAIM: what somebody else filed for them"),
    Transition(
        0, "abuse", FILED, c.CloseAsAbuse, e.AbuseFound, CLOSED, (D,),
        because=ClosedBecause.ABUSE, guards=(g.words_given, g.two_people),
        carries="reason, a second person", clocks=stop(*EVERY)),
    Transition(
        0, "subject gone", FILED, c.CloseAsGone, e.SubjectGone, CLOSED, (D,),
        because=ClosedBecause.SUBJECT_GONE, guards=(g.words_given, g.two_people),
        carries="died or moved; reason, a second person", clocks=stop(*EVERY)),
    Transition(
        0, "ask for the outcome", (CLOSED,), c.AskOutcome, e.OutcomeAsked, CLOSED, (X,),
        guards=(k.outcome_open,), when=b.is_solved, carries="C9 over", clocks=stop(C9)),
    Transition(
        0, "received", (CLOSED,), c.ReceivedAfterAll, e.OutcomeConfirmed, CLOSED, (C, F),
        guards=(k.outcome_asked,), when=b.is_solved, carries="C9 answered"),
)
# fmt: on
