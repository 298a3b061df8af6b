"""What each state of a ticket means to the people around it (lifecycle, table of states)."""

from collections.abc import Mapping
from typing import Literal

from referrals.ticket import LegState, Ticket, TicketState

Turn = Literal["citizen", "agency", "desk", "nobody"]

OVER = frozenset({TicketState.CLOSED, TicketState.VOID})
OPEN = frozenset(TicketState) - OVER
AT_THE_AGENCY = frozenset({TicketState.REFERRED, TicketState.IN_PROGRESS, TicketState.ON_HOLD})
STANDING: Mapping[LegState, TicketState] = {  # how an open share stands for its office
    LegState.QUEUED: TicketState.REFERRED,
    LegState.SENT: TicketState.REFERRED,
    LegState.DELIVERED: TicketState.REFERRED,
    LegState.WORKING: TicketState.IN_PROGRESS,
    LegState.WAITLISTED: TicketState.ON_HOLD,
}
WAITING_FOR_CITIZEN = frozenset(
    {
        TicketState.AWAITING_CONSENT,
        TicketState.NEEDS_INFO,
        TicketState.RESOLVED,
        TicketState.DECLINED,
    }
)

_TURNS: Mapping[TicketState, Turn] = {
    **dict.fromkeys(OPEN, "desk"),
    **dict.fromkeys(OVER, "nobody"),
    **dict.fromkeys(AT_THE_AGENCY, "agency"),
    **dict.fromkeys(WAITING_FOR_CITIZEN, "citizen"),
}


def whose_turn(ticket: Ticket) -> Turn:
    """Return who has to do something now for *ticket* to move on."""
    return _TURNS[ticket.state]
