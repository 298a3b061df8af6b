"""What a ticket is called, where it stands, and what its citizen can answer to it now."""

from datetime import datetime

from msgspec import Struct

from conversations.hearing.answer_words import Verb
from conversations.say import Say
from referrals.branches import SOLVED
from referrals.codes import shown
from referrals.guards import REOPEN_WINDOW
from referrals.roles import Sensitivity
from referrals.states import OVER
from referrals.ticket import Aftercare, ClosedBecause, Ticket, TicketState


class Row(Struct, frozen=True):
    """A ticket as a list shows it."""

    code: str
    line: str


ANSWERS: dict[TicketState, tuple[str, ...]] = {
    TicketState.RESOLVED: ("sudah", "belum"),
    TicketState.DECLINED: ("terima", "banding"),
    TicketState.NEEDS_INFO: ("jawab",),
}
FOR_GOOD = frozenset({ClosedBecause.DUPLICATE, ClosedBecause.ABUSE, ClosedBecause.SUBJECT_GONE})
"""Closed so, a ticket is not opened again."""


def actions(ticket: Ticket, at: datetime | None) -> tuple[str, ...]:
    """Return what its citizen can answer to *ticket* at *at*, as answer.* words the buttons.

    The part before "_" is the verb. An open one can be taken back; of a closed one the answer
    to the question weeks later is heard, and within thirty days it can be opened again.
    """
    if ticket.state not in OVER:
        return (*awaited(ticket), "batal")
    if ticket.state is TicketState.VOID or ticket.sensitivity is Sensitivity.VAULT:
        return ()
    return tuple(name for name, fits in AFTERWARDS.items() if fits(ticket, at))


def answerable(verb: Verb, ticket: Ticket, at: datetime | None) -> bool:
    """Say whether *verb* means anything for *ticket*; too late to open it again is an answer."""
    named = any(name.partition("_")[0] == verb.value for name in actions(ticket, at))
    vault = ticket.sensitivity is Sensitivity.VAULT
    again = verb is Verb.REOPEN and ticket.state is TicketState.CLOSED and not vault
    return named or (again and not lately(ticket, at))


def waits(verb: Verb, ticket: Ticket) -> bool:
    """Say whether *ticket* waits for just this answer."""
    if ticket.state is TicketState.CLOSED:
        return ticket.outcome is Aftercare.ASKED and verb in {Verb.SOLVED, Verb.NOT_SOLVED}
    return verb.value in awaited(ticket)


def awaited(ticket: Ticket) -> tuple[str, ...]:
    """Return the answers that *ticket* waits for now; what one office refused can be appealed."""
    verbs = ANSWERS.get(ticket.state, ())
    in_part = ticket.state is TicketState.RESOLVED and ticket.refused
    return (*verbs, Verb.APPEAL.value) if in_part else verbs


def lately(ticket: Ticket, at: datetime | None) -> bool:
    """Say whether *ticket* came into its state within thirty days."""
    return at is not None and at <= ticket.since + REOPEN_WINDOW


def standing(ticket: Ticket, say: Say) -> str:
    """Return the ticket's state as its citizen reads it."""
    if ticket.state is TicketState.CLOSED and ticket.closed_because:
        return say(f"track.closed_{ticket.closed_because.value}")
    return say(f"track.{ticket.state.value}", agency=agency_name(ticket, say))


def agency_name(ticket: Ticket, say: Say) -> str:
    """Return the office that has the ticket: the desk where no agency has it yet."""
    if ticket.sensitivity is Sensitivity.VAULT:
        return say("track.safe_office")
    leg = ticket.leg(ticket.asking) if ticket.state is TicketState.NEEDS_INFO else None
    leg = leg or ticket.busiest_leg or ticket.answered_leg or ticket.last_leg
    name = agency_called(leg.agency if leg else say.district.desk, say)
    several = len(ticket.open_legs) > 1 and leg == ticket.busiest_leg
    return say("track.and_others", agency=name) if several else name


def agency_called(code: str, say: Say) -> str:
    """Return the name of agency *code*; our own where the district no longer has it."""
    known = say.district.agencies.get(code)
    return say.of(known.name) if known else say.district.service_name


def service_name(ticket: Ticket, say: Say) -> str:
    """Return what the ticket is about; of a vault ticket nobody reads that on a screen."""
    service = say.district.services.get(ticket.service)
    if service is None or ticket.sensitivity is Sensitivity.VAULT:
        return say("track.private")
    return say.of(service.label)


def listed(tickets: tuple[Ticket, ...]) -> tuple[Ticket, ...]:
    """Return those that a list may show: a vault ticket is told to who types its code."""
    return tuple(t for t in tickets if t.sensitivity is not Sensitivity.VAULT)


def row(ticket: Ticket, say: Say) -> Row:
    """Return the line that a list shows of *ticket*."""
    line = say(
        "track.line",
        code=shown(ticket.code),
        service=service_name(ticket, say),
        standing=say(f"track.short_{ticket.state.value}"),
    )
    return Row(ticket.code, line)


def _asked_weeks_later(ticket: Ticket, _: datetime | None) -> bool:
    return ticket.outcome is Aftercare.ASKED


def _may_not_have_come(ticket: Ticket, _: datetime | None) -> bool:
    return ticket.closed_because in SOLVED and ticket.outcome is not Aftercare.RECEIVED


def _sent_elsewhere(ticket: Ticket, at: datetime | None) -> bool:
    return ticket.closed_because is ClosedBecause.OUT_OF_SCOPE and lately(ticket, at)


def _may_be_opened(ticket: Ticket, at: datetime | None) -> bool:
    erased = ticket.closed_because is ClosedBecause.WITHDRAWN and not ticket.legs
    return lately(ticket, at) and not erased and ticket.closed_because not in FOR_GOOD


AFTERWARDS = {
    "sudah_terima": _asked_weeks_later,
    "belum_terima": _may_not_have_come,
    "banding": _sent_elsewhere,
    "buka": _may_be_opened,
}
