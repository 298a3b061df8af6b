"""The sentence that tells one event: what happened, at which office, and what comes of it."""

from collections.abc import Mapping

from conversations.days import day, local_day
from conversations.heartbeats import due_of, still
from conversations.say import Say
from conversations.ticket_words import agency_called
from referrals import events
from referrals.clocks import Clock
from referrals.codes import shown
from referrals.escalation import above
from referrals.events import Event
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
            return _milestone(key, code, say) or say("notice.progress", agency=office)
        case _:
            in_part = isinstance(event, events.Resolved) and ticket.refused
            details = {**_details(event, say), **_refusals(event, ticket, say)}
            return say("notice.resolved_beside" if in_part else key, agency=office, **details)


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


def _details(event: Event, say: Say) -> Mapping[str, str]:
    match event:
        case events.Accepted(expected=expected):
            date = say("notice.expected", date=day(expected, say)) if expected else ""
            return {"expected": date}
        case events.PutOnHold(review=review):
            return {"date": day(review, say)}
        case (
            events.Declined(reason=reason)
            | events.LegNotDone(reason=reason)
            | events.ResolvedInPart(reason=reason)
        ):
            return {"reason": say(f"reason.{reason}")}
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


def _milestone(key: str, code: str, say: Say) -> str:
    """Return the step that was reached, and the next one; nothing for an unknown one."""
    steps = say.district.usul.milestones if say.district.usul else ()
    labels = [step.label.in_language(say.language) for step in steps]
    at = next((n for n, step in enumerate(steps) if step.code == code), None)
    if at is None:
        return ""
    after = labels[at + 1 : at + 2]
    next_ = say("notice.milestone_next", milestone=after[0]) if after else ""
    return say(key, milestone=labels[at], next=next_)
