"""PETUGAS: a person takes over."""

from datetime import datetime

from conversations.again import again
from conversations.days import opening
from conversations.first import office
from conversations.hearing.alarms import Alarm, card, heard
from conversations.hearing.words import plain
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import (
    Answered,
    Door,
    Draft,
    Enter,
    OpenTicket,
    Said,
    State,
    Turn,
    ask,
    said_first,
)
from conversations.wish.comfort import DESPAIR
from referrals.codes import code_from, read_code, shown
from referrals.district.directory import FieldKind, Priority
from referrals.district.working_days import UnknownYear, next_opening, office_open

LETTERS = 5  # of a reason that tells an officer anything
URGENT = {"emergency", "health"}  # purposes of the numbers that help whatever it is
STORY = "story"  # the field that holds the reason where the service names none


class AskReason(State, frozen=True, tag="person.ask_reason"):
    """We asked what the citizen wants to talk about; *about* is the code of a ticket, if any."""

    about: str = ""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("person.ask_reason"))

    def heard(self, said: Said, say: Say) -> Turn:
        alarm = heard(said.message.text, say.district.alarms)
        if len(plain(said.message.text)) < LETTERS:
            return again(self, say, "person.bad_reason")
        numbers = card(say, Alarm.DESPAIR) if alarm is Alarm.DESPAIR else ""
        reason = said.message.text
        if self.about:
            reason = say("person.about", code=shown(self.about), reason=reason)
        called = _called(self, said, reason, Priority.P1 if alarm else None, say)
        return said_first(called, numbers)

    def hint(self, say: Say) -> str:
        return say("person.hint")


def opened(about: str, said: Said, say: Say) -> Turn:
    """Ask what it is about, for which *about* is a ticket's code.

    Who cannot go on living is asked nothing, nor who told their need: an officer is called.
    """
    if about == DESPAIR:
        return _called(AskReason(), said, say("comfort.reason"), Priority.P1, say)
    if about and read_code(about) is None:
        return _called(AskReason(), said, about, Priority.P2, say)
    return ask(AskReason(about), say)


def where(say: Say) -> str:
    """Return where a person is found, for citizens who did not agree to a conversation."""
    return say("person.where", office=office(say))


def _called(state: State, said: Said, reason: str, priority: Priority | None, say: Say) -> Turn:
    code = code_from(said.token)
    told = say("person.called", code=shown(code), when=_when(said.message.received_at, say))
    opened = OpenTicket(code, _draft(reason, priority, say), say.language)
    return Turn(state, (Reply(told),), records=(opened,), enter=Enter(Door.REST))


def _draft(reason: str, priority: Priority | None, say: Say) -> Draft:
    service = say.district.services[say.district.person_service]
    stories = (field.key for field in service.fields if field.kind is FieldKind.STORY)
    return Draft(service.code, (Answered(next(stories, STORY), reason, reason),), priority)


def _when(now: datetime, say: Say) -> str:
    """Return an honest word on when a person reads it."""
    calendar = say.district.calendar
    try:
        if office_open(calendar, now):
            return say("person.open")
        closed = say("person.closed", opening=opening(next_opening(calendar, now), say))
        return " ".join(part for part in (closed, _in_danger(say)) if part)
    except UnknownYear:
        return say("person.office_hours")


def _in_danger(say: Say) -> str:
    """Return whom to call when it cannot wait for the office, or nothing where no number is."""
    lines = (h for h in say.district.hotlines if h.active and {*h.purpose} >= URGENT)
    numbers = " / ".join(dict.fromkeys(hotline.number for hotline in lines))
    return say("person.in_danger", numbers=numbers) if numbers else ""
