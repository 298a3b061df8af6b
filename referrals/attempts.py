"""An attempt to do something with a ticket, and the reasons why it may be refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from referrals import commands
from referrals.ticket import Actor, Leg, Ticket

EAST = timedelta(hours=9)  # Eastern Indonesia is never behind any of our districts


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
When = Callable[[Attempt], bool]


def wished_leg(attempt: Attempt) -> Leg | None:
    """Return the leg that the command is about, or None."""
    wish = attempt.command
    return attempt.ticket.leg(wish.leg) if isinstance(wish, commands.LegWish) else None
