"""A ticket in words: where it stands, whose turn it is, since when, what can be answered."""

from msgspec import Struct

from conversations.days import day, local_day
from conversations.say import Say
from referrals.codes import shown
from referrals.directory import Sensitivity
from referrals.ticket import Ticket, TicketState


class Row(Struct, frozen=True):
    """A ticket as a list shows it."""

    code: str
    line: str


ENDED = frozenset({TicketState.CLOSED, TicketState.VOID})
ANSWERS: dict[TicketState, tuple[str, ...]] = {
    TicketState.RESOLVED: ("sudah", "belum"),
    TicketState.DECLINED: ("terima", "banding"),
    TicketState.NEEDS_INFO: ("jawab",),
}


def actions(ticket: Ticket) -> tuple[str, ...]:
    """Return what its citizen can answer to *ticket* now; an open one can be taken back."""
    if ticket.state in ENDED:
        return ()
    return (*ANSWERS.get(ticket.state, ()), "batal")


def told(ticket: Ticket, say: Say) -> str:
    """Return the story of *ticket* in plain words."""
    leg = ticket.open_leg
    expected = leg.expected if leg else None
    parts = (
        say("track.ticket", code=shown(ticket.code), service=service_name(ticket, say)),
        say("track.since", standing=standing(ticket, say), date=local_day(ticket.since, say)),
        turn(ticket, say),
        say("track.expected", date=day(expected, say)) if expected else "",
    )
    return "\n".join(part for part in parts if part)


def standing(ticket: Ticket, say: Say) -> str:
    """Return the ticket's state as its citizen reads it."""
    if ticket.state is TicketState.CLOSED and ticket.closed_because:
        return say(f"track.closed_{ticket.closed_because.value}")
    return say(f"track.{ticket.state.value}", agency=agency_name(ticket, say))


def turn(ticket: Ticket, say: Say) -> str:
    """Return whose turn it is; nothing where it is over."""
    if ticket.state in ENDED:
        return ""
    if ticket.state in ANSWERS:
        return say("track.your_turn")
    return say("track.their_turn", who=agency_name(ticket, say))


def agency_name(ticket: Ticket, say: Say) -> str:
    """Return the office that has the ticket: the desk where no agency has it yet."""
    if ticket.sensitivity is Sensitivity.VAULT:
        return say("track.safe_office")
    leg = ticket.open_leg or (ticket.legs[-1] if ticket.legs else None)
    return agency_called(leg.agency if leg else say.district.desk, say)


def agency_called(code: str, say: Say) -> str:
    """Return the name of agency *code*; our own where the district no longer has it."""
    known = say.district.agencies.get(code)
    return known.name.in_language(say.language) if known else say.district.service_name


def service_name(ticket: Ticket, say: Say) -> str:
    """Return what the ticket is about; of a vault ticket nobody reads that on a screen."""
    service = say.district.services.get(ticket.service)
    if service is None or ticket.sensitivity is Sensitivity.VAULT:
        return say("track.private")
    return service.label.in_language(say.language)


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
