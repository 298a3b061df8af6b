"""What must be true before a row of the table may be taken; the first false one is the answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from referrals import commands
from referrals.directory import Sensitivity
from referrals.ticket import Actor, ClosedBecause, DeclineReason, LegState, Role, Ticket

ASK_ROUNDS = 2
RETURNS_BEFORE_SUPERVISOR = 2
REMINDERS = 3
REOPEN_WINDOW = timedelta(days=30)
REVIEW_WINDOW = timedelta(days=30)
REPLY_WINDOW = timedelta(days=10)  # C5
CONSENT_WINDOW = timedelta(days=7)
STARS = range(1, 6)
SOLVED = frozenset({ClosedBecause.CONFIRMED, ClosedBecause.AUTO_CONFIRMED})
SENDING = commands.Route | commands.ReferAgain | commands.Escalate
ANSWERED_LEGS = frozenset({LegState.DONE, LegState.NOT_DONE})


class Why(StrEnum):
    """Why a command is refused: an expected outcome, never an error."""

    NOT_NOW = "not_now"
    ALREADY = "already"
    NOT_YOURS = "not_yours"
    WORDS_MISSING = "words_missing"
    REASON_UNKNOWN = "reason_unknown"
    TOO_MANY_ROUNDS = "too_many_rounds"
    EXPECTED_IN_PAST = "expected_in_past"
    REVIEW_TOO_FAR = "review_too_far"
    SUPERVISOR_DECIDES = "supervisor_decides"
    STARS_UNKNOWN = "stars_unknown"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NOT_DELIVERED = "not_delivered"
    REMINDERS_MISSING = "reminders_missing"
    HANDLED_BEFORE = "handled_before"
    SECOND_PERSON_MISSING = "second_person_missing"
    NUMBER_MISSING = "number_missing"
    SAME_TICKET = "same_ticket"
    NOT_LOCAL = "not_local"
    NOT_A_VAULT = "not_a_vault"
    VAULT_STAYS = "vault_stays"
    VAULT_IS_NOT_ASKED = "vault_is_not_asked"


class Attempt(Struct, frozen=True):
    """Somebody wants something done with a ticket that exists."""

    ticket: Ticket
    command: commands.Command
    actor: Actor
    now: datetime  # UTC


Guard = Callable[[Attempt], Why | None]
When = Callable[[Ticket], bool]


def words_given(attempt: Attempt) -> Why | None:
    """Refuse a command that needs words (question, answer, reason, outcome) and has none."""
    return None if attempt.command.words else Why.WORDS_MISSING


def rounds_left(attempt: Attempt) -> Why | None:
    """Refuse a third round of questions: the citizen is not an errand boy."""
    ticket = attempt.ticket
    leg = ticket.open_leg
    return Why.TOO_MANY_ROUNDS if (leg or ticket).asked >= ASK_ROUNDS else None


def expected_ahead(attempt: Attempt) -> Why | None:
    """Refuse to be done before today (by UTC, which is never ahead of Indonesia)."""
    wish = attempt.command
    day = wish.expected if isinstance(wish, commands.Accept) else None
    return Why.EXPECTED_IN_PAST if day and day < attempt.now.date() else None


def review_near(attempt: Attempt) -> Why | None:
    """Refuse a review date in the past or more than 30 days away."""
    wish, today = attempt.command, attempt.now.date()
    day = wish.review if isinstance(wish, commands.Hold) else today
    return None if today <= day <= today + REVIEW_WINDOW else Why.REVIEW_TOO_FAR


def supervisor_after_returns(attempt: Attempt) -> Why | None:
    """Leave a ticket that came back twice to the supervisor."""
    settled = attempt.actor.role is Role.SUPERVISOR
    returns = attempt.ticket.returns
    return None if settled or returns < RETURNS_BEFORE_SUPERVISOR else Why.SUPERVISOR_DECIDES


def reason_listed(attempt: Attempt) -> Why | None:
    """Refuse a reason that the list of reasons does not have."""
    wish = attempt.command
    unlisted = isinstance(wish, commands.Decline) and wish.reason not in set(DeclineReason)
    return Why.REASON_UNKNOWN if unlisted else None


def stars_known(attempt: Attempt) -> Why | None:
    """Refuse other stars than 1 to 5."""
    wish = attempt.command
    stars = wish.stars if isinstance(wish, commands.Confirm | commands.Rate) else None
    return None if stars is None or stars in STARS else Why.STARS_UNKNOWN


def closed_lately(attempt: Attempt) -> Why | None:
    """Refuse once 30 days have passed since the ticket was closed."""
    late = attempt.now > attempt.ticket.since + REOPEN_WINDOW
    return Why.TOO_LATE if late else None


def due_passed(attempt: Attempt) -> Why | None:
    """Refuse a clock's command before its time."""
    wish, now = attempt.command, attempt.now
    due = wish.due if isinstance(wish, commands.ReportOverdue | commands.GiveUpWaiting) else now
    return Why.TOO_EARLY if now < due else None


