"""The whole truth about a ticket in plain words: where it stands, whose turn, by when."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from conversations.days import by_when, day, local_day, moment
from conversations.news.case import cools
from conversations.news.dates import CLOCKS, due_of
from conversations.news.proposals import steps_told, with_centre_since
from conversations.news.ticket_words import (
    ANSWERS,
    agency_called,
    agency_name,
    service_name,
)
from conversations.news.ticket_words import standing as state_of
from conversations.say import Say
from referrals.clock_guards import CONSENT_WINDOW
from referrals.codes import shown
from referrals.district.directory import Priority, Privacy
from referrals.district.escalation import above
from referrals.district.working_days import local
from referrals.due.dues import URGENT
from referrals.due.usul_calendar import way_of
from referrals.roles import Sensitivity
from referrals.states import OVER
from referrals.states import whose_turn as turn_of
from referrals.ticket import ANSWERED_LEGS, OPEN_LEGS, Leg, LegState, Ticket, TicketState

PROMISES: dict[TicketState, str] = {
    TicketState.SUBMITTED: "track.due_check",
    TicketState.NEEDS_INFO: "track.due_answer",
    TicketState.TRIAGE: "track.due_refer",
    TicketState.REFERRED: "track.due_accept",
    TicketState.IN_PROGRESS: "track.due_solve",
    TicketState.RESOLVED: "track.due_answer",
    TicketState.DECLINED: "track.due_answer",
    TicketState.APPEAL: "track.due_appeal",
}
"""How the end of what the citizen waits on is told; `conversations.news.dates` says when it is."""


ARRIVING = frozenset({LegState.SENT, LegState.DELIVERED})
OFFICE = "- "  # begins the line of one of several offices in a message


class Story(Struct, frozen=True, kw_only=True):
    """What is known of a ticket, by parts: a message joins them, a page gives each its place."""

    head: tuple[str, ...]  # what it is, and where it stands since when
    lines: tuple[str, ...] = ()  # whose turn it is, by when
    offices: tuple[str, ...] = ()  # what each has done, where several have their share
    after: tuple[str, ...] = ()  # who was told that an office is late, and what none knows

    @property
    def text(self) -> str:
        """The story as one message tells it."""
        offices = (f"{OFFICE}{line}" for line in self.offices)
        return "\n".join((*self.head, *self.lines, *offices, *self.after))


def story(ticket: Ticket, at: datetime | None, say: Say) -> Story:
    """Return the story of *ticket* as it stands at *at*."""
    head = (
        say("track.ticket", code=shown(ticket.code), service=service_name(ticket, say)),
        say("track.since", standing=state_of(ticket, say), date=local_day(ticket.since, say)),
    )
    if ticket.state in OVER:
        return Story(head=head)
    if waiting := _not_on_its_way(ticket, at, say):
        return Story(head=head, lines=(waiting,))
    return Story(
        head=head,
        lines=tuple(filter(None, _going_on(ticket, at, say))),
        offices=tuple(_offices(ticket, say)),
        after=tuple(filter(None, _besides(ticket, say))),
    )


def whose_turn(ticket: Ticket, say: Say) -> str:
    """Return whose turn it is."""
    if ticket.state in ANSWERS:
        return say("track.your_turn")
    if ticket.state is TicketState.APPEAL:
        return say("track.appeal_turn")
    if with_centre_since(ticket):
        return say("track.centre_turn")
    at_desk = turn_of(ticket) == "desk" and ticket.sensitivity is not Sensitivity.VAULT
    desk = agency_called(say.district.desk, say)
    return say("track.their_turn", who=desk if at_desk else agency_name(ticket, say))


def _not_on_its_way(ticket: Ticket, at: datetime | None, say: Say) -> str:
    """Return until when nobody gets it and it can be taken back, "" where somebody has it."""
    if ticket.state is TicketState.AWAITING_CONSENT:
        end = local(say.district.calendar, ticket.since + CONSENT_WINDOW)
        return say("track.unconsented", until=moment(end, say), code=ticket.code)
    if cools(ticket, at):
        until = moment(local(say.district.calendar, ticket.cools_until), say)
        return say("track.cooling", until=until, code=ticket.code)
    return ""


def _going_on(ticket: Ticket, at: datetime | None, say: Say) -> Iterator[str]:
    """Yield whose turn it is and by when; "" of what there is nothing to say."""
    yield whose_turn(ticket, say)
    if way := way_of(say.district, ticket.service):
        yield from steps_told(way, ticket, at, say)
        yield _reviewed(ticket, say)
    else:
        yield _by_when(ticket, at, say)
    yield _letter(ticket, say)


def _besides(ticket: Ticket, say: Say) -> Iterator[str]:
    """Yield who was told that it is late, and that its offices know no name."""
    yield _risen(ticket, say) if ticket.level else ""
    yield say("track.anonim") if ticket.privacy is Privacy.ANONIM else ""


def _risen(ticket: Ticket, say: Say) -> str:
    """Return who was told that an office is late; of a vault ticket only its own head."""
    if ticket.level == 1 or ticket.sensitivity is Sensitivity.VAULT:
        return say("track.level_1")
    leg = ticket.busiest_leg or ticket.last_leg
    who = above(ticket.level, say.district, leg.agency if leg else say.district.desk)
    return say(f"track.level_{ticket.level}", who=agency_called(who, say))


def _by_when(ticket: Ticket, at: datetime | None, say: Say) -> str:
    """Return until when somebody has to act: as the office expects, else as is promised."""
    leg = ticket.busiest_leg
    if reviewed := _reviewed(ticket, say):
        return reviewed
    if ticket.state is TicketState.IN_PROGRESS and leg and leg.expected:
        return say("track.expected", date=day(leg.expected, say))
    end, key = due_of(ticket, say.district), PROMISES.get(ticket.state, "")
    if end is None:
        return ""
    urgent = ticket.priority is Priority.P1 and CLOCKS[ticket.state] in URGENT
    over = at is not None and end < at
    return say("track.due_over" if over else key, date=by_when(end, urgent, say))


def _reviewed(ticket: Ticket, say: Say) -> str:
    """Return when the waiting list is looked at again, where nobody is at work meanwhile."""
    leg = ticket.busiest_leg
    on_hold = ticket.state is TicketState.ON_HOLD
    return say("track.review", date=day(leg.review, say)) if on_hold and leg and leg.review else ""


def _shares(ticket: Ticket) -> tuple[Leg, ...]:
    """Return the shares that are told of: none of a vault's ticket."""
    if ticket.sensitivity is Sensitivity.VAULT:
        return ()
    newest = ticket.legs[ticket.past :]
    return tuple(leg for leg in newest if leg.state in OPEN_LEGS | ANSWERED_LEGS)


def _offices(ticket: Ticket, say: Say) -> Iterator[str]:
    """Yield what each office has done, where several have their share."""
    here = _shares(ticket)
    if len(here) > 1:
        yield from (_leg(leg, say) for leg in here)


def _letter(ticket: Ticket, say: Say) -> str:
    """Return how far the letter came to the one office that has it, "" once that answered."""
    here = _shares(ticket)
    if len(here) == 1 and ticket.state is TicketState.REFERRED and here[0].state in ARRIVING:
        return say(f"track.letter_{here[0].state.value}")
    return ""


def _leg(leg: Leg, say: Say) -> str:
    office = agency_called(leg.agency, say)
    if leg.state is LegState.WAITLISTED and leg.review:
        return say("track.leg_listed_until", agency=office, date=day(leg.review, say))
    return say(f"track.leg_{leg.state.value}", agency=office)
