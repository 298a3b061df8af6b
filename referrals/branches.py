"""Which of the entries of one command applies: a row may lead two ways."""

from referrals.at_work import ReportMilestone
from referrals.attempts import Attempt, wished_leg
from referrals.guards import is_vault
from referrals.ticket import ANSWERED_LEGS, ClosedBecause, TicketState

SOLVED = frozenset({ClosedBecause.CONFIRMED, ClosedBecause.AUTO_CONFIRMED})


def first_time_unsolved(attempt: Attempt) -> bool:
    """Tell whether nobody said BELUM or reopened this ticket so far."""
    return attempt.ticket.reopens == 0


def unsolved_again(attempt: Attempt) -> bool:
    """Tell whether this ticket came back from the citizen before."""
    return attempt.ticket.reopens > 0


def first_time_overdue(attempt: Attempt) -> bool:
    """Tell whether the leg has not run out of time so far, or may not be taken away."""
    return not overdue_again(attempt)


def overdue_again(attempt: Attempt) -> bool:
    """Tell whether the leg ran out of time before; a vault ticket stays nevertheless."""
    leg = wished_leg(attempt)
    return leg is not None and leg.overdue > 0 and not is_vault(attempt.ticket)


def agency_answered(attempt: Attempt) -> bool:
    """Tell whether the ticket ended with an agency's answer, so that it can go on there."""
    return attempt.ticket.answered_leg is not None


def no_agency_answered(attempt: Attempt) -> bool:
    """Tell whether there is no agency that could go on."""
    return not agency_answered(attempt)


def is_solved(attempt: Attempt) -> bool:
    """Tell whether the ticket was closed as solved."""
    return attempt.ticket.closed_because in SOLVED


def was_out_of_scope(attempt: Attempt) -> bool:
    """Tell whether the ticket was closed as not ours."""
    return attempt.ticket.closed_because is ClosedBecause.OUT_OF_SCOPE


def at_agencies(attempt: Attempt) -> bool:
    """Tell whether agencies have the ticket, the citizen being asked or not."""
    return attempt.ticket.before is not TicketState.SUBMITTED


def ours_to_go_on(attempt: Attempt) -> bool:
    """Tell whether agencies have the ticket, and what was reached leaves it to them."""
    return at_agencies(attempt) and not _to_centre(attempt)


def left_to_centre(attempt: Attempt) -> bool:
    """Tell whether agencies have the ticket, and what was reached leaves it to the centre."""
    return at_agencies(attempt) and _to_centre(attempt)


def lies_with_the_desk(attempt: Attempt) -> bool:
    """Tell whether only the desk's own office has the case, and no office answered for a share.

    What an appeal gave back to the desk (its own share looks for an agency) is in scope.
    """
    ticket, own = attempt.ticket, attempt.actor.id
    answered = any(leg.state in ANSWERED_LEGS for leg in ticket.legs[ticket.past :])
    elsewhere = any(leg.agency != own for leg in ticket.open_legs)
    return not (answered or elsewhere or 0 in ticket.unplaced)


def last_share(attempt: Attempt) -> bool:
    """Tell whether this leg is the last: no other is open, and none still looks for an agency."""
    others = [leg for leg in attempt.ticket.open_legs if leg != wished_leg(attempt)]
    return not others and not attempt.ticket.unplaced


def other_shares(attempt: Attempt) -> bool:
    """Tell whether another leg is open, or looks for an agency."""
    return not last_share(attempt)


def last_share_none_done(attempt: Attempt) -> bool:
    """Tell whether this leg is the last, and no other was done."""
    return last_share(attempt) and not attempt.ticket.done


def last_share_some_done(attempt: Attempt) -> bool:
    """Tell whether this leg is the last, and another was done."""
    return last_share(attempt) and bool(attempt.ticket.done)


def some_share_refused(attempt: Attempt) -> bool:
    """Tell whether an agency could not grant its share, though another did its own."""
    return bool(attempt.ticket.refused)


def told_by_its_vault(attempt: Attempt) -> bool:
    """Tell whether only its own officers may tell its citizen anything, in safe ways."""
    return is_vault(attempt.ticket)


def _to_centre(attempt: Attempt) -> bool:
    wish = attempt.command
    return isinstance(wish, ReportMilestone) and wish.to_centre
