"""What a notice is about, as the outbox notes it, and what follows when it arrives or never does.

"482109379" is news of that ticket. "482109379:" asks its citizen for something, and loses its
point once they answered. "482109379:7" tells the log's entry 7: a clock starts when it arrives.
"482109379." is the answer that told its number, to who filed it.
"""

from datetime import datetime

import msgspec

from referrals.chores import Reach, Unreached
from referrals.commands import Command
from referrals.ticket import Ticket, TicketState
from storage.timers import DueTimer, NewTimer

REACHED, UNREACHED = "reached", "unreached"  # kinds of timers
FILED = 1  # the log's entry by which somebody was asked to agree


def about(ticket: Ticket, seq: int, *, asks: bool) -> str:
    """Return what a notice of the log's entry *seq* is about."""
    asked = ticket.state is TicketState.AWAITING_CONSENT and seq == FILED
    if asked or (ticket.awaited and ticket.awaited.of == seq):
        return f"{asking(ticket.code)}{seq}"
    return asking(ticket.code) if asks else ticket.code


def asking(code: str) -> str:
    """Return how everything begins that asks for something about ticket *code*."""
    return f"{code}:"


def told_number(code: str) -> str:
    """Return what the answer is about that tells the number of ticket *code* to who filed it."""
    return f"{code}."


def is_news(told: str) -> bool:
    """Say whether what is about *told* goes to where its citizen wrote last.

    An answer, of a conversation or of a form, stays where that is: the number that it tells is for
    whoever sits there, and a number that was silent for long may be somebody else's by now.
    """
    return bool(told) and told[-1] != "."


def receipt(kind: str, told: str, now: datetime) -> NewTimer | None:
    """Return what follows a notice about *told* that was REACHED or UNREACHED, or None."""
    code, _, seq = told.partition(":")
    if not seq:
        return None
    body = msgspec.json.encode((code, int(seq)))
    return NewTimer(key=f"{kind}:{told}", kind=kind, due_at=now, body=body)


def noted(due: DueTimer) -> tuple[str, Command]:
    """Return the code of the ticket, and what *due* has to note about it."""
    code, seq = msgspec.json.decode(due.body, type=tuple[str, int])
    return code, Reach(seq) if due.kind == REACHED else Unreached(seq)
