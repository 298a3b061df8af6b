"""Find the entry of the table that a command takes, or say why there is none."""

from functools import cache

from msgspec import Struct

from referrals.attempts import Attempt, Why, wished_leg
from referrals.chores import Reach
from referrals.commands import Command
from referrals.entries import Transition
from referrals.happened import tag
from referrals.roles import Role
from referrals.ticket import TicketState
from referrals.transitions import ENTRIES
from referrals.wishes import LegWish


class Refusal(Struct, frozen=True):
    """A command that cannot be done: why (a code, see `Why`), and by which row."""

    reason: str
    row: int | None = None


def choose(attempt: Attempt) -> Transition | Refusal:
    """Return the entry that applies and whose guards agree."""
    mine = _open_to(attempt.actor.role, type(attempt.command))
    if not mine or _belongs_to_another(attempt):
        return Refusal(Why.NOT_YOURS)
    for entry in mine:
        if _applies(entry, attempt):
            return _guarded(entry, attempt)
    again = any(_happened_already(entry, attempt) for entry in mine)
    return Refusal(Why.ALREADY if again else Why.NOT_NOW, mine[0].row)


@cache
def _open_to(role: Role, kind: type[Command]) -> tuple[Transition, ...]:
    """Return the entries by which *role* may do what *kind* of command wants."""
    return tuple(entry for entry in ENTRIES[kind] if role in entry.roles)


def _guarded(entry: Transition, attempt: Attempt) -> Transition | Refusal:
    for guard in entry.guards:
        if why := guard(attempt):
            return Refusal(why, entry.row)
    return entry


def _belongs_to_another(attempt: Attempt) -> bool:
    """Tell whether an agency reaches for a leg that is not its own, or has none open.

    Who answered tells the answer, though no leg is open any more.
    """
    if attempt.actor.role is not Role.AGENCY:
        return False
    if isinstance(attempt.command, Reach):
        answered = attempt.ticket.answered_leg
        return answered is None or answered.agency != attempt.actor.id
    if not isinstance(attempt.command, LegWish):
        return attempt.actor.id not in {leg.agency for leg in attempt.ticket.open_legs}
    leg = wished_leg(attempt)
    return leg is None or leg.agency != attempt.actor.id


def _applies(entry: Transition, attempt: Attempt) -> bool:
    if not _stands_so(entry, attempt) or (entry.when and not entry.when(attempt)):
        return False
    return not isinstance(attempt.command, LegWish) or _leg_fits(entry, attempt)


def _stands_so(entry: Transition, attempt: Attempt) -> bool:
    """Tell whether the ticket is where *entry* starts, or asks the citizen about another leg."""
    ticket = attempt.ticket
    if ticket.state in entry.sources:
        return True
    if not entry.beside or ticket.state is not TicketState.NEEDS_INFO:
        return False
    leg = wished_leg(attempt)
    return leg is not None and leg.number != ticket.asking


def _leg_fits(entry: Transition, attempt: Attempt) -> bool:
    """Tell whether the wished leg can move so; the desk's own share has no leg to move."""
    leg = wished_leg(attempt)
    if leg is None:
        return _is_the_desks_own(attempt)
    return entry.leg is not None and leg.state in entry.leg.sources


def _is_the_desks_own(attempt: Attempt) -> bool:
    """Tell whether the wish is about leg 0, the desk's own share before any agency has it."""
    wish, state = attempt.command, attempt.ticket.state
    return isinstance(wish, LegWish) and wish.leg == 0 and state is TicketState.SUBMITTED


def _happened_already(entry: Transition, attempt: Attempt) -> bool:
    """Tell whether *entry* was taken before, so that this is a second click."""
    ticket = attempt.ticket
    leg = wished_leg(attempt)
    if leg and entry.leg and entry.leg.to is leg.state:
        return True
    newest = leg is None or leg is ticket.last_leg
    just_now = newest and tag(entry.event) == ticket.last
    closed_so = entry.because is not None and entry.because is ticket.closed_because
    return not entry.sources or closed_so or just_now
