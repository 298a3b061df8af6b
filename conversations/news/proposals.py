"""How far a proposal for the registry has come, what it waits for, and on which days.

The milestones decide what is said: before the village meeting its monthly round, then the
district's approval, then central government, which no office of ours can hasten.
"""

from collections.abc import Iterator
from datetime import date, datetime

from conversations.days import day
from conversations.news.ticket_words import agency_name
from conversations.say import Say
from referrals.district.days import day_in
from referrals.district.directory import Decider, Milestone, Usul
from referrals.due.usul_calendar import (
    Round,
    current_round,
    next_approval,
    published,
    step_called,
    waits_for,
    way_of,
)
from referrals.states import AT_THE_AGENCY
from referrals.ticket import LegState, Ticket


def steps_told(way: Usul, ticket: Ticket, at: datetime | None, say: Say) -> Iterator[str]:
    """Yield how far *ticket* has come on its *way*, and the calendar instead of a promise."""
    if step := step_called(way, ticket.milestone):
        yield say("track.reached", milestone=stage(step, say))
    if ahead := waits_for(way, ticket):
        listed = _is_listed(ticket)
        yield say("track.waits" if listed else "track.ahead", milestone=stage(ahead, say))
        yield _calendar(way, ahead, ticket, at or ticket.opened_at, say)


def days_told(ticket: Ticket, at: datetime, say: Say) -> str:
    """Return the days that come next for *ticket*; nothing where no others decide any more."""
    way = way_of(say.district, ticket.service)
    ahead = waits_for(way, ticket) if way else None
    if way is None or ahead is None:
        return ""
    today = _day(at, say)
    match ahead.by:
        case Decider.VILLAGE:
            here = current_round(way, _day(ticket.opened_at, say), today)
            days = {"closes": day(here.closes, say), "approved": day(here.approves_until, say)}
            return f"{say('notice.still_round', **days)} {_result(way, here.approves_until, say)}"
        case Decider.DISTRICT:
            until = next_approval(way, today)
            told = say("notice.still_approval", approved=day(until, say))
            return f"{told} {_result(way, until, say)}"
        case _:
            told = say("notice.still_centre")
            return f"{told} {_from_centre(way, ticket, today, say)}"


def round_told(service: str, at: datetime, say: Say) -> str:
    """Return the round of the month for what is proposed *at* that time; empty for others."""
    way, today = way_of(say.district, service), _day(at, say)
    return _round(current_round(way, today, today), say) if way else ""


def meeting_told(service: str, at: datetime, say: Say) -> str:
    """Return by which days what is proposed *at* that time is decided; empty for others."""
    way, today = way_of(say.district, service), _day(at, say)
    if way is None:
        return ""
    days = current_round(way, today, today)
    return say("form.meets", meets=day(days.meets, say), approves=day(days.approves_until, say))


def with_centre_since(ticket: Ticket) -> datetime | None:
    """Return since when central government decides about *ticket*, else None."""
    leg = ticket.busiest_leg if ticket.state in AT_THE_AGENCY else None
    return leg.with_centre if leg else None


def stage(step: Milestone, say: Say) -> str:
    """Return what *step* is called in the midst of a sentence."""
    return step.label.in_language(say.language)


def stage_of(code: str, service: str, say: Say) -> str:
    """Return what step *code* on the way of *service* is called; empty for none of them."""
    way = way_of(say.district, service)
    step = step_called(way, code) if way else None
    return stage(step, say) if step else ""


def _calendar(way: Usul, ahead: Milestone, ticket: Ticket, at: datetime, say: Say) -> str:
    """Return on which days *ahead* is decided, and who decides in the end."""
    today = _day(at, say)
    match ahead.by:
        case Decider.VILLAGE:
            return _round(current_round(way, _day(ticket.opened_at, say), today), say)
        case Decider.DISTRICT:
            return say("track.usul_district", approves=day(next_approval(way, today), say))
        case _:
            told = say("track.usul_centre")
            return f"{told} {_from_centre(way, ticket, today, say)}".strip()


def _round(days: Round, say: Say) -> str:
    closes, meets, approves = days.closes, days.meets.day, days.approves_until.day
    return say("track.usul", closes=day(closes, say), meets=meets, approves=approves)


def _from_centre(way: Usul, ticket: Ticket, today: date, say: Say) -> str:
    """Return when central government tells; once that day is over, that the office is asked."""
    since = with_centre_since(ticket)
    result = published(way, _day(since, say) if since else today)
    if result and result < today:
        office = agency_name(ticket, say)
        return say("notice.still_result_over", date=day(result, say), agency=office)
    return say("notice.still_result", date=day(result, say)) if result else ""


def _result(way: Usul, approved: date, say: Say) -> str:
    result = published(way, approved)
    return say("notice.still_result", date=day(result, say)) if result else ""


def _is_listed(ticket: Ticket) -> bool:
    """Say whether a waiting list names what *ticket* waits for."""
    leg = ticket.busiest_leg
    return leg is not None and leg.state is LegState.WAITLISTED and bool(leg.stage)


def _day(at: datetime, say: Say) -> date:
    return day_in(say.district.calendar.zone, at)
