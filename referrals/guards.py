"""What must be true before a row of the table may be taken; the first false one is the answer."""

from datetime import timedelta

from referrals import commands
from referrals.attempts import EAST, Attempt, Why, wished_leg
from referrals.clocks import Clock
from referrals.roles import Role, Sensitivity
from referrals.ticket import DeclineReason, Leg, Ticket

ASK_ROUNDS = 2
RETURNS_BEFORE_SUPERVISOR = 2
REOPEN_WINDOW = timedelta(days=30)
REVIEW_WINDOW = timedelta(days=30)
STARS = range(1, 6)
SENDING = commands.Route | commands.ReferAgain | commands.Escalate | commands.AddAgency


def words_given(attempt: Attempt) -> Why | None:
    """Refuse a command that needs words (question, answer, reason, outcome) and has none."""
    return None if attempt.command.words else Why.WORDS_MISSING


def rounds_left(attempt: Attempt) -> Why | None:
    """Refuse a third round of questions: the citizen is not an errand boy."""
    who = wished_leg(attempt) or attempt.ticket
    return Why.TOO_MANY_ROUNDS if who.asked >= ASK_ROUNDS else None


def expected_ahead(attempt: Attempt) -> Why | None:
    """Refuse to be done before today (by UTC, which is never ahead of Indonesia)."""
    wish = attempt.command
    day = wish.expected if isinstance(wish, commands.Accept) else None
    return Why.EXPECTED_IN_PAST if day and day < attempt.now.date() else None


def review_near(attempt: Attempt) -> Why | None:
    """Refuse a review date in the past or more than 30 days away, wherever in Indonesia."""
    wish, today = attempt.command, attempt.now.date()
    day = wish.review if isinstance(wish, commands.Hold) else today
    latest = (attempt.now + EAST).date() + REVIEW_WINDOW
    return None if today <= day <= latest else Why.REVIEW_TOO_FAR


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


def agreed_to(attempt: Attempt) -> Why | None:
    """Refuse to go on with what its subject never agreed to."""
    return None if attempt.ticket.clock(Clock.CITIZEN) else Why.NOT_NOW


def represented(attempt: Attempt) -> Why | None:
    """Refuse to take over what one filed oneself, or what was taken over before."""
    return None if attempt.ticket.represented else Why.ALREADY


def fresh_eyes(attempt: Attempt) -> Why | None:
    """Refuse an appeal officer who decided anything about this ticket before."""
    return Why.HANDLED_BEFORE if attempt.actor.id in attempt.ticket.handled else None


def two_people(attempt: Attempt) -> Why | None:
    """Refuse to end a ticket alone that nobody answered."""
    wish = attempt.command
    alone = isinstance(wish, commands.ByTwo) and wish.second in {"", attempt.actor.id}
    return Why.SECOND_PERSON_MISSING if alone else None


def number_given(attempt: Attempt) -> Why | None:
    """Refuse to hand over a case without its number over there."""
    wish = attempt.command
    nowhere = isinstance(wish, commands.HandOver) and not wish.number
    return Why.NUMBER_MISSING if nowhere else None


def another_ticket(attempt: Attempt) -> Why | None:
    """Refuse to call a ticket a duplicate of itself."""
    wish, own = attempt.command, attempt.ticket.code
    itself = isinstance(wish, commands.MarkDuplicate) and wish.of == own
    joined = isinstance(wish, commands.Join) and wish.code == own
    return Why.SAME_TICKET if itself or joined else None


def not_joined_yet(attempt: Attempt) -> Why | None:
    """Refuse to join the same duplicate twice."""
    wish = attempt.command
    known = isinstance(wish, commands.Join) and wish.code in attempt.ticket.joined
    return Why.ALREADY if known else None


def not_there_yet(attempt: Attempt) -> Why | None:
    """Refuse to send a ticket where it is already."""
    wish = attempt.command
    there = {leg.agency for leg in attempt.ticket.open_legs}
    return Why.ALREADY if isinstance(wish, SENDING) and wish.agency in there else None


def share_looks(attempt: Attempt) -> Why | None:
    """Refuse to find an agency for a share that has one again; 0 is whichever waits longest."""
    wish = attempt.command
    share = wish.share if isinstance(wish, commands.ReferAgain | commands.AddAgency) else 0
    return Why.ALREADY if share not in {0, *attempt.ticket.unplaced} else None


def done_before(attempt: Attempt) -> Why | None:
    """Refuse to call undone what no agency called done; 0 is what was done last."""
    wish = attempt.command
    undone = commands.NotYet | commands.ReportNotReceived
    share = wish.share if isinstance(wish, undone) else 0
    return None if share in {0, *_numbers(attempt.ticket.done)} else Why.NOT_NOW


def answered_before(attempt: Attempt) -> Why | None:
    """Refuse to go on with a share that no agency answered for; 0 is what was answered last."""
    wish, ticket = attempt.command, attempt.ticket
    share = wish.share if isinstance(wish, commands.Reopen) else 0
    known = {0, *_numbers(ticket.done), *_numbers(ticket.refused)}
    return None if share in known else Why.NOT_NOW


def refused_before(attempt: Attempt) -> Why | None:
    """Refuse to object to what no agency refused; 0 is what was refused last."""
    wish = attempt.command
    share = wish.share if isinstance(wish, commands.Appeal) else 0
    return None if share in {0, *_numbers(attempt.ticket.refused)} else Why.NOT_NOW


def reason_given(attempt: Attempt) -> Why | None:
    """Refuse to go up without a reason in words; the clock's reason is the time that passed."""
    return None if attempt.actor.role is Role.SYSTEM else words_given(attempt)


def something_told(attempt: Attempt) -> Why | None:
    """Refuse a report that says nothing."""
    wish = attempt.command
    named = isinstance(wish, commands.ReportMilestone) and wish.milestone
    return None if named else words_given(attempt)


def from_local_desk(attempt: Attempt) -> Why | None:
    """Refuse to go up from where there is no up: only villages and sub-districts escalate."""
    leg = wished_leg(attempt)
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


def _numbers(legs: tuple[Leg, ...]) -> tuple[int, ...]:
    return tuple(leg.number for leg in legs)