def reminded(attempt: Attempt) -> Why | None:
    """Refuse to give up on a citizen who was not reminded three times."""
    wish = attempt.command
    hasty = isinstance(wish, commands.GiveUpWaiting) and wish.reminders < REMINDERS
    return Why.REMINDERS_MISSING if hasty else None


def consent_window_over(attempt: Attempt) -> Why | None:
    """Let the subject say no at once, and the clock only after seven days of silence."""
    silent = attempt.actor.role is Role.SYSTEM
    waiting = attempt.now < attempt.ticket.since + CONSENT_WINDOW
    return Why.TOO_EARLY if silent and waiting else None


def reached_and_silent(attempt: Attempt) -> Why | None:
    """Refuse to take silence for a yes unless the notice arrived ten days ago."""
    wish = attempt.command
    then = wish.delivered_at if isinstance(wish, commands.CloseUnanswered) else None
    if then is None:
        return Why.NOT_DELIVERED
    since = max(then, attempt.ticket.since)
    return Why.TOO_EARLY if attempt.now < since + REPLY_WINDOW else None


def fresh_eyes(attempt: Attempt) -> Why | None:
    """Refuse an appeal officer who decided anything about this ticket before."""
    return Why.HANDLED_BEFORE if attempt.actor.id in attempt.ticket.handled else None


def two_people(attempt: Attempt) -> Why | None:
    """Refuse to strike a ticket out alone."""
    wish = attempt.command
    alone = isinstance(wish, commands.Void) and wish.second in {"", attempt.actor.id}
    return Why.SECOND_PERSON_MISSING if alone else None


def number_given(attempt: Attempt) -> Why | None:
    """Refuse to hand over a case without its number over there."""
    wish = attempt.command
    nowhere = isinstance(wish, commands.HandOver) and not wish.number
    return Why.NUMBER_MISSING if nowhere else None


def another_ticket(attempt: Attempt) -> Why | None:
    """Refuse to call a ticket a duplicate of itself."""
    wish = attempt.command
    itself = isinstance(wish, commands.MarkDuplicate) and wish.of == attempt.ticket.code
    return Why.SAME_TICKET if itself else None


def from_local_desk(attempt: Attempt) -> Why | None:
    """Refuse to go up from where there is no up: only villages and sub-districts escalate."""
    leg = attempt.ticket.open_leg
    return None if leg and leg.local else Why.NOT_LOCAL


def into_a_vault(attempt: Attempt) -> Why | None:
    """Refuse a vault ticket to every agency that keeps no vault."""
    wish = attempt.command
    safe = isinstance(wish, SENDING) and wish.vault
    return Why.NOT_A_VAULT if is_vault(attempt.ticket) and not safe else None


def stays_in_its_vault(attempt: Attempt) -> Why | None:
    """Refuse to hand a vault ticket back: the desk that would get it may not read it."""
    return Why.VAULT_STAYS if is_vault(attempt.ticket) else None


def may_be_asked(attempt: Attempt) -> Why | None:
    """Refuse to ask about a vault ticket in a chat, where others may read question and story."""
    return Why.VAULT_IS_NOT_ASKED if is_vault(attempt.ticket) else None


def is_vault(ticket: Ticket) -> bool:
    """Tell whether only officers of a vault may read this ticket (lifecycle, invariant 7)."""
    return ticket.sensitivity is Sensitivity.VAULT


def first_time_unsolved(ticket: Ticket) -> bool:
    """Tell whether nobody said BELUM or reopened this ticket so far."""
    return ticket.reopens == 0


def unsolved_again(ticket: Ticket) -> bool:
    """Tell whether this ticket came back from the citizen before."""
    return ticket.reopens > 0


def first_time_overdue(ticket: Ticket) -> bool:
    """Tell whether the newest leg has not run out of time so far, or may not be taken away."""
    return not overdue_again(ticket)


def overdue_again(ticket: Ticket) -> bool:
    """Tell whether the newest leg ran out of time before; a vault ticket stays nevertheless."""
    late = ticket.last_leg is not None and ticket.last_leg.overdue > 0
    return late and not is_vault(ticket)


def agency_answered(ticket: Ticket) -> bool:
    """Tell whether the newest leg ended with an agency's answer, so that it can go on there."""
    return ticket.last_leg is not None and ticket.last_leg.state in ANSWERED_LEGS


def no_agency_answered(ticket: Ticket) -> bool:
    """Tell whether there is no agency that could go on."""
    return not agency_answered(ticket)


def is_solved(ticket: Ticket) -> bool:
    """Tell whether the ticket was closed as solved."""
    return ticket.closed_because in SOLVED


def was_out_of_scope(ticket: Ticket) -> bool:
    """Tell whether the ticket was closed as not ours."""
    return ticket.closed_because is ClosedBecause.OUT_OF_SCOPE
