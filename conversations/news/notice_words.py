"""The sentence that tells one event: what happened, at which office, and what comes of it."""

from collections.abc import Mapping

from conversations.days import day, local_day
from conversations.news.dates import due_of
from conversations.news.heartbeats import still
from conversations.news.proposals import stage, stage_of
from conversations.news.ticket_words import agency_called
from conversations.say import Say
from referrals import events
from referrals.clocks import Clock
from referrals.codes import shown
from referrals.district.escalation import above
from referrals.due.usul_calendar import ahead, step_called, way_of
from referrals.events import Event
from referrals.guards import REOPEN_WINDOW
from referrals.happened import HIGHEST_LEVEL, LegHappened
from referrals.ticket import Leg, Ticket, TicketState

LAST_REMINDER = 3


def sentence(key: str, event: Event, ticket: Ticket, say: Say) -> str:
    """Return what *event* means for *ticket*, worded by *key* or by what *event* says of it."""
    office = office_of(event, ticket, say)
    match event:
        case events.StillWaiting(at=at):
            return still(ticket, at, say)
        case events.Reminded(number=number):
            told = _reminded(ticket, office, say)
            return f"{told} {_last_call(ticket, say)}" if number == LAST_REMINDER else told
        case events.Breached(level=level):
            higher = _above(level, event.late(ticket), say)
            worded = "unreached" if event.clock is Clock.C11 else "breached"
            told = say(f"notice.{worded}_{level}", agency=office, above=higher)
            return f"{told} {_elsewhere(say)}" if level == HIGHEST_LEVEL else told
        case events.MilestoneReached(milestone=code):
            told = _milestone(key, code, ticket, say)
            return told or say("notice.progress", agency=office)
        case _:
            details = {**_details(event, ticket, say), **_refusals(event, ticket, say)}
            return say(_worded(key, event, ticket, details), agency=office, **details)


def _refusals(event: Event, ticket: Ticket, say: Say) -> Mapping[str, str]:
    """Return who refused their share: all of them, and the *others* beside that of *event*."""
    this = event.leg if isinstance(event, LegHappened) else 0
    others = _refusing(ticket, say, but=this)
    told = say("notice.refused_too", refused=others) if others else ""
    return {"refused": _refusing(ticket, say), "others": told}


def _refusing(ticket: Ticket, say: Say, but: int = 0) -> str:
    """Return the names of the offices that could not grant their share, *but* that of one leg."""
    names = [agency_called(leg.agency, say) for leg in ticket.refused if leg.number != but]
    return say("notice.and").join(dict.fromkeys(names))


def _reminded(ticket: Ticket, office: str, say: Say) -> str:
    """Return what is still asked; what an office refused is said as in the notice itself."""
    if ticket.state is TicketState.RESOLVED and ticket.refused:
        return say("notice.resolved_beside", agency=office, refused=_refusing(ticket, say))
    return say(f"notice.reminded_{ticket.state}", agency=office)


def _worded(key: str, event: Event, ticket: Ticket, details: Mapping[str, str]) -> str:
    """Return the wording: *key*, or the one that says what else is to be said of *event*."""
    if isinstance(event, events.Resolved) and ticket.refused:
        return "notice.resolved_beside"
    return "notice.on_hold_for" if details.get("stage") else key


def office_of(event: Event, ticket: Ticket, say: Say) -> str:
    """Return the name of the office that *event* is about: the desk's where it is no agency's."""
    match event:
        case (
            events.Referred(agency=code)
            | events.Escalated(agency=code)
            | events.AgencyAdded(agency=code)
        ):
            return agency_called(code, say)
        case events.Breached():
            leg = event.late(ticket)
        case LegHappened(leg=number):
            leg = ticket.leg(number)
        case events.Reminded(clock=Clock.C6):
            leg = ticket.leg(ticket.asking)
        case events.Reminded():
            leg = ticket.answered_leg
        case _:
            leg = None
    return agency_called(leg.agency if leg else say.district.desk, say)


def _details(event: Event, ticket: Ticket, say: Say) -> Mapping[str, str]:
    match event:
        case events.Accepted(expected=expected):
            date = say("notice.expected", date=day(expected, say)) if expected else ""
            return {"expected": date}
        case events.PutOnHold(review=review, milestone=code):
            return {"date": day(review, say), "stage": stage_of(code, ticket.service, say)}
        case (
            events.Declined(reason=reason)
            | events.LegNotDone(reason=reason)
            | events.ResolvedInPart(reason=reason)
        ):
            return {"reason": say(f"reason.{reason}")}
        case _:
            return _of_an_end(event, say)


def _of_an_end(event: Event, say: Say) -> Mapping[str, str]:
    """Return where a ticket that ended goes on, or until when it can be opened again."""
    match event:
        case events.WaitingEnded() | events.AutoConfirmed() | events.DeclineUnopposed():
            return {"until": local_day(event.at + REOPEN_WINDOW, say)}
        case events.HandedOver(system=system, number=number):
            return {"system": system, "number": number}
        case events.DuplicateFound(of=code):
            return {"other": shown(code)}
        case _:
            return {}


def _above(level: int, leg: Leg | None, say: Say) -> str:
    """Return who hears of a breach of *level* beside the office's own head."""
    late = leg.agency if leg else say.district.desk
    return agency_called(above(level, say.district, late), say)


def _elsewhere(say: Say) -> str:
    """Return where else one can complain; nothing where no number is known."""
    numbers = [
        f"{hotline.label.in_language(say.language)} {hotline.number}"
        for hotline in say.district.hotlines
        if hotline.active and "complaint" in hotline.purpose
    ]
    return say("notice.elsewhere", numbers=", ".join(numbers)) if numbers else ""


def _last_call(ticket: Ticket, say: Say) -> str:
    """Return until when an answer is awaited; nothing where no calendar can tell."""
    due = due_of(ticket, say.district)
    return say("notice.reminded_last", date=local_day(due, say)) if due else ""


def _milestone(key: str, code: str, ticket: Ticket, say: Say) -> str:
    """Return the step that was reached, and the next one; nothing for an unknown one."""
    way = way_of(say.district, ticket.service)
    step = step_called(way, code) if way else None
    if way is None or step is None:
        return ""
    after = ahead(way, (code,))
    next_ = say("notice.milestone_next", milestone=stage(after, say)) if after else ""
    return say(key, milestone=stage(step, say), next=next_)
