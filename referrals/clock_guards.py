"""Guards that look at the time: what is too early, too late, or was done already."""

from datetime import timedelta

from referrals import commands
from referrals.attempts import EAST, Attempt, Why, wished_leg
from referrals.clocks import Clock, Running
from referrals.roles import Role
from referrals.ticket import Aftercare, Ticket, TicketState
from referrals.told import told

REMINDERS = 3
REPLY_WINDOW = timedelta(days=10)  # C5
CONSENT_WINDOW = timedelta(days=7)
OUTCOME_AFTER = timedelta(days=28)  # C9
HEARTBEAT = timedelta(days=13)  # C8: a day before anybody was left silent for 14
HIGHEST = 3  # escalation level
BREACHABLE = frozenset({Clock.C1, Clock.C3, Clock.C4, Clock.C7, Clock.C10, Clock.C11})
RISING = BREACHABLE | {Clock.CITIZEN}  # clocks of which those above are told
PATIENCE = {TicketState.NEEDS_INFO: Clock.C6}  # else C5: which clock waits for the citizen
TIMED = commands.ReportOverdue | commands.GiveUpWaiting | commands.Breach


def due_passed(attempt: Attempt) -> Why | None:
    """Refuse a clock's command before its time."""
    wish, now = attempt.command, attempt.now
    due = wish.due if isinstance(wish, TIMED) else now
    return Why.TOO_EARLY if now < due else None


def reminded(attempt: Attempt) -> Why | None:
    """Refuse to take a citizen's silence for an answer who was not reminded three times."""
    clock = patience(attempt.ticket)
    times = clock.reminded if clock else 0
    return Why.REMINDERS_MISSING if times < REMINDERS else None


def consent_window_over(attempt: Attempt) -> Why | None:
    """Let the subject say no at once, and the clock only after seven days of silence."""
    silent = attempt.actor.role is Role.SYSTEM
    waiting = attempt.now < attempt.ticket.since + CONSENT_WINDOW
    return Why.TOO_EARLY if silent and waiting else None


def reached(attempt: Attempt) -> Why | None:
    """Refuse to take silence for an answer to what never arrived."""
    awaited = attempt.ticket.awaited
    return None if awaited and awaited.reached else Why.NOT_DELIVERED


def reply_window_over(attempt: Attempt) -> Why | None:
    """Refuse to take silence for a yes before ten days have passed since the notice arrived."""
    awaited = attempt.ticket.awaited
    since = (awaited and awaited.reached) or attempt.now
    return Why.TOO_EARLY if attempt.now < since + REPLY_WINDOW else None


def review_come(attempt: Attempt) -> Why | None:
    """Let the agency go on at any time, and the clock on the day of the review."""
    leg = wished_leg(attempt)
    today = (attempt.now + EAST).date()
    early = leg is not None and leg.review is not None and today < leg.review
    return Why.TOO_EARLY if early and attempt.actor.role is Role.SYSTEM else None


def next_reminder(attempt: Attempt) -> Why | None:
    """Refuse any reminder but the next one of the clock that waits for the citizen."""
    wish, clock = attempt.command, patience(attempt.ticket)
    if not isinstance(wish, commands.Remind) or clock is None or wish.clock is not clock.clock:
        return Why.NOT_NOW
    if wish.number <= clock.reminded:
        return Why.ALREADY
    return None if wish.number == clock.reminded + 1 <= REMINDERS else Why.TOO_EARLY


def next_level(attempt: Attempt) -> Why | None:
    """Refuse to tell of a breach where no such clock runs, or those who were told already."""
    wish = attempt.command
    if not isinstance(wish, commands.Breach) or wish.clock not in RISING:
        return Why.NOT_NOW
    clock = attempt.ticket.clock(wish.clock, 0 if wish.clock is Clock.CITIZEN else wish.leg)
    if clock is None or clock.paused:
        return Why.NOT_NOW
    level = told(attempt.ticket, clock).level
    if wish.level <= level:
        return Why.ALREADY
    return None if wish.level == level + 1 <= HIGHEST else Why.TOO_EARLY


def long_silent(attempt: Attempt) -> Why | None:
    """Refuse a sign of life to who heard of us lately."""
    clock = attempt.ticket.clock(Clock.C8)
    early = clock is not None and attempt.now < clock.since + HEARTBEAT
    return Why.TOO_EARLY if early else None


def outcome_open(attempt: Attempt) -> Why | None:
    """Refuse to ask for the outcome too early, or twice."""
    clock = attempt.ticket.clock(Clock.C9)
    if clock is None:
        return Why.ALREADY
    return Why.TOO_EARLY if attempt.now < clock.since + OUTCOME_AFTER else None


def outcome_asked(attempt: Attempt) -> Why | None:
    """Refuse an answer that nobody asked for, or that was given."""
    outcome = attempt.ticket.outcome
    if outcome is Aftercare.ASKED:
        return None
    return Why.ALREADY if outcome else Why.NOT_NOW


def awaited(attempt: Attempt) -> Why | None:
    """Refuse a receipt for another notice than the one that waits for it, or a second one."""
    wish, notice = attempt.command, attempt.ticket.awaited
    of = wish.of if isinstance(wish, commands.Reach | commands.Unreached) else 0
    if notice is None or of != notice.of:
        return Why.NOT_NOW
    failed_again = isinstance(wish, commands.Unreached) and notice.failed
    return Why.ALREADY if notice.reached or failed_again else None


def cooled_down(attempt: Attempt) -> Why | None:
    """Refuse to forward what its citizen may still take back unseen."""
    return Why.TOO_EARLY if attempt.now < attempt.ticket.cools_until else None


def patience(ticket: Ticket) -> Running | None:
    """Return the clock that waits for the citizen, or None."""
    return ticket.clock(PATIENCE.get(ticket.state, Clock.C5))
