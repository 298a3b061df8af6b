"""The whole truth about a ticket in plain words: where it stands, whose turn, by when."""

from collections.abc import Iterator
from datetime import date, datetime

from conversations.case import cools
from conversations.days import by_when, day, local_day, moment
from conversations.say import Say
from conversations.ticket_words import ANSWERS, ENDED, agency_called, agency_name, service_name
from conversations.ticket_words import standing as state_of
from referrals.clocks import Clock
from referrals.codes import shown
from referrals.directory import Priority, Privacy, Sensitivity, Usul
from referrals.dues import URGENT, dues
from referrals.escalation import above
from referrals.states import whose_turn as turn_of
from referrals.ticket import ANSWERED_LEGS, OPEN_LEGS, Leg, LegState, Ticket, TicketState
from referrals.usul_calendar import ahead, current_round
from referrals.working_days import local

PROMISES: dict[TicketState, tuple[Clock, str]] = {
    TicketState.SUBMITTED: (Clock.C1, "track.due_check"),
    TicketState.NEEDS_INFO: (Clock.C6, "track.due_answer"),
    TicketState.TRIAGE: (Clock.C7, "track.due_refer"),
    TicketState.REFERRED: (Clock.C2, "track.due_accept"),
    TicketState.IN_PROGRESS: (Clock.C4, "track.due_solve"),
    TicketState.RESOLVED: (Clock.C5, "track.due_answer"),
    TicketState.DECLINED: (Clock.C5, "track.due_answer"),
    TicketState.APPEAL: (Clock.C10, "track.due_appeal"),
}
"""Which clock the citizen waits on, and how its end is told."""


def told(ticket: Ticket, at: datetime | None, say: Say) -> str:
    """Return the story of *ticket* as it stands at *at*."""
    parts = (
        say("track.ticket", code=shown(ticket.code), service=service_name(ticket, say)),
        say("track.since", standing=state_of(ticket, say), date=local_day(ticket.since, say)),
        *(_going_on(ticket, at, say) if ticket.state not in ENDED else ()),
    )
    return "\n".join(part for part in parts if part)


def whose_turn(ticket: Ticket, say: Say) -> str:
    """Return whose turn it is."""
    if ticket.state in ANSWERS:
        return say("track.your_turn")
    if ticket.state is TicketState.APPEAL:
        return say("track.appeal_turn")
    at_desk = turn_of(ticket) == "desk" and ticket.sensitivity is not Sensitivity.VAULT
    desk = agency_called(say.district.desk, say)
    return say("track.their_turn", who=desk if at_desk else agency_name(ticket, say))


def _going_on(ticket: Ticket, at: datetime | None, say: Say) -> Iterator[str]:
    """Yield what is told of a ticket that is open."""
    if cools(ticket, at):
        until = moment(local(say.district.calendar, ticket.cools_until), say)
        yield say("track.cooling", until=until, code=ticket.code)
        return
    yield whose_turn(ticket, say)
    usul = say.district.usul
    if usul and ticket.service in usul.services:
        yield from _on_the_way(ticket, usul, at, say)
    else:
        yield _by_when(ticket, at, say)
    if ticket.sensitivity is not Sensitivity.VAULT:
        yield from _legs(ticket, say)
    yield _risen(ticket, say) if ticket.level else ""
    yield say("track.anonim") if ticket.privacy is Privacy.ANONIM else ""


def _risen(ticket: Ticket, say: Say) -> str:
    """Return who was told that an office is late; of a vault ticket only its own head."""
    if ticket.level == 1 or ticket.sensitivity is Sensitivity.VAULT:
        return say("track.level_1")
    leg = ticket.open_leg or ticket.last_leg
    who = above(ticket.level, say.district, leg.agency if leg else say.district.desk)
    return say(f"track.level_{ticket.level}", who=agency_called(who, say))


def _by_when(ticket: Ticket, at: datetime | None, say: Say) -> str:
    """Return until when somebody has to act: as the office expects, else as is promised."""
    leg = ticket.open_leg
    if ticket.state is TicketState.ON_HOLD and leg and leg.review:
        return say("track.review", date=day(leg.review, say))
    if ticket.state is TicketState.IN_PROGRESS and leg and leg.expected:
        return say("track.expected", date=day(leg.expected, say))
    clock, key = PROMISES.get(ticket.state, (Clock.CITIZEN, ""))
    ends = [due.at for due in dues(ticket, say.district) if due.clock is clock and due.at]
    if not ends or not key:
        return ""
    urgent = ticket.priority is Priority.P1 and clock in URGENT
    over = at is not None and min(ends) < at
    return say("track.due_over" if over else key, date=by_when(min(ends), urgent, say))


def _legs(ticket: Ticket, say: Say) -> Iterator[str]:
    """Yield what each office has done, where several have their share, or one has the letter."""
    here = [leg for leg in ticket.legs[ticket.past :] if leg.state in OPEN_LEGS | ANSWERED_LEGS]
    if len(here) > 1:
        yield from (_leg(leg, say) for leg in here)
    elif ticket.state is TicketState.REFERRED and here and here[0].state in ARRIVING:
        yield say(f"track.letter_{here[0].state.value}")


ARRIVING = frozenset({LegState.SENT, LegState.DELIVERED})


def _leg(leg: Leg, say: Say) -> str:
    return say(f"track.leg_{leg.state.value}", agency=agency_called(leg.agency, say))


def _on_the_way(ticket: Ticket, usul: Usul, at: datetime | None, say: Say) -> Iterator[str]:
    """Yield how far a proposal has come, and this month's calendar instead of a promise."""
    label = {step.code: step.label.in_language(say.language) for step in usul.milestones}
    if ticket.milestone in label:
        yield say("track.reached", milestone=label[ticket.milestone])
    step = ahead(usul, (ticket.milestone,))
    if step is None:
        return
    yield say("track.ahead", milestone=label[step.code])
    zone = say.district.calendar
    proposed = local(zone, ticket.opened_at).date()
    yield calendar(usul, proposed, local(zone, at).date() if at else proposed, say)


def calendar(usul: Usul, proposed: date, today: date, say: Say) -> str:
    """Return the days of the round that a proposal is in *today*, and who decides in the end."""
    days = current_round(usul, proposed, today)
    return say(
        "track.usul",
        closes=day(days.closes, say),
        meets=days.meets.day,
        approves=days.approves_until.day,
    )
