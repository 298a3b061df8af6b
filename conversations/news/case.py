"""What an answer must know of its ticket, so that it can say what happens next."""

from datetime import datetime

from msgspec import Struct

from conversations.news.shares import Share, shares_of
from conversations.news.ticket_words import agency_name, lately
from conversations.say import Say
from referrals.roles import Sensitivity
from referrals.ticket import Aftercare, Ticket, TicketState

ANSWERED = frozenset({TicketState.RESOLVED, TicketState.DECLINED, TicketState.CLOSED})


class Case(Struct, frozen=True):
    """A ticket as far as the answers to it depend on it."""

    agency: str = ""  # the office that has it, as the citizen reads it
    service: str = ""
    sensitivity: Sensitivity = Sensitivity.ORDINARY
    asked: bool = False  # an office asked something, or we did weeks after closing
    closed: bool = False
    late: bool = False  # closed too long ago to be opened again
    second: bool = False  # it came back from the citizen before
    cooling: bool = False  # no office has it yet
    shares: tuple[Share, ...] = ()  # what offices answered for, once none has it any more

    @property
    def vault(self) -> bool:
        """Whether nobody may read on a screen what it is about."""
        return self.sensitivity is Sensitivity.VAULT

    @property
    def ordinary(self) -> bool:
        """Whether nobody is likely to be pressed because of it."""
        return self.sensitivity is Sensitivity.ORDINARY


def case_of(ticket: Ticket, at: datetime | None, say: Say) -> Case:
    """Return what the answers to *ticket* must know at the instant *at*."""
    closed = ticket.state is TicketState.CLOSED
    return Case(
        agency=agency_name(ticket, say),
        service=ticket.service,
        sensitivity=ticket.sensitivity,
        asked=ticket.state is TicketState.NEEDS_INFO or ticket.outcome is Aftercare.ASKED,
        closed=closed,
        late=closed and not lately(ticket, at),
        second=ticket.reopens > 0,
        cooling=cools(ticket, at),
        shares=shares_of(ticket, say) if ticket.state in ANSWERED else (),
    )


def cools(ticket: Ticket, at: datetime | None) -> bool:
    """Say whether *ticket* can still be taken back before any office has it, or may have it."""
    if ticket.state is TicketState.AWAITING_CONSENT:
        return True
    untouched = ticket.state is TicketState.SUBMITTED and not ticket.legs
    return untouched and at is not None and at < ticket.cools_until
