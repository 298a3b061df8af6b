"""PETUGAS: a person takes over."""

from datetime import datetime

from conversations.again import again
from conversations.days import opening
from conversations.first import office
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import (
    Answered,
    Door,
    Draft,
    Enter,
    Event,
    OpenTicket,
    Said,
    State,
    Turn,
)
from conversations.words import plain
from referrals.codes import code_from, shown
from referrals.directory import FieldKind
from referrals.working_days import UnknownYear, next_opening, office_open

LETTERS = 5  # of a reason that tells an officer anything
STORY = "story"  # the field that holds the reason where the service names none


class AskReason(State, frozen=True, tag="person.ask_reason"):
    """We asked what the citizen wants to talk about."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("person.ask_reason"))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        if len(plain(event.message.text)) < LETTERS:
            return again(self, say, "person.bad_reason")
        return _called(self, event, say)

    def hint(self, say: Say) -> str:
        return say("person.hint")


def where(say: Say) -> str:
    """Return where a person is found, for citizens who did not agree to a conversation."""
    return say("person.where", office=office(say))


def _called(state: State, said: Said, say: Say) -> Turn:
    code = code_from(said.token)
    told = say("person.called", code=shown(code), when=_when(said.message.received_at, say))
    opened = OpenTicket(code, _draft(said.message.text, say), say.language)
    return Turn(state, (Reply(told),), records=(opened,), enter=Enter(Door.REST))


def _draft(reason: str, say: Say) -> Draft:
    service = say.district.services[say.district.person_service]
    stories = (field.key for field in service.fields if field.kind is FieldKind.STORY)
    return Draft(service.code, (Answered(next(stories, STORY), reason, reason),))


def _when(now: datetime, say: Say) -> str:
    """Return an honest word on when a person reads it."""
    calendar = say.district.calendar
    try:
        if office_open(calendar, now):
            return say("person.open")
        return say("person.closed", opening=opening(next_opening(calendar, now), say))
    except UnknownYear:
        return say("person.office_hours")
